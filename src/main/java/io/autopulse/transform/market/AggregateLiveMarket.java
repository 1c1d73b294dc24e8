package io.autopulse.transform.market;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.market.Extracts;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Vintages;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.transform.record.LiveMetrics;
import io.autopulse.transform.record.LiveTimers;
import io.autopulse.transform.record.RejectedRecordCoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;

/**
 * The unbounded twin of {@link AggregateMarket}: observations in; the vintages of figures that
 * changed out ({@link #FIGURES}), a pane interval after the change, and when the input ends; and
 * records that contradict another one ({@link #REJECTED}), at once: the higher value counts, in
 * whatever order they come. A vintage that was emitted before and changes comes again with a higher
 * revision, also when it no longer differs from the one before it. Global window: elements carry no
 * event time and nothing is dropped. The distinct observations of a scope ({@link
 * Observation#scope()}) are in keyed state, about 150 bytes each, as long as the job runs: a record
 * can be corrected or withdrawn at any time. A retry sees the previous state.
 */
public final class AggregateLiveMarket
    extends PTransform<PCollection<Observation>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Vintages, each again when it is restated. */
  public static final TupleTag<Figure> FIGURES = new TupleTag<>("figures") {};

  /** Records of a key and moment of extraction of which another one has a higher value. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  private static final String STEP = "Aggregate market";

  private final Duration paneInterval;

  private AggregateLiveMarket(Duration paneInterval) {
    this.paneInterval = paneInterval;
  }

  /**
   * Returns the transform.
   *
   * @param paneInterval how long after a change the figures are handed out
   */
  public static AggregateLiveMarket every(java.time.Duration paneInterval) {
    return new AggregateLiveMarket(Duration.millis(paneInterval.toMillis()));
  }

  @Override
  public PCollectionTuple expand(PCollection<Observation> observations) {
    PCollection<Observation> gaps =
        observations.apply("Extracts", FindExtractGaps.every(paneInterval));
    PCollectionTuple aggregated =
        PCollectionList.of(observations)
            .and(gaps)
            .apply("And gaps", Flatten.pCollections())
            .apply("Key by scope", ParDo.of(new KeyFn()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), new ObservationCoder()))
            .apply(
                "Aggregate",
                ParDo.of(new AggregateFn(paneInterval))
                    .withOutputTags(FIGURES, TupleTagList.of(REJECTED)));
    aggregated.get(FIGURES).setCoder(new FigureCoder());
    aggregated.get(REJECTED).setCoder(new RejectedRecordCoder());
    return aggregated;
  }

  static final class KeyFn extends DoFn<Observation, KV<String, Observation>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void key(@Element Observation observation, OutputReceiver<KV<String, Observation>> out) {
      out.output(KV.of(observation.scope(), observation));
    }
  }

  static final class AggregateFn extends DoFn<KV<String, Observation>, Figure> {
    private static final long serialVersionUID = 1L;

    private final Duration paneInterval;

    /**
     * By record and moment of extraction, that of the highest value; one of a lower value by its
     * value too. One that comes again changes nothing.
     */
    @StateId("observations")
    private final StateSpec<MapState<String, Observation>> observations =
        StateSpecs.map(StringUtf8Coder.of(), new ObservationCoder());

    /** The values of the vintages that were emitted, by slice and day. */
    @StateId("emitted")
    private final StateSpec<MapState<String, Figure>> emitted =
        StateSpecs.map(StringUtf8Coder.of(), new FigureCoder());

    @TimerId("pane")
    private final TimerSpec pane = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    /** With the last watermark: an input that ends has a last pane too. */
    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    AggregateFn(Duration paneInterval) {
      this.paneInterval = paneInterval;
    }

    @ProcessElement
    public void take(
        @Element KV<String, Observation> element,
        @StateId("observations") MapState<String, Observation> known,
        @TimerId("pane") Timer paneTimer,
        @TimerId("end") Timer endTimer,
        MultiOutputReceiver out) {
      Observation observation = element.getValue();
      if (observation.isGap()) {
        String gap = Observation.slice(observation.slice(), String.valueOf(observation.knownOn()));
        Observation before = known.get(gap).read();
        if (before == null || before.value() < observation.value()) {
          known.put(gap, observation);
          set(paneTimer, endTimer);
        }
        return;
      }
      String identity =
          Observation.slice(
              observation.kind().name(),
              observation.slice(),
              observation.source(),
              String.valueOf(observation.moment()),
              String.valueOf(observation.extractedAt()));
      Observation highest = known.get(identity).read();
      if (highest == null) {
        LiveMetrics.ACCEPTED.inc();
        known.put(identity, observation);
      } else if (highest.value() == observation.value()
          || known.get(lower(identity, observation)).read() != null) {
        LiveMetrics.DUPLICATES.inc();
        return;
      } else {
        boolean higher = observation.value() > highest.value();
        Observation used = higher ? observation : highest;
        Observation unused = higher ? highest : observation;
        known.put(identity, used);
        known.put(lower(identity, unused), unused);
        LiveMetrics.rejected(RejectCode.CONFLICTING_RECORD).inc();
        out.get(REJECTED).output(ConflictingRecords.reject(unused, used.value(), STEP));
      }
      set(paneTimer, endTimer);
    }

    private void set(Timer paneTimer, Timer endTimer) {
      paneTimer.offset(paneInterval).withOutputTimestamp(LiveTimers.NO_HOLD).setRelative();
      endTimer.withOutputTimestamp(LiveTimers.NO_HOLD).set(LiveTimers.NO_HOLD);
    }

    private static String lower(String identity, Observation observation) {
      return Observation.slice(identity, String.valueOf(observation.value()));
    }

    @OnTimer("pane")
    public void pane(
        @StateId("observations") MapState<String, Observation> known,
        @StateId("emitted") MapState<String, Figure> emitted,
        MultiOutputReceiver out) {
      emit(known, emitted, out.get(FIGURES));
    }

    @OnTimer("end")
    public void end(
        @StateId("observations") MapState<String, Observation> known,
        @StateId("emitted") MapState<String, Figure> emitted,
        MultiOutputReceiver out) {
      emit(known, emitted, out.get(FIGURES));
    }

    private static void emit(
        MapState<String, Observation> known,
        MapState<String, Figure> emitted,
        OutputReceiver<Figure> out) {
      Map<String, List<Observation>> slices = new TreeMap<>();
      List<Observation> scope = new ArrayList<>();
      known.values().read().forEach(scope::add);
      scope.stream()
          .filter(observation -> !observation.isGap())
          .forEach(o -> slices.computeIfAbsent(o.slice(), s -> new ArrayList<>()).add(o));
      // A later extract of the scope, and a gap that is told or closed, change figures without a
      // new observation of their own.
      long revision = scope.stream().mapToLong(o -> o.isGap() ? o.value() : 1).sum();
      Map<String, Map<Integer, Figure>> before = new HashMap<>();
      for (Figure figure : emitted.values().read()) {
        before.computeIfAbsent(figure.slice(), s -> new TreeMap<>()).put(day(figure), figure);
      }
      Extracts extracts = Extracts.of(scope);
      slices.forEach(
          (slice, observations) -> {
            Map<Integer, Figure> days = before.getOrDefault(slice, Map.of());
            for (Figure figure :
                Vintages.of(slice, observations, extracts, revision, days.keySet()).figures()) {
              Figure last = days.get(day(figure));
              if (last == null || !last.values().equals(figure.values())) {
                emitted.put(Observation.slice(slice, figure.knownOn().toString()), figure);
                out.output(figure);
              }
            }
          });
    }

    private static int day(Figure figure) {
      return (int) figure.knownOn().toEpochDay();
    }
  }
}
