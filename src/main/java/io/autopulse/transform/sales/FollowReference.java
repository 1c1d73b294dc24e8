package io.autopulse.transform.sales;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.transform.record.LiveTimers;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The unbounded twin of {@link ParseReference}: raw blocks of vehicles or dealers in; out, lists of
 * the latest record of every key ({@link #SNAPSHOTS}) and the rejected records ({@link #REJECTED}).
 * Global window; a retry hands the same list out again.
 *
 * <p>The first list waits for the watermark to pass the start: then all records that were there
 * have been read. Without that wait, a list of the first few would leave sales without a make. A
 * new list follows about a second after each change. A feed without a record gives no list.
 */
public final class FollowReference extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The latest records of all keys: at the start, and whenever one has changed. */
  public static final TupleTag<List<ReferenceRecord>> SNAPSHOTS = new TupleTag<>("snapshots") {};

  /** Records that a rule rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = ParseReference.REJECTED;

  /** Counts of the feed's records. */
  public static final TupleTag<KV<String, Long>> COUNTS = ParseReference.COUNTS;

  private final FeedFormat format;
  private final Instant start;

  private FollowReference(FeedFormat format, Instant start) {
    this.format = format;
    this.start = start;
  }

  /**
   * Returns the transform for the format's feed.
   *
   * @param start what was in the feed before this event time is in the first list
   */
  public static FollowReference of(FeedFormat format, Instant start) {
    return new FollowReference(format, start);
  }

  /**
   * Returns the windowing under which each list takes the place of the one before as a side input.
   * Beam's default hands out a last pane even if it is empty: it would leave the join without any
   * reference data.
   */
  public static Window<List<ReferenceRecord>> eachAsAPane() {
    return Window.<List<ReferenceRecord>>into(new GlobalWindows())
        .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
        .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
        .discardingFiredPanes();
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple parsed = ParseReference.parse(blocks, format);
    PCollection<List<ReferenceRecord>> snapshots =
        parsed
            .get(ParseReference.SOUND)
            .apply("All together", MapElements.via(new Together()))
            .setCoder(KvCoder.of(VarIntCoder.of(), new ReferenceRecordCoder()))
            .apply("Keep the latest", ParDo.of(new LatestFn(start)))
            .setCoder(ListCoder.of(new ReferenceRecordCoder()));
    return PCollectionTuple.of(SNAPSHOTS, snapshots)
        .and(REJECTED, parsed.get(REJECTED))
        .and(COUNTS, parsed.get(COUNTS));
  }

  private static final class Together
      extends SimpleFunction<KV<Integer, ReferenceRecord>, KV<Integer, ReferenceRecord>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<Integer, ReferenceRecord> apply(KV<Integer, ReferenceRecord> record) {
      return KV.of(0, record.getValue());
    }
  }

  /** Keeps the latest record of each key. */
  static final class LatestFn extends DoFn<KV<Integer, ReferenceRecord>, List<ReferenceRecord>> {
    private static final long serialVersionUID = 1L;
    private static final Duration REST = Duration.standardSeconds(1);

    private final Instant start;

    @StateId("latest")
    private final StateSpec<MapState<String, ReferenceRecord>> latest =
        StateSpecs.map(StringUtf8Coder.of(), new ReferenceRecordCoder());

    /** Whether a list was handed out. */
    @StateId("begun")
    private final StateSpec<ValueState<Boolean>> begun = StateSpecs.value(BooleanCoder.of());

    /** Whether a record has changed since the last list. */
    @StateId("changed")
    private final StateSpec<ValueState<Boolean>> changed = StateSpecs.value(BooleanCoder.of());

    @TimerId("rest")
    private final TimerSpec rest = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    /** At the start; later, with the last watermark: a feed that ends has a last list too. */
    @TimerId("due")
    private final TimerSpec due = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    LatestFn(Instant start) {
      this.start = start;
    }

    @ProcessElement
    public void keep(
        @Element KV<Integer, ReferenceRecord> element,
        @StateId("latest") MapState<String, ReferenceRecord> known,
        @StateId("begun") ValueState<Boolean> hasBegun,
        @StateId("changed") ValueState<Boolean> isChanged,
        @TimerId("rest") Timer restTimer,
        @TimerId("due") Timer dueTimer) {
      ReferenceRecord record = element.getValue();
      ReferenceRecord before = known.get(record.key()).read();
      if (before != null && before.compareTo(record) >= 0) {
        return;
      }
      known.put(record.key(), record);
      if (hasBegun.read() == null) {
        dueTimer.withOutputTimestamp(LiveTimers.NO_HOLD).set(start);
      } else {
        isChanged.write(true);
        restTimer.offset(REST).withOutputTimestamp(LiveTimers.NO_HOLD).setRelative();
        dueTimer.withOutputTimestamp(LiveTimers.NO_HOLD).set(LiveTimers.NO_HOLD);
      }
    }

    @OnTimer("due")
    public void due(
        @StateId("latest") MapState<String, ReferenceRecord> known,
        @StateId("begun") ValueState<Boolean> hasBegun,
        @StateId("changed") ValueState<Boolean> isChanged,
        OutputReceiver<List<ReferenceRecord>> out) {
      if (hasBegun.read() == null) {
        hasBegun.write(true);
        isChanged.write(true);
      }
      handOut(known, isChanged, out);
    }

    @OnTimer("rest")
    public void rested(
        @StateId("latest") MapState<String, ReferenceRecord> known,
        @StateId("changed") ValueState<Boolean> isChanged,
        OutputReceiver<List<ReferenceRecord>> out) {
      handOut(known, isChanged, out);
    }

    private static void handOut(
        MapState<String, ReferenceRecord> known,
        ValueState<Boolean> isChanged,
        OutputReceiver<List<ReferenceRecord>> out) {
      if (isChanged.read() != null) {
        isChanged.clear();
        List<ReferenceRecord> records = new ArrayList<>();
        known.values().read().forEach(records::add);
        out.output(records);
      }
    }
  }
}
