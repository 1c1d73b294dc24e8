package io.autopulse.source.warehouse;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.source.batch.ReadFiles;
import io.autopulse.source.file.FileFormat;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The rows of a query that the launching process wrote ({@link WarehouseSnapshot}), as raw blocks
 * of JSON. Bounded, global window; a large file is read in ranges side by side, and a retry reads
 * the same blocks.
 */
public final class ReadSnapshot extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String origin;

  private ReadSnapshot(String file, String origin) {
    this.file = file;
    this.origin = origin;
  }

  /**
   * Returns the transform.
   *
   * @param file the query's file
   * @param origin what rejected rows name as their origin: the file goes with its run
   */
  public static ReadSnapshot of(String file, String origin) {
    return new ReadSnapshot(file, origin);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin
        .apply("Rows", ReadFiles.later(file, FileFormat.JSON_LINES))
        .apply("Name their origin", ParDo.of(new OriginFn(origin)))
        .setCoder(new RawBlockCoder());
  }

  static final class OriginFn extends DoFn<RawBlock, RawBlock> {
    private static final long serialVersionUID = 1L;
    private final String origin;

    OriginFn(String origin) {
      this.origin = origin;
    }

    @ProcessElement
    public void name(@Element RawBlock block, OutputReceiver<RawBlock> out) {
      out.output(
          new RawBlock(
              block.format(),
              origin,
              block.firstLine(),
              block.dialect(),
              block.header(),
              block.text()));
    }
  }
}
