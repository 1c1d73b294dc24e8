package io.autopulse.source.file.sheet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.ColumnNames;
import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.sale.WhiteSpace;
import java.util.Arrays;
import java.util.List;

/**
 * Writes into blank fields of some columns the value of the last row above that has one, as exports
 * of merged cells mean it. It takes the blocks of one file in their order. Nothing but those fields
 * changes, and no line is added, so that records keep the numbers of their lines.
 *
 * <p>A row whose fields are all blank is no record, and stays one. What cannot be read (a quote
 * that is never closed, text after a closing quote) and a row with more fields than the header may
 * have begun another group: below them blank fields stay blank until a row has a value.
 */
public final class FillDown {
  private final CsvDialect dialect;
  private final String separator;
  private final String quote;
  private final int width;
  private final int[] columns;
  private final String[] above;

  private String text = "";
  // Where the fields of the row at hand start and end in the text.
  private int[] starts = new int[32];
  private int[] ends = new int[32];
  private int count;

  /**
   * Makes the filling of one file.
   *
   * @param names the headers of the columns; one that the header lacks is left out
   */
  public FillDown(List<String> names, List<String> header, CsvDialect dialect) {
    this.dialect = dialect;
    separator = bytes(String.valueOf(dialect.separator()));
    quote = bytes(String.valueOf(dialect.quote()));
    width = header.size();
    columns =
        names.stream()
            .flatMap(name -> ColumnNames.positions(header, name).stream().limit(1))
            .mapToInt(Integer::intValue)
            .toArray();
    above = new String[columns.length];
    forget();
  }

  private void forget() {
    Arrays.fill(above, "");
  }

  // A character a byte: the text may hold bytes that are not UTF-8, which must stay as they are.
  private static String bytes(String characters) {
    return new String(characters.getBytes(UTF_8), ISO_8859_1);
  }

  /** Returns the next block of the file with its blank fields filled. */
  public RawBlock fill(RawBlock block) {
    text = new String(block.text(), ISO_8859_1);
    StringBuilder filled = new StringBuilder(text.length() + (text.length() >> 2));
    for (int from = 0; from < text.length(); ) {
      int end = readRow(from);
      if (end < 0) {
        end = endOfLine(from);
        filled.append(text, from, end);
        if (!isBlank(from, end)) {
          forget();
        }
      } else {
        fillRow(from, end, filled);
      }
      from = end;
    }
    text = "";
    return new RawBlock(
        block.format(),
        block.origin(),
        block.firstLine(),
        dialect,
        block.header(),
        filled.toString().getBytes(ISO_8859_1),
        block.charset());
  }

  private void fillRow(int from, int end, StringBuilder filled) {
    int copied = from;
    if (!isBlankRow()) {
      for (int i = 0; i < columns.length; i++) {
        int column = columns[i];
        if (column < count && !isBlank(starts[column], ends[column])) {
          above[i] = count > width ? "" : onOneLine(text.substring(starts[column], ends[column]));
        }
      }
      for (int column = 0; column < count; column++) {
        String value = valueAbove(column);
        if (!value.isEmpty() && isBlank(starts[column], ends[column])) {
          filled.append(text, copied, starts[column]);
          append(value, text.substring(starts[column], ends[column]), filled);
          copied = ends[column];
        }
      }
    }
    filled.append(text, copied, end);
  }

  private String valueAbove(int column) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == column) {
        return above[i];
      }
    }
    return "";
  }

  // Line breaks between the quotes of a blank field stay, behind the value, where they are blank.
  private void append(String value, String blank, StringBuilder filled) {
    String breaks = blank.replaceAll("[^\r\n]", "");
    if (breaks.isEmpty()) {
      filled.append(value);
    } else if (value.startsWith(quote)) {
      filled.append(value, 0, value.length() - quote.length()).append(breaks).append(quote);
    } else {
      filled.append(quote).append(value.replace(quote, quote + quote)).append(breaks).append(quote);
    }
  }

  private static String onOneLine(String value) {
    return value.replaceAll("\r\n|[\r\n]", " ");
  }

  private boolean isBlankRow() {
    for (int i = 0; i < count; i++) {
      if (!isBlank(starts[i], ends[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean isBlank(int from, int to) {
    int start = from;
    int end = to;
    if (text.startsWith(quote, from) && end - start >= 2 * quote.length()) {
      start += quote.length();
      end -= quote.length();
    }
    if (start == end) {
      return true;
    }
    char first = text.charAt(start);
    if (first > ' ' && first < 0x7f) {
      return false;
    }
    String value = new String(text.substring(start, end).getBytes(ISO_8859_1), UTF_8);
    return WhiteSpace.strip(value).isEmpty();
  }

  /** Finds the fields of a row, and returns where it ends; -1 if it cannot be read. */
  private int readRow(int from) {
    count = 0;
    int at = from;
    while (true) {
      int start = at;
      if (text.startsWith(quote, at)) {
        at = afterQuotes(at + quote.length());
        if (at < 0) {
          return -1;
        }
      } else {
        while (at < text.length() && !isLineEnd(at) && !text.startsWith(separator, at)) {
          at++;
        }
      }
      addField(start, at);
      if (at == text.length() || isLineEnd(at)) {
        return endOfLine(at);
      }
      if (!text.startsWith(separator, at)) {
        return -1;
      }
      at += separator.length();
    }
  }

  /** Returns where the quoted field ends whose text is here; -1 if it does not. */
  private int afterQuotes(int from) {
    int at = text.indexOf(quote, from);
    while (at >= 0 && text.startsWith(quote, at + quote.length())) {
      at = text.indexOf(quote, at + 2 * quote.length());
    }
    return at < 0 ? -1 : at + quote.length();
  }

  private void addField(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  private boolean isLineEnd(int at) {
    return text.charAt(at) == '\n' || text.charAt(at) == '\r';
  }

  private int endOfLine(int from) {
    int at = from;
    while (at < text.length() && !isLineEnd(at)) {
      at++;
    }
    if (at == text.length()) {
      return at;
    }
    return text.startsWith("\r\n", at) ? at + 2 : at + 1;
  }
}
