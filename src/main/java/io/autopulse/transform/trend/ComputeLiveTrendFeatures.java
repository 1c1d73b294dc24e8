package io.autopulse.transform.trend;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.FuelPrice;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.trend.MarketHistory;
import io.autopulse.domain.trend.TotalUnits;
import io.autopulse.domain.trend.TrendFeatures;
import io.autopulse.domain.trend.TrendWeek;
import io.autopulse.domain.trend.Vintages;
import io.autopulse.transform.market.FigureCoder;
import io.autopulse.transform.record.LiveTimers;
import io.autopulse.transform.sales.ResolveLiveVersions;
import io.autopulse.transform.trend.TrendChange.Kind;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
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
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unbounded twin of {@link ComputeTrendFeatures}: distinct sale versions ({@link #VERSIONS},
 * blocks of {@link ResolveLiveVersions#RESOLVED}) and, if there are any, vintages of market figures
 * ({@link #FIGURES}) in; the features of every member out when weeks have closed, that is when the
 * watermark has passed their end in the manifest's time zone: at the next multiple of the pane
 * interval, or a later one if the last time took more than a tenth of one. Global window.
 *
 * <p>What comes after a week has closed and was known before its end (a message that was delayed)
 * restates the week: its rows are handed out again in the same way. What became known later leaves
 * the week as it is. Whenever a week of a dimension is handed out, the rows of all its members are,
 * under one moment of computation: those of the latest are the week's. They are the batch's once
 * all that was known has come; a member that earlier ones had and they have not is gone. After a
 * retry the rows come again under a later moment.
 *
 * <p>The members of a dimension stand in keyed state of the dimension: their sums of about a year,
 * by item and week. A week that no change within the correction horizon can touch is final, and
 * what no later week looks at is forgotten. After a silence as long as the horizon no week closes
 * until a sale comes; then the missing ones do.
 */
public final class ComputeLiveTrendFeatures
    extends PTransform<PCollectionTuple, PCollection<KV<Long, TrendFeatures>>> {
  /** Blocks of distinct sale versions. */
  public static final TupleTag<byte[]> VERSIONS = new TupleTag<>("versions") {};

  /**
   * Vintages of market figures, as they become known; of one vintage the highest revision counts.
   */
  public static final TupleTag<Figure> FIGURES = new TupleTag<>("figures") {};

  private static final long serialVersionUID = 1L;

  private final ArrayList<Dimension> dimensions;
  private final ZoneId timezone;
  private final int shards;
  private final Duration paneInterval;
  private final Duration horizon;
  private final Clock clock;

  private ComputeLiveTrendFeatures(
      List<Dimension> dimensions,
      ZoneId timezone,
      int shards,
      Duration paneInterval,
      Duration horizon,
      Clock clock) {
    this.dimensions = new ArrayList<>(dimensions);
    this.timezone = timezone;
    this.shards = shards;
    this.paneInterval = paneInterval;
    this.horizon = horizon;
    this.clock = clock;
  }

  /**
   * Returns the transform.
   *
   * @param timezone of the weeks
   * @param shards how many parts the sales are tracked in
   * @param paneInterval how often restated weeks are handed out
   * @param horizon how long after its moment of sale a sale can be corrected
   * @param clock gives the moments of computation, microseconds UTC, and how long they took; must
   *     be serializable
   */
  public static ComputeLiveTrendFeatures of(
      List<Dimension> dimensions,
      ZoneId timezone,
      int shards,
      java.time.Duration paneInterval,
      java.time.Duration horizon,
      Clock clock) {
    return new ComputeLiveTrendFeatures(
        dimensions,
        timezone,
        shards,
        Duration.millis(paneInterval.toMillis()),
        Duration.millis(horizon.toMillis()),
        clock);
  }

  @Override
  public PCollection<KV<Long, TrendFeatures>> expand(PCollectionTuple in) {
    PCollection<KV<Integer, TrendChange>> sales =
        in.get(VERSIONS)
            .apply(
                "Track sale versions",
                new TrackSaleVersions(dimensions, timezone, shards, horizon));
    PCollectionList<KV<Integer, TrendChange>> changes = PCollectionList.of(sales);
    if (in.has(FIGURES)) {
      changes =
          changes.and(
              in.get(FIGURES)
                  .apply("Figures of each dimension", ParDo.of(new SpreadFn(dimensions.size())))
                  .setCoder(TrackSaleVersions.CHANGES));
    }
    return changes
        .apply("All changes", Flatten.pCollections())
        .apply(
            "Close weeks",
            ParDo.of(new CloseFn(dimensions, timezone, paneInterval, weeks(horizon), clock)))
        .setCoder(KvCoder.of(VarLongCoder.of(), new TrendFeaturesCoder()));
  }

  private static int weeks(Duration horizon) {
    return Math.toIntExact((horizon.getStandardDays() + 6) / 7 + 1);
  }

  /** Gives every dimension the figures that features are made of. */
  static final class SpreadFn extends DoFn<Figure, KV<Integer, TrendChange>> {
    private static final long serialVersionUID = 1L;

    private final int dimensions;

    SpreadFn(int dimensions) {
      this.dimensions = dimensions;
    }

    @ProcessElement
    public void spread(@Element Figure figure, OutputReceiver<KV<Integer, TrendChange>> out)
        throws CoderException {
      if (figure.table() == MarketTable.MARKET_REGISTRATIONS) {
        return;
      }
      TrendChange change =
          new TrendChange(Kind.FIGURE, "", CoderUtils.encodeToByteArray(new FigureCoder(), figure));
      for (int dimension = 0; dimension < dimensions; dimension++) {
        out.output(KV.of(dimension, change));
      }
    }
  }

  /** Keeps the members of each dimension, and hands out their features when a week closes. */
  static final class CloseFn extends DoFn<KV<Integer, TrendChange>, KV<Long, TrendFeatures>> {
    private static final long serialVersionUID = 1L;

    /** Times as long as it hands weeks out it does other things, if that is beyond a pane. */
    private static final int REST = 9;

    /** However long it took: a week that is restated is seen some day. */
    private static final long MOST_REST_MILLIS = 60_000;

    private final ArrayList<Dimension> dimensions;
    private final ZoneId timezone;
    private final Duration paneInterval;
    private final int horizonWeeks;
    private final Clock clock;

    /** {@link Vintages} by member. */
    @StateId("members")
    private final StateSpec<MapState<String, byte[]>> members =
        StateSpecs.map(StringUtf8Coder.of(), ByteArrayCoder.of());

    /** Vintages of market figures, by all that tells one apart. */
    @StateId("figures")
    private final StateSpec<MapState<String, Figure>> figures =
        StateSpecs.map(StringUtf8Coder.of(), new FigureCoder());

    /** The last week that has closed; empty before the first. */
    @StateId("closed")
    private final StateSpec<ValueState<Integer>> closed = StateSpecs.value(VarIntCoder.of());

    /** The last week whose rows were handed out; empty before the first. */
    @StateId("told")
    private final StateSpec<ValueState<Integer>> told = StateSpecs.value(VarIntCoder.of());

    /** The first week whose rows must be handed out; empty if none must. */
    @StateId("due")
    private final StateSpec<ValueState<Integer>> due = StateSpecs.value(VarIntCoder.of());

    /** The last week that a sale touched. */
    @StateId("newest")
    private final StateSpec<ValueState<Integer>> newest = StateSpecs.value(VarIntCoder.of());

    /** The week at whose end the timer is set; empty if it is not. */
    @StateId("closing")
    private final StateSpec<ValueState<Integer>> closing = StateSpecs.value(VarIntCoder.of());

    /**
     * When weeks may be handed out again: a backlog asks for it at each pane, whatever it costs.
     */
    private Instant rested = BoundedWindow.TIMESTAMP_MIN_VALUE;

    @TimerId("close")
    private final TimerSpec close = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @TimerId("hand-out")
    private final TimerSpec handOut = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    CloseFn(
        List<Dimension> dimensions,
        ZoneId timezone,
        Duration paneInterval,
        int horizonWeeks,
        Clock clock) {
      this.dimensions = new ArrayList<>(dimensions);
      this.timezone = timezone;
      this.paneInterval = paneInterval;
      this.horizonWeeks = horizonWeeks;
      this.clock = clock;
    }

    @ProcessElement
    public void change(
        @Element KV<Integer, TrendChange> element,
        @StateId("members") MapState<String, byte[]> kept,
        @StateId("figures") MapState<String, Figure> keptFigures,
        @StateId("closed") ValueState<Integer> lastClosed,
        @StateId("told") ValueState<Integer> lastTold,
        @StateId("due") ValueState<Integer> firstDue,
        @StateId("newest") ValueState<Integer> newestWeek,
        @StateId("closing") ValueState<Integer> closingWeek,
        @TimerId("close") Timer closeTimer,
        @TimerId("hand-out") Timer handOutTimer)
        throws CoderException {
      TrendChange change = element.getValue();
      Integer week = lastClosed.read();
      int touched;
      if (change.kind() == Kind.SALES) {
        touched = add(change, kept, newestWeek);
      } else {
        Figure figure = CoderUtils.decodeFromByteArray(new FigureCoder(), change.bytes());
        if (!isNews(figure, keptFigures, lastTold.read())) {
          return;
        }
        touched = TrendWeek.of(figure.knownOn());
      }
      if (week == null || touched <= week) {
        Integer before = firstDue.read();
        firstDue.write(before == null ? touched : Math.min(before, touched));
        if (week != null) {
          handOutSoon(handOutTimer);
        }
      }
      Integer waiting = closingWeek.read();
      int next = week == null ? touched : week + 1;
      if (change.kind() == Kind.SALES && (waiting == null || next < waiting)) {
        closeAtEndOf(next, closingWeek, closeTimer);
      }
    }

    private static int add(
        TrendChange change, MapState<String, byte[]> kept, ValueState<Integer> newestWeek) {
      Vintages changes = Vintages.decode(change.bytes());
      int touched = changes.firstWeekTouched();
      byte[] known = kept.get(change.member()).read();
      if (known != null) {
        changes.add(known);
      }
      kept.put(change.member(), changes.encode());
      Integer last = newestWeek.read();
      if (last == null || last < touched) {
        newestWeek.write(touched);
      }
      return touched;
    }

    // All vintages of a figure come again whenever it changes.
    private boolean isNews(
        Figure figure, MapState<String, Figure> keptFigures, @Nullable Integer toldWeek) {
      if (toldWeek != null && day(figure).isBefore(oldest(toldWeek - horizonWeeks))) {
        return false;
      }
      String vintage =
          Observation.slice(figure.table().name(), figure.slice(), figure.knownOn().toString());
      Figure known = keptFigures.get(vintage).read();
      if (known != null && known.revision() >= figure.revision()) {
        return false;
      }
      keptFigures.put(vintage, figure);
      return known == null || !known.values().equals(figure.values());
    }

    private static LocalDate day(Figure figure) {
      return LocalDate.parse(figure.key().get(0));
    }

    /**
     * Returns the first day whose figures features of the open week, or of a later one, look at.
     */
    private static LocalDate oldest(int openWeek) {
      return TrendWeek.start(openWeek - MarketHistory.WEEKS_BACK);
    }

    private void closeAtEndOf(int week, ValueState<Integer> closingWeek, Timer closeTimer) {
      closingWeek.write(week);
      closeTimer
          .withOutputTimestamp(LiveTimers.NO_HOLD)
          .set(
              Instant.ofEpochMilli(
                  TrendWeek.start(week + 1).atStartOfDay(timezone).toInstant().toEpochMilli()));
    }

    // Weeks that close one after another, as of a backlog, are handed out together.
    private void handOutSoon(Timer handOutTimer) {
      long now = handOutTimer.getCurrentRelativeTime().getMillis();
      long earliest = Math.max(now, rested.getMillis());
      long pane = paneInterval.getMillis();
      // Beam's own align takes an offset for a shift of the multiples.
      long target = earliest + Math.floorMod(-earliest, pane);
      handOutTimer
          .offset(Duration.millis(target - now))
          .withOutputTimestamp(LiveTimers.NO_HOLD)
          .setRelative();
    }

    @OnTimer("close")
    public void close(
        @StateId("closed") ValueState<Integer> lastClosed,
        @StateId("due") ValueState<Integer> firstDue,
        @StateId("newest") ValueState<Integer> newestWeek,
        @StateId("closing") ValueState<Integer> closingWeek,
        @TimerId("close") Timer closeTimer,
        @TimerId("hand-out") Timer handOutTimer) {
      Integer week = closingWeek.read();
      if (week == null) {
        return;
      }
      Integer before = lastClosed.read();
      lastClosed.write(week);
      if (before != null && firstDue.read() == null) {
        firstDue.write(before + 1);
      }
      handOutSoon(handOutTimer);
      Integer newestSale = newestWeek.read();
      if (newestSale != null && week < newestSale + horizonWeeks) {
        closeAtEndOf(week + 1, closingWeek, closeTimer);
      } else {
        closingWeek.clear();
      }
    }

    @OnTimer("hand-out")
    public void handOut(
        @Key Integer dimension,
        @StateId("members") MapState<String, byte[]> kept,
        @StateId("figures") MapState<String, Figure> keptFigures,
        @StateId("closed") ValueState<Integer> lastClosed,
        @StateId("told") ValueState<Integer> lastTold,
        @StateId("due") ValueState<Integer> firstDue,
        @TimerId("hand-out") Timer handOutTimer,
        OutputReceiver<KV<Long, TrendFeatures>> out) {
      Integer week = lastClosed.read();
      Integer due = firstDue.read();
      if (week == null || due == null) {
        return;
      }
      long started = clock.millis();
      Integer before = lastTold.read();
      // What weeks before the open one looked at is forgotten: they are final.
      int from = before == null ? due : Math.max(due, before - horizonWeeks);
      handOut(dimension, kept, keptFigures, from, week, out);
      firstDue.clear();
      lastTold.write(week);
      if (before == null || before < week) {
        forget(kept, keptFigures, week - horizonWeeks);
      }
      long took = Math.max(0, clock.millis() - started);
      Duration rest = Duration.millis(Math.min(REST * took, MOST_REST_MILLIS));
      Instant paneAgo = handOutTimer.getCurrentRelativeTime().minus(paneInterval);
      rested = (rested.isAfter(paneAgo) ? rested : paneAgo).plus(rest);
    }

    private void handOut(
        int dimension,
        MapState<String, byte[]> kept,
        MapState<String, Figure> keptFigures,
        int from,
        int week,
        OutputReceiver<KV<Long, TrendFeatures>> out) {
      Map<String, Vintages> byMember = new HashMap<>();
      Vintages all = new Vintages();
      for (Map.Entry<String, byte[]> member : kept.entries().read()) {
        byMember.put(member.getKey(), Vintages.decode(member.getValue()));
        all.add(member.getValue());
      }
      TotalUnits total = new TotalUnits(all, week);
      MarketHistory market = market(keptFigures.values().read());
      long now = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, clock.instant());
      byMember.forEach(
          (member, vintages) ->
              MemberVintages.trend(dimensions.get(dimension), member)
                  .compute(
                      vintages, total, market, from, week, row -> out.output(KV.of(now, row))));
    }

    // No change of before the open week comes any more.
    private static void forget(
        MapState<String, byte[]> kept, MapState<String, Figure> keptFigures, int openWeek) {
      Map<String, byte[]> members = new HashMap<>();
      for (Map.Entry<String, byte[]> member : kept.entries().read()) {
        members.put(member.getKey(), Vintages.decode(member.getValue()).from(openWeek).encode());
      }
      members.forEach(kept::put);
      List<String> past = new ArrayList<>();
      for (Map.Entry<String, Figure> figure : keptFigures.entries().read()) {
        if (day(figure.getValue()).isBefore(oldest(openWeek))) {
          past.add(figure.getKey());
        }
      }
      past.forEach(keptFigures::remove);
    }

    private static MarketHistory market(Iterable<Figure> figures) {
      List<FuelPrice> prices = new ArrayList<>();
      List<Attention> attention = new ArrayList<>();
      for (Figure figure : figures) {
        if (figure.table() == MarketTable.FUEL_PRICES) {
          prices.add(FuelPrice.of(figure));
        } else {
          attention.add(Attention.of(figure));
        }
      }
      return new MarketHistory(prices, attention);
    }
  }
}
