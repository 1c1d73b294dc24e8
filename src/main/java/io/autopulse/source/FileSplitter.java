package io.autopulse.source;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.autopulse.domain.quality.InputException;
import io.autopulse.domain.quality.RawBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the ranges of a file that workers can read side by side. A quoted field may hold line
 * breaks, so a file with a quote in it is one range; whether it has one is known only after a look
 * at every byte. That look costs a fraction of the parsing, and counts the lines, so that every
 * record's line number is known. Compressed files and charsets such as UTF-16 are one range too.
 */
final class FileSplitter {
  private static final int BUFFER = 1 << 18;

  private final FileFormat format;
  private final long rangeBytes;

  /**
   * Makes a splitter.
   *
   * @param rangeBytes the size of a range of a large file
   */
  FileSplitter(FileFormat format, long rangeBytes) {
    this.format = format;
    this.rangeBytes = rangeBytes;
  }

  /** Returns the ranges of a file; none for a file without records. */
  List<FileRange> split(String path, long bytes) throws IOException {
    Header header =
        format.format() == RawBlock.Format.CSV
            ? header(path)
            : new Header(List.of(), 0, 0, markLength(path));
    if (TextFiles.isGzip(path) || !format.isAsciiCompatible() || bytes <= rangeBytes) {
      return List.of(
          new FileRange(
              path, header.length, FileRange.TO_THE_END, header.lines + 1, header.columns));
    }
    return splitPlain(path, header);
  }

  private List<FileRange> splitPlain(String path, Header header) throws IOException {
    List<FileRange> ranges = new ArrayList<>();
    byte[] buffer = new byte[(int) Math.min(BUFFER, rangeBytes)];
    byte quote = (byte) format.dialect().quote();
    boolean quotes = format.format() == RawBlock.Format.CSV;
    try (InputStream in = TextFiles.open(path, format)) {
      in.skipNBytes(header.length);
      long position = header.length;
      long start = position;
      long firstLine = header.lines + 1;
      long line = firstLine;
      for (int n; (n = in.readNBytes(buffer, 0, buffer.length)) > 0; ) {
        if (quotes && Bytes.contain(buffer, n, quote)) {
          return List.of(
              new FileRange(
                  path, header.length, FileRange.TO_THE_END, header.lines + 1, header.columns));
        }
        boolean full = position + n - start >= rangeBytes;
        int cut = full ? Bytes.afterLastLineFeed(buffer, n) : 0;
        if (cut > 0) {
          line += Bytes.lineFeeds(buffer, 0, cut);
          ranges.add(range(path, start, position + cut, firstLine, header));
          start = position + cut;
          firstLine = line;
          line += Bytes.lineFeeds(buffer, cut, n);
        } else {
          line += Bytes.lineFeeds(buffer, 0, n);
        }
        position += n;
      }
      if (position > start) {
        ranges.add(range(path, start, position, firstLine, header));
      }
    }
    return ranges;
  }

  // A range counts the bytes of the text; a byte order mark before it is not text.
  private FileRange range(String path, long start, long end, long firstLine, Header header) {
    return new FileRange(path, start + header.mark, end + header.mark, firstLine, header.columns);
  }

  /**
   * Reads the header: by the CSV parser, because a column's name may be quoted and hold a line
   * break.
   */
  private Header header(String path) throws IOException {
    Charset charset =
        format.isAsciiCompatible() ? format.decoder() : java.nio.charset.StandardCharsets.UTF_8;
    byte[] head;
    try (InputStream in = TextFiles.open(path, format)) {
      head = in.readNBytes(BUFFER);
    }
    int end = RecordCutter.endOfFirstRecord(head, head.length, format.dialect());
    if (end == 0) {
      throw new InputException(
          path + ":1",
          "the file is empty: it has no header",
          "Write the names of the columns in its first line");
    }
    try (CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(format.dialect().separator())
                .quoteCharacter(format.dialect().quote())
                .allowUnclosedQuote(false)
                .ofCsvRecord(new ByteArrayInputStream(head, 0, end), charset);
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      List<String> columns = records.next().getFields();
      return new Header(columns, end, Bytes.lineFeeds(head, 0, end), markLength(path));
    } catch (CsvParseException e) {
      throw new InputException(
          path + ":1",
          "the header cannot be read: a quote is not closed, or text follows a closing quote",
          "Correct its first line, or the feed's separator and quote");
    }
  }

  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private static long markLength(String path) throws IOException {
    try (InputStream in = Channels.newInputStream(TextFiles.openAt(path, 0))) {
      return Arrays.equals(in.readNBytes(MARK.length), MARK) ? MARK.length : 0;
    }
  }

  /**
   * What stands before the records.
   *
   * @param columns the columns of delimited text
   * @param length the header's bytes without a byte order mark
   * @param lines the header's lines
   * @param mark the bytes of the byte order mark of a plain file
   */
  private record Header(List<String> columns, long length, long lines, long mark) {}
}
