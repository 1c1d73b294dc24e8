package io.autopulse.transform.sales;

import io.autopulse.domain.sale.block.SaleChanges;
import io.autopulse.transform.record.SaleBlockCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Blocks of sale versions that the warehouse has, by shard, in; the same, marked as such, out:
 * their records, which the sources may still hold, are not other contents of their moments ({@link
 * SaleChanges#known}). Bounded or unbounded; a retry gives the same blocks.
 */
public final class MarkKnownVersions
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollection<KV<Integer, byte[]>>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<KV<Integer, byte[]>> blocks) {
    return blocks.apply("Mark", ParDo.of(new MarkFn())).setCoder(SaleBlockCoder.BY_SHARD);
  }

  static final class MarkFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void mark(@Element KV<Integer, byte[]> block, OutputReceiver<KV<Integer, byte[]>> out) {
      out.output(KV.of(block.getKey(), SaleChanges.known(block.getValue())));
    }
  }
}
