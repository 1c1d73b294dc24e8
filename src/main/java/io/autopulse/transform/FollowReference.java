package io.autopulse.transform;

import io.autopulse.domain.quality.FeedFormat;
import io.autopulse.domain.quality.RawBlock;
import io.autopulse.domain.quality.ReferenceRecord;
import io.autopulse.domain.quality.RejectedRecord;
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
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The unbounded twin of {@link ParseReference}: raw blocks of vehicles or dealers in; out, lists of
 * the latest record of every key ({@link #SNAPSHOTS}), a new one about a second after the last
 * change, and the rejected records ({@link #REJECTED}). Global window; a retry hands the same list
 * out again.
 */
public final class FollowReference extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The latest records of all keys, whenever one has changed. */
  public static final TupleTag<List<ReferenceRecord>> SNAPSHOTS = new TupleTag<>("snapshots") {};

  /** Records that a rule rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = ParseReference.REJECTED;

  private final FeedFormat format;

  private FollowReference(FeedFormat format) {
    this.format = format;
  }

  /** Returns the transform for the format's feed. */
  public static FollowReference of(FeedFormat format) {
    return new FollowReference(format);
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple parsed = ParseReference.parse(blocks, format);
    PCollection<List<ReferenceRecord>> snapshots =
        parsed
            .get(ParseReference.SOUND)
            .apply(
                "All together",
                MapElements.into(
                        TypeDescriptors.kvs(
                            TypeDescriptors.integers(), TypeDescriptor.of(ReferenceRecord.class)))
                    .via(record -> KV.of(0, record.getValue())))
            .setCoder(KvCoder.of(VarIntCoder.of(), new ReferenceRecordCoder()))
            .apply("Keep the latest", ParDo.of(new LatestFn()))
            .setCoder(ListCoder.of(new ReferenceRecordCoder()));
    return PCollectionTuple.of(SNAPSHOTS, snapshots).and(REJECTED, parsed.get(REJECTED));
  }

  /** Keeps the latest record of each key. */
  static final class LatestFn extends DoFn<KV<Integer, ReferenceRecord>, List<ReferenceRecord>> {
    private static final long serialVersionUID = 1L;
    private static final Duration REST = Duration.standardSeconds(1);

    /** What a timer hands out holds no watermark back. */
    private static final Instant NO_HOLD = GlobalWindow.INSTANCE.maxTimestamp();

    @StateId("latest")
    private final StateSpec<MapState<String, ReferenceRecord>> latest =
        StateSpecs.map(StringUtf8Coder.of(), new ReferenceRecordCoder());

    /** Whether a snapshot is due. */
    @StateId("changed")
    private final StateSpec<ValueState<Boolean>> changed = StateSpecs.value(BooleanCoder.of());

    @TimerId("snapshot")
    private final TimerSpec snapshot = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    /** With the last watermark: a feed that ends has a last snapshot too. */
    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void keep(
        @Element KV<Integer, ReferenceRecord> element,
        @StateId("latest") MapState<String, ReferenceRecord> known,
        @StateId("changed") ValueState<Boolean> isChanged,
        @TimerId("snapshot") Timer snapshotTimer,
        @TimerId("end") Timer endTimer) {
      ReferenceRecord record = element.getValue();
      ReferenceRecord before = known.get(record.key()).read();
      if (before == null || before.compareTo(record) < 0) {
        known.put(record.key(), record);
        isChanged.write(true);
        snapshotTimer.offset(REST).withOutputTimestamp(NO_HOLD).setRelative();
        endTimer.withOutputTimestamp(NO_HOLD).set(NO_HOLD);
      }
    }

    @OnTimer("snapshot")
    public void rested(
        @StateId("latest") MapState<String, ReferenceRecord> known,
        @StateId("changed") ValueState<Boolean> isChanged,
        OutputReceiver<List<ReferenceRecord>> out) {
      handOut(known, isChanged, out);
    }

    @OnTimer("end")
    public void ended(
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
