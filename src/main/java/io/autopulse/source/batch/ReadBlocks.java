package io.autopulse.source.batch;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.RawBlockCoder;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Raw blocks that the launching process has at hand: rejected records to replay. Bounded, global
 * window.
 */
public final class ReadBlocks extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final transient List<RawBlock> blocks;

  private ReadBlocks(List<RawBlock> blocks) {
    this.blocks = blocks;
  }

  /** Returns the transform. */
  public static ReadBlocks of(List<RawBlock> blocks) {
    return new ReadBlocks(blocks);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin.apply("Blocks", Create.of(blocks).withCoder(new RawBlockCoder()));
  }
}
