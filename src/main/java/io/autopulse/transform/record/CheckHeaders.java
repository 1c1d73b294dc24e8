package io.autopulse.transform.record;

import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Raw blocks of a followed feed in; out, those whose header has every column that is needed ({@link
 * #KNOWN}), and the records of the others, each rejected ({@link #REJECTED}): a wrong file must not
 * end a job that has no end. What a source reports passes. Unbounded, any window; a retry gives the
 * same records under the same origins. A refresh needs no such step: it does not start with a wrong
 * header.
 */
public final class CheckHeaders extends PTransform<PCollection<RawBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Blocks that can be parsed. */
  public static final TupleTag<RawBlock> KNOWN = new TupleTag<>("known") {};

  /** Records of blocks that cannot. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>("rejected") {};

  private final FeedFormat format;

  private CheckHeaders(FeedFormat format) {
    this.format = format;
  }

  /** Returns the transform for the format's feed. */
  public static CheckHeaders of(FeedFormat format) {
    return new CheckHeaders(format);
  }

  @Override
  public PCollectionTuple expand(PCollection<RawBlock> blocks) {
    PCollectionTuple checked =
        blocks.apply(
            "Check",
            ParDo.of(new CheckFn(format)).withOutputTags(KNOWN, TupleTagList.of(REJECTED)));
    checked.get(KNOWN).setCoder(blocks.getCoder());
    checked.get(REJECTED).setCoder(new RejectedRecordCoder());
    return checked;
  }

  static final class CheckFn extends DoFn<RawBlock, RawBlock> {
    private static final long serialVersionUID = 1L;

    private final FeedFormat format;

    CheckFn(FeedFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void check(@Element RawBlock block, MultiOutputReceiver out) {
      Rejection rejection = Rejection.unknownHeader(format, RecordReader.columns(block, format));
      if (rejection == null) {
        out.get(KNOWN).output(block);
      } else {
        reject(block, rejection, out.get(REJECTED));
      }
    }

    private void reject(
        RawBlock block, Rejection rejection, OutputReceiver<RejectedRecord> rejected) {
      RawText rawText = new RawText(format, "Check headers");
      RecordReader reader = RecordReader.of(block.format(), format);
      reader.read(
          block,
          new RecordHandler() {
            @Override
            public void record(RawFields fields, long line) {
              reject(rawText.of(block, reader, line, rejection));
            }

            @Override
            public void malformed(String text, long line, String why) {
              reject(rawText.of(block, text, line, Rejection.malformed(why)));
            }

            @Override
            public void refused(Rejection why, long line) {
              reject(rawText.of(block, reader, line, why));
            }

            private void reject(RejectedRecord record) {
              LiveMetrics.rejected(record.rejection().code()).inc();
              rejected.output(record);
            }
          });
    }
  }
}
