package io.autopulse.source.file;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a feed are written.
 *
 * @param format delimited text or a JSON object a line
 * @param charset the name of the character set
 * @param dialect the delimiters of delimited text
 * @param skippedLines how many lines stand before the header of delimited text
 * @param fillDown the headers of delimited text whose blank values take the value above: their
 *     files are read from the beginning to the end, by one worker each
 * @param sheet the sheet of workbooks, whose rows become delimited text; null for text files
 */
public record FileFormat(
    RawBlock.Format format,
    String charset,
    CsvDialect dialect,
    int skippedLines,
    List<String> fillDown,
    @Nullable SheetFormat sheet)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** JSON lines in UTF-8. */
  public static final FileFormat JSON_LINES =
      new FileFormat(RawBlock.Format.JSON, "UTF-8", CsvDialect.RFC_4180, 0, List.of(), null);

  /**
   * Which sheet of a workbook is read, and how.
   *
   * @param name its name, or its number from 1; empty for the first
   * @param decimal the mark that the feed reads before the decimals of numbers
   */
  public record SheetFormat(String name, char decimal) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Copies the list. */
  public FileFormat {
    fillDown = List.copyOf(fillDown);
  }

  /** Returns delimited text whose first line is the header. */
  public static FileFormat csv(String charset, CsvDialect dialect) {
    return csv(charset, dialect, 0);
  }

  /** Returns delimited text with lines before the header, which are no records. */
  public static FileFormat csv(String charset, CsvDialect dialect, int skippedLines) {
    return new FileFormat(RawBlock.Format.CSV, charset, dialect, skippedLines, List.of(), null);
  }

  /** Returns the format of workbooks, whose rows become delimited text as RFC 4180 has it. */
  public static FileFormat workbook(String sheet, char decimal, int skippedRows) {
    return new FileFormat(
        RawBlock.Format.CSV,
        RawBlock.UTF_8,
        CsvDialect.RFC_4180,
        skippedRows,
        List.of(),
        new SheetFormat(sheet, decimal));
  }

  /** Returns the same format with columns that are filled down. */
  public FileFormat filledDown(List<String> columns) {
    return new FileFormat(format, charset, dialect, skippedLines, columns, sheet);
  }

  /** Returns the character set. */
  public Charset decoder() {
    return Charset.forName(charset);
  }

  /**
   * Tells whether line breaks and delimiters are single ASCII bytes, so that bytes can be cut at
   * them.
   */
  public boolean isAsciiCompatible() {
    String name = decoder().name().toUpperCase(Locale.ROOT);
    return decoder().equals(StandardCharsets.UTF_8)
        || name.startsWith("ISO-8859-")
        || name.startsWith("WINDOWS-125")
        || name.equals("US-ASCII");
  }
}
