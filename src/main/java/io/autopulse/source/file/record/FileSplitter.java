package io.autopulse.source.file.record;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.Bytes;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import io.autopulse.source.file.TextFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ranges of a file that workers can read side by side. A quoted field may hold line
 * breaks, so a file with a quote in it is one range; whether it has one is known only after a look
 * at every byte. That look costs a fraction of the parsing, and counts the lines, so that every
 * record's line number is known. Compressed files, charsets such as UTF-16 and files whose columns
 * are filled down are one range too.
 */
public final class FileSplitter {
  private static final int BUFFER = 1 << 18;

  private final FileFormat format;
  private final long rangeBytes;

  /**
   * Makes a splitter.
   *
   * @param rangeBytes the size of a range of a large file
   */
  public FileSplitter(FileFormat format, long rangeBytes) {
    this.format = format;
    this.rangeBytes = rangeBytes;
  }

  /**
   * Returns the ranges of a file; none for a file without records.
   *
   * @throws InputException if it is of another kind than the format, or has no header
   */
  public List<FileRange> split(String path, long bytes) throws IOException {
    if (format.sheet() != null) {
      // Its header is read with its rows: a workbook is unpacked each time that it is opened.
      return List.of(new FileRange(path, 0, FileRange.TO_THE_END, 1, List.of()));
    }
    FileHead head = FileHead.read(path, format);
    boolean inOrder = !format.fillDown().isEmpty();
    if (head.isZipped() || !format.isAsciiCompatible() || bytes <= rangeBytes || inOrder) {
      return List.of(whole(path, head));
    }
    return splitPlain(path, head);
  }

  private static FileRange whole(String path, FileHead head) {
    return new FileRange(
        path, head.length(), FileRange.TO_THE_END, head.lines() + 1, head.columns());
  }

  private List<FileRange> splitPlain(String path, FileHead head) throws IOException {
    List<FileRange> ranges = new ArrayList<>();
    byte[] buffer = new byte[(int) Math.min(BUFFER, rangeBytes)];
    byte quote = (byte) format.dialect().quote();
    boolean quotes = format.format() == RawBlock.Format.CSV;
    try (InputStream in = TextFiles.open(path, format)) {
      in.skipNBytes(head.length());
      long position = head.length();
      long start = position;
      long firstLine = head.lines() + 1;
      long line = firstLine;
      boolean afterReturn = false;
      for (int n; (n = in.readNBytes(buffer, 0, buffer.length)) > 0; ) {
        if (quotes && Bytes.contain(buffer, n, quote)) {
          return List.of(whole(path, head));
        }
        boolean full = position + n - start >= rangeBytes;
        int cut = full ? Bytes.afterLastLineBreak(buffer, n) : 0;
        if (cut > 0) {
          line += Bytes.lineBreaks(buffer, 0, cut, afterReturn);
          ranges.add(range(path, start, position + cut, firstLine, head));
          start = position + cut;
          firstLine = line;
          line += Bytes.lineBreaks(buffer, cut, n, false);
        } else {
          line += Bytes.lineBreaks(buffer, 0, n, afterReturn);
        }
        afterReturn = buffer[n - 1] == '\r';
        position += n;
      }
      if (position > start) {
        ranges.add(range(path, start, position, firstLine, head));
      }
    }
    return ranges;
  }

  // A range counts the bytes of the text; a byte order mark before it is not text.
  private static FileRange range(String path, long start, long end, long firstLine, FileHead head) {
    return new FileRange(path, start + head.mark(), end + head.mark(), firstLine, head.columns());
  }
}
