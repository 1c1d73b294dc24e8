package io.autopulse.transform.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.VersionTable;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.Counts.Measure;
import io.autopulse.transform.record.RunProgress;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Blocks of sale versions by shard in; out, blocks of the distinct versions with their fates
 * ({@link #RESOLVED}), of the contents that conflict with them ({@link #CONFLICTING}) and the
 * counts ({@link #COUNTS}). The highest version of a sale wins, whatever the order of arrival.
 * Bounded, global window; a retry gives the same versions. The rule is {@link VersionTable}'s, one
 * shard in memory at a time.
 *
 * <p>This is the bounded form: it waits for all versions of a shard. Unbounded input resolves by
 * state per sale and emits signed differences.
 */
public final class ResolveSaleVersions
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Blocks of distinct versions with their fates. */
  public static final TupleTag<byte[]> RESOLVED = new TupleTag<>("resolved") {};

  /** Blocks of contents that a greater one of their moment and sequence won against. */
  public static final TupleTag<byte[]> CONFLICTING = new TupleTag<>("conflicting") {};

  /** Counts of fates. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private final BusinessInterval covered;

  private ResolveSaleVersions(BusinessInterval covered) {
    this.covered = covered;
  }

  /** Returns the transform; current versions sold outside the covered interval are out of range. */
  public static ResolveSaleVersions bounded(BusinessInterval covered) {
    return new ResolveSaleVersions(covered);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, byte[]>> blocks) {
    PCollectionTuple resolved =
        blocks
            .apply("Group by shard", GroupByKey.create())
            .apply(
                "Resolve",
                ParDo.of(new ResolveFn(covered))
                    .withOutputTags(RESOLVED, TupleTagList.of(CONFLICTING).and(COUNTS)));
    resolved.get(RESOLVED).setCoder(ByteArrayCoder.of());
    resolved.get(CONFLICTING).setCoder(ByteArrayCoder.of());
    resolved.get(COUNTS).setCoder(Counts.CODER);
    return resolved;
  }

  static final class ResolveFn extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {
    private static final long serialVersionUID = 1L;

    private final int fromDay;
    private final int toDay;
    private transient VersionTable table;
    private transient Counts counts;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    ResolveFn(BusinessInterval covered) {
      fromDay = (int) covered.from().toEpochDay();
      toDay = (int) covered.to().toEpochDay();
    }

    @StartBundle
    public void startBundle() {
      table = new VersionTable();
      counts = new Counts(Feed.SALES);
    }

    @ProcessElement
    public void resolve(@Element KV<Integer, Iterable<byte[]>> shard, MultiOutputReceiver out) {
      OutputReceiver<byte[]> resolved = out.get(RESOLVED);
      OutputReceiver<byte[]> conflicting = out.get(CONFLICTING);
      table.clear();
      for (byte[] block : shard.getValue()) {
        table.add(block);
      }
      SaleBlockWriter writer =
          new SaleBlockWriter(1, table.dictionaries(), (p, block) -> resolved.output(block));
      SaleBlockWriter conflicts =
          new SaleBlockWriter(1, table.dictionaries(), (p, block) -> conflicting.output(block));
      int[] named = {0};
      long[] fates = new long[Fate.values().length];
      table.resolve(
          fromDay,
          toDay,
          (bytes, at) -> {
            fates[SaleLayout.fate(bytes, at)]++;
            writer.add(0, bytes, at);
          },
          (bytes, at) -> {
            conflicts.add(0, bytes, at);
            if (named[0]++ == 0) {
              counts.conflicting(SaleLayout.id(bytes, at));
            }
          });
      writer.flush();
      conflicts.flush();
      counts.add(Measure.DUPLICATE, table.duplicates());
      counts.add(Measure.CONFLICTING, table.conflicts());
      counts.add(Measure.CURRENT, fates[Fate.CURRENT.ordinal()]);
      counts.add(Measure.SUPERSEDED, fates[Fate.SUPERSEDED.ordinal()]);
      counts.add(Measure.OUT_OF_RANGE, fates[Fate.OUT_OF_RANGE.ordinal()]);
      RunProgress.resolved(fates[Fate.CURRENT.ordinal()]);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      counts.drain(c -> context.output(COUNTS, c, window.maxTimestamp(), window));
    }
  }
}
