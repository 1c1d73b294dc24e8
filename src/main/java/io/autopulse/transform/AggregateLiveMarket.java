package io.autopulse.transform;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Vintages;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * The unbounded twin of {@link AggregateMarket}: observations in; the vintages of figures that
 * changed out, a pane interval after the change, and when the input ends. A vintage that was handed
 * out before comes again with a higher revision, also when it no longer differs from the one before
 * it. Global window: elements carry no event time and nothing is dropped. The distinct observations
 * of a slice stand in keyed state, about 150 bytes each, as long as the job runs: a record can be
 * corrected at any time. A retry sees the state of before.
 */
public final class AggregateLiveMarket
    extends PTransform<PCollection<Observation>, PCollection<Figure>> {
  private static final long serialVersionUID = 1L;

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
  public PCollection<Figure> expand(PCollection<Observation> observations) {
    return observations
        .apply("Key by figure", ParDo.of(new KeyFn()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), new ObservationCoder()))
        .apply("Aggregate", ParDo.of(new AggregateFn(paneInterval)))
        .setCoder(new FigureCoder());
  }

  static final class KeyFn extends DoFn<Observation, KV<String, Observation>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void key(@Element Observation observation, OutputReceiver<KV<String, Observation>> out) {
      out.output(KV.of(observation.figure(), observation));
    }
  }

  static final class AggregateFn extends DoFn<KV<String, Observation>, Figure> {
    private static final long serialVersionUID = 1L;

    private final Duration paneInterval;

    /** By all that tells an observation apart: one that comes again changes nothing. */
    @StateId("observations")
    private final StateSpec<MapState<String, Observation>> observations =
        StateSpecs.map(StringUtf8Coder.of(), new ObservationCoder());

    /** The days of the vintages that were handed out. */
    @StateId("told")
    private final StateSpec<MapState<Integer, Boolean>> told =
        StateSpecs.map(VarIntCoder.of(), BooleanCoder.of());

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
        @TimerId("end") Timer endTimer) {
      Observation observation = element.getValue();
      String identity =
          Observation.slice(
              observation.kind().name(),
              observation.source(),
              String.valueOf(observation.moment()),
              String.valueOf(observation.extractedAt()),
              String.valueOf(observation.value()));
      if (known.get(identity).read() != null) {
        LiveMetrics.DUPLICATES.inc();
        return;
      }
      LiveMetrics.ACCEPTED.inc();
      known.put(identity, observation);
      paneTimer.offset(paneInterval).withOutputTimestamp(ComputeLiveKpis.NO_HOLD).setRelative();
      endTimer.withOutputTimestamp(ComputeLiveKpis.NO_HOLD).set(ComputeLiveKpis.NO_HOLD);
    }

    @OnTimer("pane")
    public void pane(
        @StateId("observations") MapState<String, Observation> known,
        @StateId("told") MapState<Integer, Boolean> days,
        OutputReceiver<Figure> out) {
      handOut(known, days, out);
    }

    @OnTimer("end")
    public void end(
        @StateId("observations") MapState<String, Observation> known,
        @StateId("told") MapState<Integer, Boolean> days,
        OutputReceiver<Figure> out) {
      handOut(known, days, out);
    }

    private static void handOut(
        MapState<String, Observation> known,
        MapState<Integer, Boolean> days,
        OutputReceiver<Figure> out) {
      List<Observation> all = new ArrayList<>();
      known.values().read().forEach(all::add);
      List<Integer> before = new ArrayList<>();
      days.keys().read().forEach(before::add);
      for (Figure figure : Vintages.of(all.get(0).slice(), all, before).figures()) {
        days.put((int) figure.knownOn().toEpochDay(), true);
        out.output(figure);
      }
    }
  }
}
