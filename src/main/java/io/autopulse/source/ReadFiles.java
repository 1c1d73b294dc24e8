package io.autopulse.source;

import io.autopulse.domain.quality.RawBlock;
import java.io.IOException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The records of all files that a pattern matches, but for {@linkplain LandedFile hidden ones}, as
 * raw blocks. A file of another kind, and one that cannot be read, fail the job. Bounded, global
 * window; a retry reads the same blocks. Large plain files are read in parallel, files with quoted
 * fields, compressed files and charsets such as UTF-16 one worker a file ({@link FileSplitter}).
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;
  private static final long RANGE_BYTES = 8L << 20;

  private final String pattern;
  private final FileFormat format;

  private ReadFiles(String pattern, FileFormat format) {
    this.pattern = pattern;
    this.format = format;
  }

  /**
   * Returns the transform.
   *
   * @param pattern a file or a glob of any file system that Beam knows
   */
  public static ReadFiles matching(String pattern, FileFormat format) {
    return new ReadFiles(pattern, format);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin
        .apply("Pattern", Create.of(pattern).withCoder(StringUtf8Coder.of()))
        .apply("Match", FileIO.matchAll().withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
        .apply("Split", ParDo.of(new SplitFn(pattern, format)))
        .setCoder(new FileRange.RangeCoder())
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Read", ParDo.of(new ReadFn(format)))
        .setCoder(new RawBlockCoder());
  }

  static final class SplitFn extends DoFn<MatchResult.Metadata, FileRange> {
    private static final long serialVersionUID = 1L;
    private final String pattern;
    private final FileFormat format;

    SplitFn(String pattern, FileFormat format) {
      this.pattern = pattern;
      this.format = format;
    }

    @ProcessElement
    public void split(@Element MatchResult.Metadata file, OutputReceiver<FileRange> out)
        throws IOException {
      if (!LandedFile.holdsRecords(pattern, String.valueOf(file.resourceId().getFilename()))) {
        return;
      }
      String path = file.resourceId().toString();
      try {
        new FileSplitter(format, RANGE_BYTES).split(path, file.sizeBytes()).forEach(out::output);
      } catch (IOException e) {
        throw Unreadable.of(path, e);
      }
    }
  }

  static final class ReadFn extends DoFn<FileRange, RawBlock> {
    private static final long serialVersionUID = 1L;
    private final FileFormat format;

    ReadFn(FileFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void read(@Element FileRange range, OutputReceiver<RawBlock> out) throws IOException {
      try {
        new RangeReader(format).read(range, out::output);
      } catch (IOException e) {
        throw Unreadable.of(range.path(), e);
      }
    }
  }
}
