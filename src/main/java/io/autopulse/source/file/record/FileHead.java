package io.autopulse.source.file.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.EscapedBytes;
import io.autopulse.domain.problem.InputException;
import io.autopulse.source.file.Bytes;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileKind;
import io.autopulse.source.file.HeaderAdvice;
import io.autopulse.source.file.TextFiles;
import io.autopulse.source.file.Transcoder;
import io.autopulse.source.file.sheet.SheetRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a file: whether it is zipped, and what stands before its records. A file of
 * another kind than its format, such as a workbook named {@code .csv}, has none.
 */
public final class FileHead {
  private static final int BYTES = 1 << 18;
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)\"?sep=(.)\"?[,;\\t]*\\R");

  private final String path;
  private final FileFormat format;
  private final boolean zipped;
  private final long mark;
  private final byte[] text;
  private List<String> columns = List.of();
  private int length;
  private long lines;

  private FileHead(String path, FileFormat format, boolean zipped, long mark, byte[] text) {
    this.path = path;
    this.format = format;
    this.zipped = zipped;
    this.mark = mark;
    this.text = text;
  }

  /**
   * Reads the head of a file.
   *
   * @throws InputException if the file is of another kind than its format, or delimited text whose
   *     header cannot be read
   */
  public static FileHead read(String path, FileFormat format) throws IOException {
    if (format.sheet() != null) {
      return ofSheet(path, format);
    }
    byte[] bytes;
    boolean zipped;
    try (InputStream in = TextFiles.unzipped(path)) {
      bytes = in.readNBytes(BYTES);
      zipped = TextFiles.isUnzipped(in);
    }
    FileKind.check(path, bytes, format);
    byte[] text = TextFiles.text(new ByteArrayInputStream(bytes), format).readNBytes(BYTES);
    boolean marked =
        bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    FileHead head = new FileHead(path, format, zipped, marked ? MARK.length : 0, text);
    if (format.format() == RawBlock.Format.CSV) {
      head.readHeader();
    }
    return head;
  }

  private static FileHead ofSheet(String path, FileFormat format) throws IOException {
    FileHead head = new FileHead(path, format, false, 0, new byte[0]);
    try (SheetRows rows = SheetRows.open(path, format)) {
      head.columns = rows.header();
      head.lines = rows.row();
    }
    return head;
  }

  /**
   * Does nothing if a file is of the kind that its format says, whatever its header.
   *
   * @throws InputException if it is of another kind
   */
  static void requireKind(String path, FileFormat format) throws IOException {
    try (InputStream in = TextFiles.unzipped(path)) {
      FileKind.check(path, in.readNBytes(BYTES), format);
    }
  }

  private void readHeader() {
    skipLines();
    skipSeparatorLine();
    int end = RecordCutter.endOfFirstRecord(text, length, text.length, format.dialect());
    if (end == 0) {
      throw new InputException(
          place(),
          length == 0
              ? "the file is empty: it has no header"
              : "there is no header after the first " + lines + " lines",
          "Write the names of the columns in "
              + (length == 0 ? "its first line" : "the next line, or correct from.skip_lines"));
    }
    if (end >= BYTES) {
      throw new InputException(
          place(),
          "the header does not end within 256 KiB",
          "Correct its first line, or the feed's charset, separator and quote");
    }
    columns = parse(end);
    lines += Bytes.lineBreaks(text, length, end, false);
    length = end;
  }

  private void skipLines() {
    while (lines < format.skippedLines() && length < text.length) {
      length = endOfLine(length);
      lines++;
    }
  }

  // Excel reads such a line and shows none.
  private void skipSeparatorLine() {
    int end = endOfLine(length);
    String first = decode(length, end);
    Matcher line = SEPARATOR_LINE.matcher(first);
    if (!line.matches()) {
      return;
    }
    char named = first.charAt(line.start(1));
    if (named != format.dialect().separator()) {
      throw new InputException(
          place(),
          "the line says that its separator is "
              + quoted(named)
              + ", and the manifest that it is "
              + quoted(format.dialect().separator()),
          "Set from.separator: " + (named == '\t' ? "tab" : quoted(named)));
    }
    length = end;
    lines++;
  }

  private static String quoted(char c) {
    return c == '\t' ? "a tab" : "\"" + c + '"';
  }

  // By the CSV parser, because a column's name may be quoted and hold a line break.
  private List<String> parse(int end) {
    String header = decode(length, end);
    String bad = EscapedBytes.hex(header);
    if (bad != null) {
      throw new InputException(
          place(),
          "the header holds bytes that are not " + format.charset() + ": " + bad,
          format.charset().equals(RawBlock.UTF_8)
              ? "If the file is windows-1252, as Excel writes CSV, set from.charset: windows-1252"
              : "Set from.charset to the charset that the file is written in");
    }
    try (CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(format.dialect().separator())
                .quoteCharacter(format.dialect().quote())
                .allowUnclosedQuote(false)
                .maxBufferSize(BYTES * 2)
                .ofCsvRecord(header);
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      return records.next().getFields();
    } catch (CsvParseException | IOException e) {
      throw new InputException(
          place(),
          "the header cannot be read: a quote is not closed, or text follows a closing quote",
          "Correct its first line, or the feed's separator and quote");
    }
  }

  private int endOfLine(int from) {
    for (int at = from; at < text.length; at++) {
      if (text[at] == '\n') {
        return at + 1;
      }
      if (text[at] == '\r') {
        return at + 1 < text.length && text[at + 1] == '\n' ? at + 2 : at + 1;
      }
    }
    return text.length;
  }

  private String decode(int from, int to) {
    Charset charset = format.isAsciiCompatible() ? format.decoder() : UTF_8;
    byte[] bytes = Arrays.copyOfRange(text, from, to);
    byte[] utf8 = charset.equals(UTF_8) ? bytes : Transcoder.utf8(bytes, bytes.length, charset);
    return EscapedBytes.decode(utf8, 0, utf8.length, !format.charset().equals(RawBlock.UTF_8));
  }

  private String place() {
    return path + ":" + (lines + 1);
  }

  /** Returns the file. */
  public String path() {
    return path;
  }

  /** Returns whether the file is gzip-compressed. */
  boolean isZipped() {
    return zipped;
  }

  /** Returns the bytes of the byte order mark, which are before the text. */
  long mark() {
    return mark;
  }

  /** Returns the columns of delimited text as its header has them; none for JSON. */
  public List<String> columns() {
    return columns;
  }

  /** Returns how many bytes of text stand before the records. */
  long length() {
    return length;
  }

  /** Returns how many lines stand before the records. */
  public long lines() {
    return lines;
  }

  /**
   * Returns what is wrong with a header that is not the expected one, as far as the lines of the
   * head show it.
   *
   * @param wanted columns that the header must have, stripped
   */
  public Optional<InputException> explain(List<String> wanted) {
    if (format.sheet() != null) {
      return Optional.empty();
    }
    return HeaderAdvice.of(path, format, lines, decode(0, Math.min(text.length, 1 << 16)), wanted);
  }
}
