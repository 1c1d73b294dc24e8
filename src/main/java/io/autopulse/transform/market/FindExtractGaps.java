package io.autopulse.transform.market;

import io.autopulse.domain.market.ExtractGaps;
import io.autopulse.domain.market.ExtractGaps.Gap;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.transform.record.LiveTimers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Observations in; the gaps of the extracts of registrations out, as observations ({@link
 * Observation#gap}). Global window, bounded or unbounded: of the latter a pane interval after a
 * change and when the input ends, again with a higher revision when an extract has the period after
 * all. The rule is {@link ExtractGaps}'s. Of each grain and region only the last row of each period
 * and day is kept, as long as the job runs. A retry sees the previous state.
 */
final class FindExtractGaps extends PTransform<PCollection<Observation>, PCollection<Observation>> {
  private static final long serialVersionUID = 1L;

  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  /** By grain and region: the last row of a period and day. */
  private static final Coder<KV<String, KV<String, Long>>> LAST =
      KvCoder.of(TEXT, KvCoder.of(TEXT, NUMBER));

  private final @Nullable Duration paneInterval;

  private FindExtractGaps(@Nullable Duration paneInterval) {
    this.paneInterval = paneInterval;
  }

  /** Returns the transform of an input that ends. */
  static FindExtractGaps bounded() {
    return new FindExtractGaps(null);
  }

  /**
   * Returns the transform of an input without an end.
   *
   * @param paneInterval how long after a change the gaps are told
   */
  static FindExtractGaps every(Duration paneInterval) {
    return new FindExtractGaps(paneInterval);
  }

  @Override
  public PCollection<Observation> expand(PCollection<Observation> observations) {
    PCollection<KV<String, KV<String, Long>>> last =
        observations.apply("Last rows", ParDo.of(new LastFn())).setCoder(LAST);
    PCollection<Observation> gaps =
        paneInterval == null
            ? last.apply("Group", GroupByKey.create()).apply("Find", ParDo.of(new FindFn()))
            : last.apply("Find", ParDo.of(new FindLiveFn(paneInterval)));
    return gaps.setCoder(new ObservationCoder());
  }

  private static void add(ExtractGaps gaps, String periodAndDay, long last) {
    int separator = periodAndDay.indexOf(Observation.SEPARATOR);
    gaps.add(
        periodAndDay.substring(0, separator),
        Integer.parseInt(periodAndDay.substring(separator + 1)),
        last);
  }

  /** Keeps the last row of each period and day of a bundle: many share them. */
  static final class LastFn extends DoFn<Observation, KV<String, KV<String, Long>>> {
    private static final long serialVersionUID = 1L;

    private transient Map<String, Map<String, Long>> last;

    @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
    LastFn() {}

    @StartBundle
    public void startBundle() {
      last = new HashMap<>();
    }

    @ProcessElement
    public void take(@Element Observation observation) {
      if (observation.dated() && observation.extent() == Extent.WHOLE) {
        last.computeIfAbsent(observation.grainAndRegion(), key -> new HashMap<>())
            .merge(
                Observation.slice(observation.period(), String.valueOf(observation.knownOn())),
                observation.extractedAt(),
                Math::max);
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      last.forEach(
          (key, periods) ->
              periods.forEach(
                  (periodAndDay, micros) ->
                      context.output(
                          KV.of(key, KV.of(periodAndDay, micros)), window.maxTimestamp(), window)));
    }
  }

  static final class FindFn extends DoFn<KV<String, Iterable<KV<String, Long>>>, Observation> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void find(
        @Element KV<String, Iterable<KV<String, Long>>> region, OutputReceiver<Observation> out) {
      ExtractGaps gaps = new ExtractGaps();
      region.getValue().forEach(last -> add(gaps, last.getKey(), last.getValue()));
      gaps.gaps()
          .forEach(gap -> out.output(Observation.gap(gap.period(), region.getKey(), gap, 1)));
    }
  }

  static final class FindLiveFn extends DoFn<KV<String, KV<String, Long>>, Observation> {
    private static final long serialVersionUID = 1L;

    private final Duration paneInterval;

    /** The grain and region: timers have no key. */
    @StateId("region")
    private final StateSpec<ValueState<String>> region = StateSpecs.value(TEXT);

    /** The last row of each period and day. */
    @StateId("last")
    private final StateSpec<MapState<String, Long>> last = StateSpecs.map(TEXT, NUMBER);

    /** The gaps that were told, by period and day. */
    @StateId("told")
    private final StateSpec<MapState<String, Long>> told = StateSpecs.map(TEXT, NUMBER);

    /** How often gaps were told. */
    @StateId("revision")
    private final StateSpec<ValueState<Long>> revision = StateSpecs.value(NUMBER);

    @TimerId("pane")
    private final TimerSpec pane = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    /** With the last watermark: an input that ends has a last pane too. */
    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    FindLiveFn(Duration paneInterval) {
      this.paneInterval = paneInterval;
    }

    @ProcessElement
    public void take(
        @Element KV<String, KV<String, Long>> element,
        @StateId("region") ValueState<String> region,
        @StateId("last") MapState<String, Long> last,
        @TimerId("pane") Timer paneTimer,
        @TimerId("end") Timer endTimer) {
      String periodAndDay = element.getValue().getKey();
      long micros = element.getValue().getValue();
      Long before = last.get(periodAndDay).read();
      if (before != null && before >= micros) {
        return;
      }
      region.write(element.getKey());
      last.put(periodAndDay, micros);
      paneTimer.offset(paneInterval).withOutputTimestamp(LiveTimers.NO_HOLD).setRelative();
      endTimer.withOutputTimestamp(LiveTimers.NO_HOLD).set(LiveTimers.NO_HOLD);
    }

    @OnTimer("pane")
    public void pane(
        @StateId("region") ValueState<String> region,
        @StateId("last") MapState<String, Long> last,
        @StateId("told") MapState<String, Long> told,
        @StateId("revision") ValueState<Long> revision,
        OutputReceiver<Observation> out) {
      tell(region, last, told, revision, out);
    }

    @OnTimer("end")
    public void end(
        @StateId("region") ValueState<String> region,
        @StateId("last") MapState<String, Long> last,
        @StateId("told") MapState<String, Long> told,
        @StateId("revision") ValueState<Long> revision,
        OutputReceiver<Observation> out) {
      tell(region, last, told, revision, out);
    }

    private static void tell(
        ValueState<String> region,
        MapState<String, Long> last,
        MapState<String, Long> told,
        ValueState<Long> revision,
        OutputReceiver<Observation> out) {
      ExtractGaps gaps = new ExtractGaps();
      last.entries().read().forEach(entry -> add(gaps, entry.getKey(), entry.getValue()));
      Map<String, Gap> found = new TreeMap<>();
      gaps.gaps().forEach(gap -> found.put(key(gap), gap));
      told.entries()
          .read()
          .forEach(entry -> found.computeIfAbsent(entry.getKey(), FindLiveFn::closed));
      Long before = revision.read();
      long next = before == null ? 1 : before + 1;
      revision.write(next);
      String key = region.read();
      for (Map.Entry<String, Gap> gap : found.entrySet()) {
        Long until = told.get(gap.getKey()).read();
        if (until == null || until != gap.getValue().until()) {
          told.put(gap.getKey(), gap.getValue().until());
          out.output(Observation.gap(gap.getValue().period(), key, gap.getValue(), next));
        }
      }
    }

    private static String key(Gap gap) {
      return Observation.slice(gap.period(), String.valueOf(gap.day()));
    }

    private static Gap closed(String periodAndDay) {
      List<String> parts = List.of(periodAndDay.split(String.valueOf(Observation.SEPARATOR), -1));
      return new Gap(parts.get(0), Integer.parseInt(parts.get(1)), ExtractGaps.NONE);
    }
  }
}
