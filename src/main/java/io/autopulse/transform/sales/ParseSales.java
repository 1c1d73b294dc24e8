package io.autopulse.transform.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.parse.SaleParser;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleBlockWriter;
import io.autopulse.domain.sale.block.SaleDraft;
import io.autopulse.transform.record.Counts;
import io.autopulse.transform.record.Counts.Measure;
import io.autopulse.transform.record.LiveMetrics;
import io.autopulse.transform.record.RawText;
import io.autopulse.transform.record.RecordHandler;
import io.autopulse.transform.record.RecordReader;
import io.autopulse.transform.record.RejectedRecordCoder;
import io.autopulse.transform.record.RunProgress;
import io.autopulse.transform.record.SaleBlockCoder;
import io.autopulse.transform.record.SkipRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Raw blocks of the sales feed in; out, blocks of sale versions by the shard of their sale ({@link
 * #VERSIONS}), the rejected records ({@link #REJECTED}) and the counts ({@link #COUNTS}). Bounded,
 * global window. A retried bundle makes the same blocks again, perhaps in another order. The rules
 * are {@link SaleParser}'s.
 */
public final class ParseSales extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Blocks of sale versions, keyed by shard. */
  public static final TupleTag<KV<Integer, byte[]>> VERSIONS = new TupleTag<>("versions") {};

  /** Records that a rule rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  /** Counts of records read and rejected. */
  public static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private final FeedFormat format;
  private final int shards;
  private final DateHorizon horizon;

  private ParseSales(FeedFormat format, int shards, DateHorizon horizon) {
    this.format = format;
    this.shards = shards;
    this.horizon = horizon;
  }

  /**
   * Returns the transform.
   *
   * @param format how the feed writes its records
   * @param shards the number of shards; the versions of one must fit in a worker's memory
   * @param horizon how far ahead of now sales may be dated
   */
  public static ParseSales of(FeedFormat format, int shards, DateHorizon horizon) {
    return new ParseSales(format, shards, horizon);
  }

  /** Returns the transform of records whose dates are judged already. */
  public static ParseSales of(FeedFormat format, int shards) {
    return of(format, shards, DateHorizon.NONE);
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple parsed =
        blocks.apply(
            "Parse",
            ParDo.of(new ParseFn(format, shards, horizon))
                .withOutputTags(VERSIONS, TupleTagList.of(REJECTED).and(COUNTS)));
    parsed.get(VERSIONS).setCoder(SaleBlockCoder.BY_SHARD);
    parsed.get(REJECTED).setCoder(new RejectedRecordCoder());
    parsed.get(COUNTS).setCoder(Counts.CODER);
    return parsed;
  }

  static final class ParseFn extends DoFn<RawBlock, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TERMS = 1 << 18;

    private final FeedFormat format;
    private final int shards;
    private final DateHorizon horizon;
    private transient Work work;

    @SuppressWarnings("NullAway.Init") // Beam calls @Setup before anything else.
    ParseFn(FeedFormat format, int shards, DateHorizon horizon) {
      this.format = format;
      this.shards = shards;
      this.horizon = horizon;
    }

    @Setup
    public void setUp() {
      work = new Work(format, shards, horizon);
    }

    @ProcessElement
    public void parse(@Element RawBlock block, MultiOutputReceiver out) {
      OutputReceiver<KV<Integer, byte[]>> versions = out.get(VERSIONS);
      OutputReceiver<RejectedRecord> rejected = out.get(REJECTED);
      work.parse(block, (shard, bytes) -> versions.output(KV.of(shard, bytes)), rejected::output);
    }

    @FinishBundle
    public void flush(FinishBundleContext context) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      work.flush((s, b) -> context.output(VERSIONS, KV.of(s, b), window.maxTimestamp(), window));
      work.counts.drain(c -> context.output(COUNTS, c, window.maxTimestamp(), window));
      if (work.terms() > MOST_TERMS) {
        work = new Work(format, shards, horizon);
      }
    }
  }

  /** Takes rejected records. */
  @FunctionalInterface
  private interface RejectedConsumer {
    void accept(RejectedRecord rejected);
  }

  /** What an instance of the DoFn keeps between records. */
  private static final class Work {
    final Counts counts = new Counts(Feed.SALES);
    private final FeedFormat format;
    private final int shards;
    private final DateHorizon horizon;
    private final RawText rawText;
    private final Dictionary[] dictionaries = SaleBlockWriter.newDictionaries();
    private final SaleDraft draft = new SaleDraft();
    private final Map<List<String>, SaleParser> parsers = new HashMap<>();
    private final Map<RawBlock.Format, RecordReader> readers = new HashMap<>();
    private final SkipRows rows;
    private final SaleBlockWriter writer;
    private SaleBlockWriter.BlockConsumer out = (shard, block) -> {};

    Work(FeedFormat format, int shards, DateHorizon horizon) {
      this.format = format;
      this.shards = shards;
      this.horizon = horizon;
      rawText = new RawText(format, "Parse sales");
      rows = new SkipRows(format);
      writer =
          new SaleBlockWriter(shards, dictionaries, (shard, block) -> out.accept(shard, block));
    }

    int terms() {
      int terms = 0;
      for (Dictionary dictionary : dictionaries) {
        terms += dictionary.size();
      }
      return terms;
    }

    void parse(RawBlock block, SaleBlockWriter.BlockConsumer versions, RejectedConsumer rejected) {
      out = versions;
      RecordReader reader =
          readers.computeIfAbsent(block.format(), f -> RecordReader.of(f, format));
      SaleParser parser =
          parsers.computeIfAbsent(
              RecordReader.columns(block, format),
              columns -> new SaleParser(format, columns, dictionaries, block.origin(), horizon));
      BlockHandler handler = new BlockHandler(block, reader, parser, rejected);
      long skipped = rows.read(block, reader, handler);
      counts.addAbsent(reader);
      counts.add(Measure.READ, handler.read + skipped);
      counts.add(Measure.SKIPPED, skipped);
      counts.add(Measure.REJECTED, handler.rejectedRecords);
      RunProgress.read(handler.read + skipped);
    }

    void flush(SaleBlockWriter.BlockConsumer versions) {
      out = versions;
      writer.flush();
    }

    private final class BlockHandler implements RecordHandler {
      private final RawBlock block;
      private final RecordReader reader;
      private final SaleParser parser;
      private final RejectedConsumer rejected;
      private long read;
      private long rejectedRecords;

      BlockHandler(
          RawBlock block, RecordReader reader, SaleParser parser, RejectedConsumer rejected) {
        this.block = block;
        this.reader = reader;
        this.parser = parser;
        this.rejected = rejected;
      }

      @Override
      public void record(RawFields fields, long line) {
        read++;
        Rejection rejection = parser.parse(fields, line, draft);
        if (rejection == null) {
          writer.add(Integer.remainderUnsigned(draft.idHash(), shards), draft);
        } else {
          String saleId = parser.saleId(fields);
          if (saleId != null) {
            counts.addRejectedSale(saleId);
          }
          reject(rejection, line);
        }
      }

      @Override
      public void refused(Rejection rejection, long line) {
        read++;
        reject(rejection, line);
      }

      private void reject(Rejection rejection, long line) {
        count(rejection);
        rejected.accept(rawText.of(block, reader, line, rejection));
      }

      @Override
      public void malformed(String text, long line, String why) {
        read++;
        Rejection rejection = Rejection.malformed(why);
        count(rejection);
        rejected.accept(rawText.of(block, text, line, rejection));
      }

      private void count(Rejection rejection) {
        rejectedRecords++;
        LiveMetrics.rejected(rejection.code()).inc();
      }
    }
  }
}
