package io.autopulse.transform.sales;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleChanges;
import io.autopulse.transform.record.LiveMetrics;
import io.autopulse.transform.record.RejectedRecordCoder;
import java.time.Clock;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unbounded twin of {@link ResolveSaleVersions}: blocks of enriched sale versions by shard in;
 * out, blocks of the distinct versions ({@link #RESOLVED}), blocks of the changes that they make to
 * KPI cells ({@link #CHANGES}) and the versions that come too late ({@link #REJECTED}). Global
 * window: elements carry no event time, and nothing is dropped.
 *
 * <p>What is remembered of each sale stands in keyed state of its shard ({@link
 * SaleChanges.Memory}, about 260 bytes a sale) until the watermark is the correction horizon past
 * its moment of sale. A version of a sale before that is rejected as {@code TOO_LATE}; the refresh
 * takes it in. A retry sees the state of before, and makes the same changes.
 */
public final class ResolveLiveVersions
    extends PTransform<PCollection<KV<Integer, byte[]>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Blocks of distinct versions, with their fates as of when they came. */
  public static final TupleTag<byte[]> RESOLVED = new TupleTag<>("resolved") {};

  /** Blocks of versions with what they change. */
  public static final TupleTag<byte[]> CHANGES = new TupleTag<>("changes") {};

  /** Versions that come too late. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  private static final String STEP = "Resolve sale versions";

  private final Duration horizon;
  private final Clock clock;

  private ResolveLiveVersions(Duration horizon, Clock clock) {
    this.horizon = horizon;
    this.clock = clock;
  }

  /**
   * Returns the transform.
   *
   * @param horizon how long after its moment of sale a sale can be corrected
   * @param clock measures the lag; must be serializable
   */
  public static ResolveLiveVersions within(java.time.Duration horizon, Clock clock) {
    return new ResolveLiveVersions(Duration.millis(horizon.toMillis()), clock);
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, byte[]>> blocks) {
    PCollectionTuple resolved =
        blocks.apply(
            "Resolve",
            ParDo.of(new ResolveFn(horizon, clock))
                .withOutputTags(RESOLVED, TupleTagList.of(CHANGES).and(REJECTED)));
    resolved.get(RESOLVED).setCoder(ByteArrayCoder.of());
    resolved.get(CHANGES).setCoder(ByteArrayCoder.of());
    resolved.get(REJECTED).setCoder(new RejectedRecordCoder());
    return resolved;
  }

  static final class ResolveFn extends DoFn<KV<Integer, byte[]>, byte[]> {
    private static final long serialVersionUID = 1L;

    private final Duration horizon;
    private final Clock clock;

    /** {@link SaleChanges.Memory} by sale id. */
    @StateId("sales")
    private final StateSpec<MapState<String, byte[]>> sales =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    /** When the next expired sales are looked for, milliseconds; empty while nothing is known. */
    @StateId("sweepAt")
    private final StateSpec<ValueState<Long>> sweepAt = StateSpecs.value(VarLongCoder.of());

    @TimerId("sweep")
    private final TimerSpec sweep = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    ResolveFn(Duration horizon, Clock clock) {
      this.horizon = horizon;
      this.clock = clock;
    }

    @ProcessElement
    public void resolve(
        @Element KV<Integer, byte[]> block,
        @StateId("sales") MapState<String, byte[]> known,
        @StateId("sweepAt") ValueState<Long> nextSweep,
        @TimerId("sweep") Timer sweepTimer,
        MultiOutputReceiver out) {
      Instant watermark = sweepTimer.getCurrentRelativeTime();
      SaleChanges changes = new SaleChanges(out.get(RESOLVED)::output, out.get(CHANGES)::output);
      Lateness lateness = new Lateness(watermark.minus(horizon), out.get(REJECTED));
      changes.apply(block.getValue(), new Memory(known), lateness);
      changes.flush();
      LiveMetrics.ACCEPTED.inc(changes.accepted());
      LiveMetrics.DUPLICATES.inc(changes.duplicates());
      LiveMetrics.CONFLICTING.inc(changes.conflicts());
      LiveMetrics.SUPERSEDED.inc(changes.superseded());
      LiveMetrics.EVENT_TIME_LAG.set(
          Math.max(0, clock.millis() - Math.floorDiv(changes.newest(), 1000L)));
      if (changes.accepted() + changes.conflicts() > 0) {
        new SaleSweep(horizon).schedule(lateness.firstSale, nextSweep, sweepTimer);
      }
    }

    @OnTimer("sweep")
    public void forget(
        OnTimerContext context,
        @StateId("sales") MapState<String, byte[]> known,
        @StateId("sweepAt") ValueState<Long> nextSweep,
        @TimerId("sweep") Timer sweepTimer) {
      new SaleSweep(horizon)
          .forget(
              context.fireTimestamp(),
              known,
              history -> Math.floorDiv(SaleChanges.soldAt(history), 1000L),
              nextSweep,
              sweepTimer);
    }
  }

  /** A sale's history in keyed state. */
  private record Memory(MapState<String, byte[]> known) implements SaleChanges.Memory {
    @Override
    public byte @Nullable [] get(String saleId) {
      return known.get(saleId).read();
    }

    @Override
    public void put(String saleId, byte[] history) {
      known.put(saleId, history);
    }
  }

  /** Refuses sales of before the correction horizon. */
  private static final class Lateness implements SaleChanges.Gate {
    private final long earliest;
    private final DoFn.OutputReceiver<RejectedRecord> rejected;
    private long firstSale = Long.MAX_VALUE;

    Lateness(Instant earliest, DoFn.OutputReceiver<RejectedRecord> rejected) {
      this.earliest = earliest.getMillis();
      this.rejected = rejected;
    }

    @Override
    public boolean admits(long soldAt) {
      long millis = Math.floorDiv(soldAt, 1000L);
      if (millis < earliest) {
        return false;
      }
      firstSale = Math.min(firstSale, millis);
      return true;
    }

    @Override
    public void refuse(SaleBlock block) {
      LiveMetrics.TOO_LATE.inc();
      rejected.output(LateVersions.reject(block, STEP));
    }
  }
}
