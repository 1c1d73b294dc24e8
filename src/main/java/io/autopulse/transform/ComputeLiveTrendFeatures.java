package io.autopulse.transform;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.FuelPrice;
import io.autopulse.domain.trend.MarketHistory;
import io.autopulse.domain.trend.TotalUnits;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.domain.trend.TrendWeek;
import io.autopulse.domain.trend.Vintages;
import io.autopulse.transform.TrendChange.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The unbounded twin of {@link ComputeTrendFeatures}: distinct sale versions ({@link #VERSIONS},
 * blocks of {@link ResolveLiveVersions#RESOLVED}), fuel prices and attention in; the features of
 * every member out when a week closes, that is when the watermark passes its end in the manifest's
 * time zone. Global window.
 *
 * <p>What comes after a week has closed and was known before its end (a message that was delayed)
 * restates the week: its rows are handed out again at the next multiple of the pane interval. What
 * became known later leaves the week as it is. So the last row of each week is the batch's, once
 * all that was known has come. A retry hands out the same rows again.
 *
 * <p>The members of a dimension stand in keyed state of the dimension: their sums of about a year,
 * by item and week. A week that no change within the correction horizon can touch is final, and
 * what no later week looks at is forgotten. After a silence as long as the horizon no week closes
 * until a sale comes; then the missing ones do.
 */
public final class ComputeLiveTrendFeatures
    extends PTransform<PCollectionTuple, PCollection<TrendFeatures>> {
  /** Blocks of distinct sale versions. */
  public static final TupleTag<byte[]> VERSIONS = new TupleTag<>("versions") {};

  /** Values of fuel prices, as they become known. */
  public static final TupleTag<FuelPrice> FUEL_PRICES = new TupleTag<>("fuel prices") {};

  /** Values of attention, as they become known. */
  public static final TupleTag<Attention> ATTENTION = new TupleTag<>("attention") {};

  private static final long serialVersionUID = 1L;

  private final ArrayList<Dimension> dimensions;
  private final ZoneId timezone;
  private final int shards;
  private final Duration paneInterval;
  private final Duration horizon;

  private ComputeLiveTrendFeatures(
      List<Dimension> dimensions,
      ZoneId timezone,
      int shards,
      Duration paneInterval,
      Duration horizon) {
    this.dimensions = new ArrayList<>(dimensions);
    this.timezone = timezone;
    this.shards = shards;
    this.paneInterval = paneInterval;
    this.horizon = horizon;
  }

  /**
   * Returns the transform.
   *
   * @param timezone of the weeks
   * @param shards how many parts the sales are tracked in
   * @param paneInterval how often restated weeks are handed out
   * @param horizon how long after its moment of sale a sale can be corrected
   */
  public static ComputeLiveTrendFeatures of(
      List<Dimension> dimensions,
      ZoneId timezone,
      int shards,
      java.time.Duration paneInterval,
      java.time.Duration horizon) {
    return new ComputeLiveTrendFeatures(
        dimensions,
        timezone,
        shards,
        Duration.millis(paneInterval.toMillis()),
        Duration.millis(horizon.toMillis()));
  }

  @Override
  public PCollection<TrendFeatures> expand(PCollectionTuple in) {
    PCollection<KV<Integer, TrendChange>> sales =
        in.get(VERSIONS)
            .apply(
                "Track sale versions",
                new TrackSaleVersions(dimensions, timezone, shards, horizon));
    PCollection<KV<Integer, TrendChange>> prices =
        in.get(FUEL_PRICES)
            .apply(
                "Fuel prices of each dimension",
                ParDo.of(new SpreadFn<>(Kind.FUEL_PRICE, new FuelPriceCoder(), dimensions.size())))
            .setCoder(TrackSaleVersions.CHANGES);
    PCollection<KV<Integer, TrendChange>> attention =
        in.get(ATTENTION)
            .apply(
                "Attention of each dimension",
                ParDo.of(new SpreadFn<>(Kind.ATTENTION, new AttentionCoder(), dimensions.size())))
            .setCoder(TrackSaleVersions.CHANGES);
    return PCollectionList.of(sales)
        .and(prices)
        .and(attention)
        .apply("All changes", Flatten.pCollections())
        .apply(
            "Close weeks",
            ParDo.of(new CloseFn(dimensions, timezone, paneInterval, weeks(horizon))))
        .setCoder(new TrendFeaturesCoder());
  }

  private static int weeks(Duration horizon) {
    return Math.toIntExact((horizon.getStandardDays() + 6) / 7 + 1);
  }

  /** Gives every dimension a market figure. */
  static final class SpreadFn<T> extends DoFn<T, KV<Integer, TrendChange>> {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Coder<T> coder;
    private final int dimensions;

    SpreadFn(Kind kind, Coder<T> coder, int dimensions) {
      this.kind = kind;
      this.coder = coder;
      this.dimensions = dimensions;
    }

    @ProcessElement
    public void spread(@Element T figure, OutputReceiver<KV<Integer, TrendChange>> out)
        throws CoderException {
      TrendChange change = new TrendChange(kind, "", CoderUtils.encodeToByteArray(coder, figure));
      for (int dimension = 0; dimension < dimensions; dimension++) {
        out.output(KV.of(dimension, change));
      }
    }
  }

  /** Keeps the members of each dimension, and hands out their features when a week closes. */
  static final class CloseFn extends DoFn<KV<Integer, TrendChange>, TrendFeatures> {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Dimension> dimensions;
    private final ZoneId timezone;
    private final Duration paneInterval;
    private final int horizonWeeks;

    /** {@link Vintages} by member. */
    @StateId("members")
    private final StateSpec<MapState<String, byte[]>> members =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    @StateId("prices")
    private final StateSpec<BagState<FuelPrice>> prices = StateSpecs.bag(new FuelPriceCoder());

    @StateId("attention")
    private final StateSpec<BagState<Attention>> attention = StateSpecs.bag(new AttentionCoder());

    /** The last week that has closed; empty before the first. */
    @StateId("closed")
    private final StateSpec<ValueState<Integer>> closed = StateSpecs.value(VarIntCoder.of());

    /** The first week whose rows must be handed out; empty if it is the one after the closed. */
    @StateId("due")
    private final StateSpec<ValueState<Integer>> due = StateSpecs.value(VarIntCoder.of());

    /** The last week that a sale touched. */
    @StateId("newest")
    private final StateSpec<ValueState<Integer>> newest = StateSpecs.value(VarIntCoder.of());

    /** The week at whose end the timer is set; empty if it is not. */
    @StateId("closing")
    private final StateSpec<ValueState<Integer>> closing = StateSpecs.value(VarIntCoder.of());

    @TimerId("close")
    private final TimerSpec close = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @TimerId("restate")
    private final TimerSpec restate = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    CloseFn(List<Dimension> dimensions, ZoneId timezone, Duration paneInterval, int horizonWeeks) {
      this.dimensions = new ArrayList<>(dimensions);
      this.timezone = timezone;
      this.paneInterval = paneInterval;
      this.horizonWeeks = horizonWeeks;
    }

    @ProcessElement
    public void change(
        @Element KV<Integer, TrendChange> element,
        @StateId("members") MapState<String, byte[]> kept,
        @StateId("prices") BagState<FuelPrice> keptPrices,
        @StateId("attention") BagState<Attention> keptAttention,
        @StateId("closed") ValueState<Integer> lastClosed,
        @StateId("due") ValueState<Integer> firstDue,
        @StateId("newest") ValueState<Integer> newestWeek,
        @StateId("closing") ValueState<Integer> closingWeek,
        @TimerId("close") Timer closeTimer,
        @TimerId("restate") Timer restateTimer)
        throws CoderException {
      TrendChange change = element.getValue();
      int touched;
      switch (change.kind()) {
        case SALES -> {
          Vintages changes = Vintages.decode(change.bytes());
          touched = changes.firstWeekTouched();
          byte[] known = kept.get(change.member()).read();
          if (known != null) {
            changes.add(known);
          }
          kept.put(change.member(), changes.encode());
          Integer last = newestWeek.read();
          if (last == null || last < touched) {
            newestWeek.write(touched);
          }
        }
        case FUEL_PRICE -> {
          FuelPrice price = CoderUtils.decodeFromByteArray(new FuelPriceCoder(), change.bytes());
          keptPrices.add(price);
          touched = TrendWeek.of(price.knownOn());
        }
        default -> {
          Attention figure = CoderUtils.decodeFromByteArray(new AttentionCoder(), change.bytes());
          keptAttention.add(figure);
          touched = TrendWeek.of(figure.knownOn());
        }
      }
      Integer week = lastClosed.read();
      if (week == null || touched <= week) {
        Integer before = firstDue.read();
        firstDue.write(before == null ? touched : Math.min(before, touched));
        if (week != null) {
          restateTimer
              .align(paneInterval)
              .withOutputTimestamp(ComputeLiveKpis.NO_HOLD)
              .setRelative();
        }
      }
      Integer waiting = closingWeek.read();
      int next = week == null ? touched : week + 1;
      if (change.kind() == Kind.SALES && (waiting == null || next < waiting)) {
        closeAtEndOf(next, closingWeek, closeTimer);
      }
    }

    private void closeAtEndOf(int week, ValueState<Integer> closingWeek, Timer closeTimer) {
      closingWeek.write(week);
      closeTimer
          .withOutputTimestamp(ComputeLiveKpis.NO_HOLD)
          .set(
              Instant.ofEpochMilli(
                  TrendWeek.start(week + 1).atStartOfDay(timezone).toInstant().toEpochMilli()));
    }

    @OnTimer("close")
    public void close(
        @Key Integer dimension,
        @StateId("members") MapState<String, byte[]> kept,
        @StateId("prices") BagState<FuelPrice> keptPrices,
        @StateId("attention") BagState<Attention> keptAttention,
        @StateId("closed") ValueState<Integer> lastClosed,
        @StateId("due") ValueState<Integer> firstDue,
        @StateId("newest") ValueState<Integer> newestWeek,
        @StateId("closing") ValueState<Integer> closingWeek,
        @TimerId("close") Timer closeTimer,
        OutputReceiver<TrendFeatures> out) {
      Integer week = closingWeek.read();
      if (week == null) {
        return;
      }
      Integer before = lastClosed.read();
      lastClosed.write(week);
      if (before != null) {
        Integer restated = firstDue.read();
        firstDue.write(restated == null ? before + 1 : Math.min(restated, before + 1));
      }
      int open = before == null ? Integer.MIN_VALUE : before - horizonWeeks;
      handOut(dimension, kept, keptPrices, keptAttention, open, week, firstDue, out);
      forget(kept, keptPrices, keptAttention, week - horizonWeeks);
      Integer newestSale = newestWeek.read();
      if (newestSale != null && week < newestSale + horizonWeeks) {
        closeAtEndOf(week + 1, closingWeek, closeTimer);
      } else {
        closingWeek.clear();
      }
    }

    @OnTimer("restate")
    public void restate(
        @Key Integer dimension,
        @StateId("members") MapState<String, byte[]> kept,
        @StateId("prices") BagState<FuelPrice> keptPrices,
        @StateId("attention") BagState<Attention> keptAttention,
        @StateId("closed") ValueState<Integer> lastClosed,
        @StateId("due") ValueState<Integer> firstDue,
        OutputReceiver<TrendFeatures> out) {
      Integer week = lastClosed.read();
      if (week != null) {
        int open = week - horizonWeeks;
        handOut(dimension, kept, keptPrices, keptAttention, open, week, firstDue, out);
      }
    }

    private void handOut(
        int dimension,
        MapState<String, byte[]> kept,
        BagState<FuelPrice> keptPrices,
        BagState<Attention> keptAttention,
        int open,
        int week,
        ValueState<Integer> firstDue,
        OutputReceiver<TrendFeatures> out) {
      Integer due = firstDue.read();
      if (due == null) {
        return;
      }
      firstDue.clear();
      // What weeks before the open one looked at is forgotten: they are final.
      int from = Math.max(due, open);
      Map<String, Vintages> byMember = new HashMap<>();
      Vintages all = new Vintages();
      for (Map.Entry<String, byte[]> member : kept.entries().read()) {
        byMember.put(member.getKey(), Vintages.decode(member.getValue()));
        all.add(member.getValue());
      }
      TotalUnits total = new TotalUnits(all, week);
      MarketHistory market = new MarketHistory(list(keptPrices), list(keptAttention));
      byMember.forEach(
          (member, vintages) ->
              MemberVintages.trend(dimensions.get(dimension), member)
                  .compute(vintages, total, market, from, week, out::output));
    }

    // No change of before the open week comes any more.
    private static void forget(
        MapState<String, byte[]> kept,
        BagState<FuelPrice> keptPrices,
        BagState<Attention> keptAttention,
        int openWeek) {
      Map<String, byte[]> members = new HashMap<>();
      for (Map.Entry<String, byte[]> member : kept.entries().read()) {
        members.put(member.getKey(), Vintages.decode(member.getValue()).from(openWeek).encode());
      }
      members.forEach(kept::put);
      LocalDate oldest = TrendWeek.start(openWeek - MarketHistory.WEEKS_BACK);
      List<FuelPrice> prices = list(keptPrices);
      keptPrices.clear();
      prices.stream().filter(price -> !price.day().isBefore(oldest)).forEach(keptPrices::add);
      List<Attention> figures = list(keptAttention);
      keptAttention.clear();
      figures.stream().filter(f -> !f.day().isBefore(oldest)).forEach(keptAttention::add);
    }

    private static <T> List<T> list(BagState<T> bag) {
      List<T> values = new ArrayList<>();
      bag.read().forEach(values::add);
      return values;
    }
  }
}
