package io.autopulse.transform.sales;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.parse.ReferenceParser;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.Counts.Measure;
import io.autopulse.transform.record.FeedRecords;
import io.autopulse.transform.record.RejectedRecordCoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
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
 * Raw blocks of the vehicles or dealers feed in; out, the latest sound record of each key ({@link
 * #LATEST}), the rejected records ({@link #REJECTED}) and the counts ({@link #COUNTS}). Reference
 * data is small: an element a record. Bounded, global window.
 *
 * <p>Records meet in a few groups of keys, not in a group a key: a runner pays for each group.
 */
public final class ParseReference extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The latest record of each key. */
  public static final TupleTag<ReferenceRecord> LATEST = new TupleTag<>("latest") {};

  /** Records that a rule rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /** Counts of the feed's records. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /** Records that no rule rejected, grouped by their keys. */
  static final TupleTag<KV<Integer, ReferenceRecord>> SOUND = new TupleTag<>("sound") {};

  private static final int GROUPS = 4;

  private final FeedFormat format;

  private ParseReference(FeedFormat format) {
    this.format = format;
  }

  /** Returns the transform for the format's feed. */
  public static ParseReference of(FeedFormat format) {
    return new ParseReference(format);
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple parsed = parse(blocks, format);
    PCollectionTuple latest =
        parsed
            .get(SOUND)
            .apply("Group", GroupByKey.create())
            .apply(
                "Take the latest",
                ParDo.of(new LatestFn(format)).withOutputTags(LATEST, TupleTagList.of(COUNTS)));
    latest.get(LATEST).setCoder(new ReferenceRecordCoder());
    latest.get(COUNTS).setCoder(Counts.CODER);
    PCollection<KV<String, Long>> counts =
        PCollectionList.of(parsed.get(COUNTS))
            .and(latest.get(COUNTS))
            .apply("Collect counts", org.apache.beam.sdk.transforms.Flatten.pCollections());
    return PCollectionTuple.of(LATEST, latest.get(LATEST))
        .and(REJECTED, parsed.get(REJECTED))
        .and(COUNTS, counts);
  }

  /** Returns the sound records, grouped by keys, the rejected ones and the counts. */
  static PCollectionTuple parse(PCollection<RawBlock> blocks, FeedFormat format) {
    PCollectionTuple parsed =
        blocks.apply(
            "Parse",
            ParDo.of(new ParseFn(format))
                .withOutputTags(SOUND, TupleTagList.of(REJECTED).and(COUNTS)));
    parsed.get(SOUND).setCoder(KvCoder.of(VarIntCoder.of(), new ReferenceRecordCoder()));
    parsed.get(REJECTED).setCoder(new RejectedRecordCoder());
    parsed.get(COUNTS).setCoder(Counts.CODER);
    return parsed;
  }

  static final class ParseFn extends DoFn<RawBlock, KV<Integer, ReferenceRecord>> {
    private static final long serialVersionUID = 1L;

    private final FeedFormat format;
    private transient FeedRecords<ReferenceRecord> records;

    @SuppressWarnings("NullAway.Init") // Beam calls @Setup before anything else.
    ParseFn(FeedFormat format) {
      this.format = format;
    }

    @Setup
    public void setUp() {
      records =
          new FeedRecords<>(
              format, (columns, origin) -> new ReferenceParser(format, columns, origin)::parse);
    }

    @ProcessElement
    public void parse(@Element RawBlock block, MultiOutputReceiver out) {
      records.read(
          block,
          sound ->
              out.get(SOUND).output(KV.of(Math.floorMod(sound.key().hashCode(), GROUPS), sound)),
          out.get(REJECTED)::output);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      records.counts().drain(c -> context.output(COUNTS, c, window.maxTimestamp(), window));
    }
  }

  static final class LatestFn
      extends DoFn<KV<Integer, Iterable<ReferenceRecord>>, ReferenceRecord> {
    private static final long serialVersionUID = 1L;

    private final FeedFormat format;

    LatestFn(FeedFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void take(
        @Element KV<Integer, Iterable<ReferenceRecord>> group, MultiOutputReceiver out) {
      Map<String, List<ReferenceRecord>> byKey = new TreeMap<>();
      group
          .getValue()
          .forEach(r -> byKey.computeIfAbsent(r.key(), key -> new ArrayList<>()).add(r));
      Counts counts = new Counts(format.feed());
      for (List<ReferenceRecord> records : byKey.values()) {
        records.sort(null);
        long distinct = records.stream().distinct().count();
        counts.add(Measure.DUPLICATE, records.size() - distinct);
        counts.add(Measure.SUPERSEDED, distinct - 1);
        counts.add(Measure.CURRENT, 1);
        out.get(LATEST).output(records.get(records.size() - 1));
      }
      counts.drain(c -> out.get(COUNTS).output(c));
    }
  }
}
