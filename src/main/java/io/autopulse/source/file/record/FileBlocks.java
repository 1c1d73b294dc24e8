package io.autopulse.source.file.record;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.Bytes;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import io.autopulse.source.file.FolderListing;
import io.autopulse.source.file.LandedFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one followed file. All but the last end at the end of a record; the last ends where
 * the file does, so it is handed over only if the file is still what it was when its reading began:
 * else it may hold half a record.
 */
public final class FileBlocks implements Closeable {
  private static final long RANGE_BYTES = 8L << 20;

  private final LandedFile file;
  private final RangeReader reader;
  private final Iterator<FileRange> ranges;
  private RangeReader.@Nullable Blocks open;
  private @Nullable RawBlock ahead;
  private @Nullable Exception failure;
  private long taken;
  private long nextLine = 1;

  private FileBlocks(LandedFile file, FileFormat format, List<FileRange> ranges) {
    this.file = file;
    this.reader = new RangeReader(format);
    this.ranges = ranges.iterator();
  }

  /** Opens a file. */
  public static FileBlocks open(LandedFile file, FileFormat format) throws IOException {
    FileBlocks blocks = new FileBlocks(file, format, split(file, format));
    try {
      blocks.ahead = blocks.read();
      return blocks;
    } catch (IOException | RuntimeException e) {
      blocks.close();
      throw e;
    }
  }

  // A file whose header cannot be read is read without one: its records are rejected further on.
  // One of another kind has no records.
  private static List<FileRange> split(LandedFile file, FileFormat format) throws IOException {
    try {
      return new FileSplitter(format, RANGE_BYTES).split(file.path(), file.stamp().bytes());
    } catch (InputException e) {
      FileHead.requireKind(file.path(), format);
      return List.of(new FileRange(file.path(), 0, FileRange.TO_THE_END, 1, List.of()));
    }
  }

  /** A file that was written to while it was read. */
  public static final class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedException() {
      super("it changes while it is read");
    }
  }

  /**
   * Returns the next block; null after the last.
   *
   * @throws ChangedException instead of the last block, if the file has changed since
   * @throws IOException if the file cannot be read any further
   */
  public @Nullable RawBlock next() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    RawBlock block = ahead;
    if (block == null) {
      return null;
    }
    try {
      ahead = read();
    } catch (IOException | RuntimeException e) {
      // What was read before is handed over first.
      failure = e;
      ahead = null;
    }
    if (ahead == null && failure == null && hasChanged()) {
      throw new ChangedException();
    }
    taken++;
    nextLine = block.firstLine() + Bytes.lineBreaks(block.text(), 0, block.text().length, false);
    return block;
  }

  private boolean hasChanged() throws IOException {
    return FolderListing.isLocal(file.path())
        && !FolderListing.stamp(file.path()).equals(file.stamp());
  }

  private @Nullable RawBlock read() throws IOException {
    while (true) {
      RangeReader.Blocks blocks = open;
      if (blocks == null) {
        if (!ranges.hasNext()) {
          return null;
        }
        blocks = reader.open(ranges.next());
        open = blocks;
      }
      RawBlock block = blocks.next();
      if (block != null) {
        return block;
      }
      open = null;
      blocks.close();
    }
  }

  /** Returns the file. */
  public LandedFile file() {
    return file;
  }

  /** Returns how many blocks were taken. */
  public long taken() {
    return taken;
  }

  /** Returns the number of the first line that was not taken. */
  public long nextLine() {
    return nextLine;
  }

  @Override
  public void close() throws IOException {
    RangeReader.Blocks blocks = open;
    open = null;
    if (blocks != null) {
      blocks.close();
    }
  }
}
