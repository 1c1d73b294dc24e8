package io.autopulse.cli.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of text for terminals: columns as wide as their widest cell, numbers to the right. What
 * could move the cursor or colour the terminal, such as a control character of a raw record, is
 * shown as its escape.
 */
public final class TextTable {
  private static final String GAP = "  ";
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  /** Where a column's cells stand. */
  public enum Alignment {
    /** For text. */
    LEFT,
    /** For numbers. */
    RIGHT
  }

  /**
   * A column.
   *
   * @param title its heading
   * @param alignment where its heading and its cells stand
   */
  public record Column(String title, Alignment alignment) {
    /** Returns a column of text. */
    public static Column text(String title) {
      return new Column(title, Alignment.LEFT);
    }

    /** Returns a column of numbers. */
    public static Column number(String title) {
      return new Column(title, Alignment.RIGHT);
    }
  }

  private final List<Column> columns;
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  private TextTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
    this.titles = columns.stream().map(column -> printable(column.title())).toList();
  }

  /** Returns an empty table of these columns. */
  public static TextTable of(Column... columns) {
    return new TextTable(List.of(columns));
  }

  /** Returns an empty table of these columns. */
  public static TextTable of(List<Column> columns) {
    return new TextTable(columns);
  }

  /**
   * Adds a row.
   *
   * @param cells one text a column
   * @return this table
   */
  public TextTable row(String... cells) {
    return row(List.of(cells));
  }

  /**
   * Adds a row.
   *
   * @param cells one text a column
   * @return this table
   */
  public TextTable row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.size() + " cells in a table of " + columns.size() + " columns");
    }
    rows.add(cells.stream().map(TextTable::printable).toList());
    return this;
  }

  /** Returns the table as lines that end with a newline, without colours. */
  public String render() {
    StringBuilder out = new StringBuilder();
    render(out, false);
    return out.toString();
  }

  /**
   * Writes the table.
   *
   * @param out takes the lines
   * @param colours whether {@code out} is a terminal: the heading is bold
   */
  public void render(Appendable out, boolean colours) {
    int[] widths = widths();
    try {
      out.append(colours ? BOLD : "");
      line(out, titles, widths);
      out.append(colours ? PLAIN : "");
      List<String> rule = new ArrayList<>();
      for (int width : widths) {
        rule.add("─".repeat(width));
      }
      line(out, rule, widths);
      for (List<String> row : rows) {
        line(out, row, widths);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = TextWidth.of(titles.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    return widths;
  }

  private void line(Appendable out, List<String> cells, int[] widths) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String space = " ".repeat(widths[i] - TextWidth.of(cells.get(i)));
      line.append(i == 0 ? "" : GAP);
      if (columns.get(i).alignment() == Alignment.RIGHT) {
        line.append(space).append(cells.get(i));
      } else {
        line.append(cells.get(i)).append(space);
      }
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (Character.isISOControl(c) || isDirection(c)) {
                    out.append(String.format("\\u%04x", c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.toString();
  }

  // Marks that turn the direction of writing would let one cell rewrite its neighbours.
  private static boolean isDirection(int codePoint) {
    return (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
