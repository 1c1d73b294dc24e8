package io.autopulse.transform.sales;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.parse.ReadTarget;
import io.autopulse.domain.feed.parse.TargetChoice;
import io.autopulse.domain.feed.parse.TargetParser;
import io.autopulse.domain.sale.Target;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.Counts.Measure;
import io.autopulse.transform.record.FeedRecords;
import io.autopulse.transform.record.RejectedRecordCoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Raw blocks of the targets feed in; out, the target of each key that counts ({@link #TARGETS}),
 * the rejected records, of which some contradict each other ({@link #REJECTED}), and the counts
 * ({@link #COUNTS}). Targets are few: an element a record, and its raw text with it, for it may be
 * rejected once all records of its key are there. Bounded, global window; a retry gives the same.
 *
 * <p>Records meet in a few groups of keys, not in a group a key: a runner pays for each group.
 */
public final class ParseTargets extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The target of each key that counts. */
  public static final TupleTag<Target> TARGETS = new TupleTag<>("targets") {};

  /** Records that a rule rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /** Counts of the feed's records. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private static final TupleTag<KV<Integer, ReadTarget>> SOUND = new TupleTag<>("sound") {};

  private static final int GROUPS = 4;

  private final FeedFormat format;

  private ParseTargets(FeedFormat format) {
    this.format = format;
  }

  /** Returns the transform for the format of the feed. */
  public static ParseTargets of(FeedFormat format) {
    return new ParseTargets(format);
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple parsed =
        blocks.apply(
            "Parse",
            ParDo.of(new ParseFn(format))
                .withOutputTags(SOUND, TupleTagList.of(REJECTED).and(COUNTS)));
    parsed.get(SOUND).setCoder(KvCoder.of(VarIntCoder.of(), new ReadTargetCoder()));
    PCollectionTuple chosen =
        parsed
            .get(SOUND)
            .apply("Group", GroupByKey.create())
            .apply(
                "Choose",
                ParDo.of(new ChooseFn(format))
                    .withOutputTags(TARGETS, TupleTagList.of(REJECTED).and(COUNTS)));
    chosen.get(TARGETS).setCoder(new TargetCoder());
    for (PCollectionTuple step : List.of(parsed, chosen)) {
      step.get(REJECTED).setCoder(new RejectedRecordCoder());
      step.get(COUNTS).setCoder(Counts.CODER);
    }
    return PCollectionTuple.of(TARGETS, chosen.get(TARGETS))
        .and(
            REJECTED,
            PCollectionList.of(parsed.get(REJECTED))
                .and(chosen.get(REJECTED))
                .apply("Collect rejected records", Flatten.pCollections()))
        .and(
            COUNTS,
            PCollectionList.of(parsed.get(COUNTS))
                .and(chosen.get(COUNTS))
                .apply("Collect counts", Flatten.pCollections()));
  }

  static final class ParseFn extends DoFn<RawBlock, KV<Integer, ReadTarget>> {
    private static final long serialVersionUID = 1L;

    private final FeedFormat format;
    private transient FeedRecords<Target> records;

    @SuppressWarnings("NullAway.Init") // Beam calls @Setup before anything else.
    ParseFn(FeedFormat format) {
      this.format = format;
    }

    @Setup
    public void setUp() {
      records =
          new FeedRecords<>(
              format, (columns, origin) -> new TargetParser(format, columns, origin)::parse);
    }

    @ProcessElement
    public void parse(@Element RawBlock block, MultiOutputReceiver out) {
      records.readKeeping(
          block,
          (target, atHand) ->
              out.get(SOUND)
                  .output(
                      KV.of(
                          Math.floorMod(target.key().hashCode(), GROUPS),
                          new ReadTarget(target, atHand.rejectedFor(ReadTarget.OPEN)))),
          out.get(REJECTED)::output);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      records.counts().drain(c -> context.output(COUNTS, c, window.maxTimestamp(), window));
    }
  }

  static final class ChooseFn extends DoFn<KV<Integer, Iterable<ReadTarget>>, Target> {
    private static final long serialVersionUID = 1L;

    private final FeedFormat format;

    ChooseFn(FeedFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void choose(@Element KV<Integer, Iterable<ReadTarget>> group, MultiOutputReceiver out) {
      Map<List<String>, List<ReadTarget>> byKey = new LinkedHashMap<>();
      group
          .getValue()
          .forEach(
              read ->
                  byKey.computeIfAbsent(read.target().key(), key -> new ArrayList<>()).add(read));
      Counts counts = new Counts(format.feed());
      for (List<ReadTarget> records : byKey.values()) {
        TargetChoice choice = TargetChoice.of(records);
        counts.add(Measure.DUPLICATE, choice.duplicates());
        counts.add(Measure.SUPERSEDED, choice.superseded());
        counts.add(Measure.REJECTED, choice.conflicting().size());
        choice.conflicting().forEach(out.get(REJECTED)::output);
        counts.add(Measure.CURRENT, choice.current().isPresent() ? 1 : 0);
        choice.current().ifPresent(out.get(TARGETS)::output);
      }
      counts.drain(c -> out.get(COUNTS).output(c));
    }
  }
}
