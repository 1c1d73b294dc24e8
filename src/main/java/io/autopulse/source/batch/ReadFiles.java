package io.autopulse.source.batch;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import io.autopulse.source.file.FileStamp;
import io.autopulse.source.file.FolderListing;
import io.autopulse.source.file.LandedFile;
import io.autopulse.source.file.Unreadable;
import io.autopulse.source.file.record.FileSplitter;
import io.autopulse.source.file.record.RangeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * The records of all files that a pattern matches when the pipeline is built, but for {@linkplain
 * DataFileName hidden ones}, as raw blocks. A file of another kind, and one that cannot be read,
 * fail the job. Bounded, global window; a retry reads the same blocks. Large plain files are read
 * in parallel, files with quoted fields, compressed files and charsets such as UTF-16 one worker a
 * file ({@link FileSplitter}).
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;
  private static final long RANGE_BYTES = 8L << 20;

  private final String pattern;
  private final FileFormat format;
  private final boolean isThere;

  private ReadFiles(String pattern, FileFormat format, boolean isThere) {
    this.pattern = pattern;
    this.format = format;
    this.isThere = isThere;
  }

  /**
   * Returns the transform.
   *
   * @param pattern a file or a glob of any file system that Beam knows
   */
  public static ReadFiles matching(String pattern, FileFormat format) {
    return new ReadFiles(pattern, format, true);
  }

  /**
   * Returns the read of one file that is written after the pipeline is built and before it runs.
   *
   * @param path the file
   */
  public static ReadFiles later(String path, FileFormat format) {
    return new ReadFiles(path, format, false);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin
        .apply("Files", Create.of(files()).withCoder(new FileRange.RangeCoder()))
        .apply("Spread files", Reshuffle.viaRandomKey())
        .apply("Split", ParDo.of(new SplitFn(format)))
        .setCoder(new FileRange.RangeCoder())
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Read", ParDo.of(new ReadFn(format)))
        .setCoder(new RawBlockCoder());
  }

  // Listed once, before the pipeline runs: what lands while it does is the next run's.
  private List<FileRange> files() {
    if (!isThere) {
      return List.of(new FileRange(pattern, 0, FileRange.TO_THE_END, 1, List.of()));
    }
    List<FileRange> files = new ArrayList<>();
    try {
      for (LandedFile file : FolderListing.of(pattern)) {
        if (file.stamp().bytes() == FileStamp.NOTHING_THERE) {
          throw new InputException(
              file.path(), "is a link to a file that is not there", "Remove the link");
        }
        files.add(new FileRange(file.path(), 0, file.stamp().bytes(), 1, List.of()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("look at " + pattern, e);
    }
    if (files.isEmpty()) {
      throw new InputException(pattern, "no file matches", "Check the path");
    }
    return files;
  }

  static final class SplitFn extends DoFn<FileRange, FileRange> {
    private static final long serialVersionUID = 1L;
    private final FileFormat format;

    SplitFn(FileFormat format) {
      this.format = format;
    }

    @ProcessElement
    public void split(@Element FileRange file, OutputReceiver<FileRange> out) throws IOException {
      try {
        new FileSplitter(format, RANGE_BYTES).split(file.path(), file.end()).forEach(out::output);
      } catch (IOException e) {
        throw Unreadable.of(file.path(), e);
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
