package io.autopulse.transform.trend;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleBlock;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleChain;
import io.autopulse.domain.sale.block.SaleChanges;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.transform.record.SaleBlockCoder;
import io.autopulse.transform.sales.ResolveLiveVersions;
import io.autopulse.transform.sales.SaleSweep;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.BigEndianIntegerCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
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
import org.joda.time.Duration;

/**
 * Blocks of distinct sale versions ({@link ResolveLiveVersions#RESOLVED}) in; out, what they change
 * in the weeks of each dimension's members, as {@link TrendChange}s keyed by the dimension's place.
 * Unbounded, global window.
 *
 * <p>A version that comes after a higher one still counted for the weeks between the two, so all
 * versions of a sale are remembered in keyed state of its shard, about 160 bytes each, for as long
 * as {@link ResolveLiveVersions} lets a version of it through: the correction horizon after its
 * moment of sale. What a sale adds is taken back and added anew when a version comes; a version
 * that is known already changes nothing, so a retry does not either; of two contents of one moment
 * and sequence the greater stays.
 */
final class TrackSaleVersions
    extends PTransform<PCollection<byte[]>, PCollection<KV<Integer, TrendChange>>> {
  /** The coder of what comes out. */
  static final Coder<KV<Integer, TrendChange>> CHANGES =
      KvCoder.of(BigEndianIntegerCoder.of(), new TrendChange.ChangeCoder());

  private static final long serialVersionUID = 1L;

  private final ArrayList<Dimension> dimensions;
  private final ZoneId timezone;
  private final int shards;
  private final Duration horizon;

  TrackSaleVersions(List<Dimension> dimensions, ZoneId timezone, int shards, Duration horizon) {
    this.dimensions = new ArrayList<>(dimensions);
    this.timezone = timezone;
    this.shards = shards;
    this.horizon = horizon;
  }

  @Override
  public PCollection<KV<Integer, TrendChange>> expand(PCollection<byte[]> versions) {
    return versions
        .apply("Shard by sale", ParDo.of(new ShardFn(shards)))
        .setCoder(SaleBlockCoder.BY_SHARD)
        .apply("Track", ParDo.of(new TrackFn(dimensions, timezone, horizon)))
        .setCoder(CHANGES);
  }

  static final class ShardFn extends DoFn<byte[], KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final int shards;

    ShardFn(int shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void shard(@Element byte[] bytes, OutputReceiver<KV<Integer, byte[]>> out) {
      Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
      SaleBlockWriter writer =
          new SaleBlockWriter(
              shards, dictionaries, (shard, part) -> out.output(KV.of(shard, part)));
      SaleBlock block = SaleBlock.open(bytes);
      for (int d = 0; d < dictionaries.length; d++) {
        // Empty dictionaries take the entries in the block's order: the codes stay.
        block.codesIn(d, dictionaries[d]);
      }
      while (block.advance()) {
        writer.add(
            Integer.remainderUnsigned(SaleLayout.idHash(bytes, block.at()), shards),
            bytes,
            block.at());
      }
      writer.flush();
    }
  }

  static final class TrackFn extends DoFn<KV<Integer, byte[]>, KV<Integer, TrendChange>> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Dimension> dimensions;
    private final ZoneId timezone;
    private final Duration horizon;

    /** The versions of each sale from the lowest to the highest, as a block. */
    @StateId("sales")
    private final StateSpec<MapState<String, byte[]>> sales =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    /** When the next expired sales are looked for, milliseconds; empty while nothing is known. */
    @StateId("sweepAt")
    private final StateSpec<ValueState<Long>> sweepAt = StateSpecs.value(VarLongCoder.of());

    @TimerId("sweep")
    private final TimerSpec sweep = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    private transient MemberVintages sums;

    @SuppressWarnings("NullAway.Init") // Beam calls @Setup before anything else.
    TrackFn(List<Dimension> dimensions, ZoneId timezone, Duration horizon) {
      this.dimensions = new ArrayList<>(dimensions);
      this.timezone = timezone;
      this.horizon = horizon;
    }

    @Setup
    public void setUp() {
      sums = new MemberVintages(dimensions, timezone);
    }

    @ProcessElement
    public void track(
        @Element KV<Integer, byte[]> element,
        @StateId("sales") MapState<String, byte[]> known,
        @StateId("sweepAt") ValueState<Long> nextSweep,
        @TimerId("sweep") Timer sweepTimer,
        OutputReceiver<KV<Integer, TrendChange>> out) {
      SaleBlock block = SaleBlock.open(element.getValue());
      long firstSale = Long.MAX_VALUE;
      while (block.advance()) {
        String saleId = SaleChanges.saleId(block);
        byte[] before = known.get(saleId).read();
        byte[] after = SaleChain.with(before, block);
        if (after != null) {
          if (before != null) {
            add(before, -1);
          }
          add(after, 1);
          known.put(saleId, after);
          firstSale = Math.min(firstSale, soldAtMillis(block));
        }
      }
      sums.drain(
          (dimension, member, vintages) ->
              out.output(
                  KV.of(
                      dimension,
                      new TrendChange(TrendChange.Kind.SALES, member, vintages.encode()))));
      if (firstSale != Long.MAX_VALUE) {
        new SaleSweep(horizon).schedule(firstSale, nextSweep, sweepTimer);
      }
    }

    private void add(byte[] chain, int sign) {
      SaleBlock versions = SaleBlock.open(chain);
      sums.read(
          versions.codesIn(SaleLayout.VEHICLE, sums.members().vehicles()),
          versions.codesIn(SaleLayout.OUTLET, sums.members().outlets()),
          sign);
      while (versions.advance()) {
        sums.version(versions.bytes(), versions.at());
      }
      sums.endSale();
    }

    @OnTimer("sweep")
    public void forget(
        OnTimerContext context,
        @StateId("sales") MapState<String, byte[]> known,
        @StateId("sweepAt") ValueState<Long> nextSweep,
        @TimerId("sweep") Timer sweepTimer) {
      new SaleSweep(horizon)
          .forget(context.fireTimestamp(), known, TrackFn::latestSale, nextSweep, sweepTimer);
    }

    private static long latestSale(byte[] chain) {
      SaleBlock versions = SaleBlock.open(chain);
      long latest = Long.MIN_VALUE;
      while (versions.advance()) {
        latest = Math.max(latest, soldAtMillis(versions));
      }
      return latest;
    }

    private static long soldAtMillis(SaleBlock block) {
      return Math.floorDiv(SaleLayout.soldAt(block.bytes(), block.at()), 1000L);
    }
  }
}
