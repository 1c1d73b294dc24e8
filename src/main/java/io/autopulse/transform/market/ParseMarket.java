package io.autopulse.transform.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.parse.MarketParser;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.Observation;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.FeedRecords;
import io.autopulse.transform.record.RejectedRecordCoder;
import io.autopulse.transform.record.UnmappedName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Raw blocks of a market feed in; out, observations of figures ({@link #OBSERVATIONS}), the
 * rejected records ({@link #REJECTED}), the counts ({@link #COUNTS}) and the names that no mapping
 * knows ({@link #UNMAPPED}). Bounded or unbounded, global window; a retry gives the same.
 */
public final class ParseMarket extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Observations of figures. */
  public static final TupleTag<Observation> OBSERVATIONS = new TupleTag<>("observations") {};

  /** Records that a rule rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /** Counts of the feed's records. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  /** How many records have a name of a field that the manifest's mappings do not know. */
  public static final TupleTag<KV<UnmappedName, Long>> UNMAPPED = new TupleTag<>("unmapped") {};

  private final FeedFormat format;
  private final MarketNames names;
  private final DateHorizon horizon;

  private ParseMarket(FeedFormat format, MarketNames names, DateHorizon horizon) {
    this.format = format;
    this.names = names;
    this.horizon = horizon;
  }

  /**
   * Returns the transform for the format's feed.
   *
   * @param names how names are mapped to our members
   * @param horizon how far ahead of now records may be dated
   */
  public static ParseMarket of(FeedFormat format, MarketNames names, DateHorizon horizon) {
    return new ParseMarket(format, names, horizon);
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple parsed =
        blocks.apply(
            "Parse",
            ParDo.of(new ParseFn(format, names, horizon))
                .withOutputTags(OBSERVATIONS, TupleTagList.of(REJECTED).and(COUNTS).and(UNMAPPED)));
    parsed.get(OBSERVATIONS).setCoder(new ObservationCoder());
    parsed.get(REJECTED).setCoder(new RejectedRecordCoder());
    parsed.get(COUNTS).setCoder(Counts.CODER);
    parsed.get(UNMAPPED).setCoder(UnmappedName.COUNTS);
    return parsed;
  }

  static final class ParseFn extends DoFn<RawBlock, Observation> {
    private static final long serialVersionUID = 1L;

    private final FeedFormat format;
    private final MarketNames names;
    private final DateHorizon horizon;
    private transient FeedRecords<List<Observation>> records;
    private transient Map<UnmappedName, Long> unmapped;

    @SuppressWarnings("NullAway.Init") // Beam calls @Setup before anything else.
    ParseFn(FeedFormat format, MarketNames names, DateHorizon horizon) {
      this.format = format;
      this.names = names;
      this.horizon = horizon;
    }

    @Setup
    public void setUp() {
      unmapped = new TreeMap<>();
      records =
          new FeedRecords<>(
              format,
              (columns, origin) -> {
                MarketParser parser = MarketParser.of(format, names, columns, origin, horizon);
                return fields -> parser.parse(fields, this::report);
              });
    }

    private void report(String field, String name) {
      unmapped.merge(new UnmappedName(format.feed().toString(), field, name), 1L, Long::sum);
    }

    @ProcessElement
    public void parse(@Element RawBlock block, MultiOutputReceiver out) {
      long origin = UUID.nameUUIDFromBytes(block.origin().getBytes(UTF_8)).getMostSignificantBits();
      records.read(
          block,
          observations ->
              observations.forEach(o -> out.get(OBSERVATIONS).output(o.readFrom(origin))),
          out.get(REJECTED)::output);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      records.counts().drain(c -> context.output(COUNTS, c, window.maxTimestamp(), window));
      unmapped.forEach(
          (name, count) ->
              context.output(UNMAPPED, KV.of(name, count), window.maxTimestamp(), window));
      unmapped.clear();
    }
  }
}
