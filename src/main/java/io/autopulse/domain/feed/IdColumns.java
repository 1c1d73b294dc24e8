package io.autopulse.domain.feed;

import java.util.List;

/**
 * The columns of a field: one, or several that make an id together, such as a vehicle's number and
 * the date of its sale. Their values are joined by {@code |}; a {@code |} or {@code \} within a
 * value gets a {@code \} before it, so that two ids are equal only if all their parts are. A part
 * that is blank leaves the field without a value.
 */
public final class IdColumns {
  /** Between the headers of one field in {@link FeedFormat#columns}. */
  private static final String BETWEEN = "\u001f";

  private static final char JOINT = '|';
  private static final char ESCAPE = '\\';

  private final int[] columns;
  private char[] joined = new char[64];
  private int length;

  /** Joins the values of these columns. */
  IdColumns(int[] columns) {
    this.columns = columns;
  }

  /** Tells whether several columns may make the field. */
  public static boolean mayBeSeveral(Feed.Field field) {
    return field.kind() == Feed.Kind.TEXT && field.name().endsWith("_id");
  }

  /** Returns the headers as one text, as {@link FeedFormat#columns} has them. */
  public static String of(List<String> headers) {
    return String.join(BETWEEN, headers);
  }

  /** Returns the headers of a text. */
  public static List<String> headers(String text) {
    return List.of(text.split(BETWEEN, -1));
  }

  /** Returns the columns. */
  int[] columns() {
    return columns;
  }

  /** Starts the next record. */
  void clear() {
    length = 0;
  }

  /** Adds the value of the next column, which is not blank. */
  void add(char[] text, int from, int to) {
    int most = length + 2 * (to - from) + 1;
    if (most > joined.length) {
      joined = java.util.Arrays.copyOf(joined, 2 * most);
    }
    if (length > 0) {
      joined[length++] = JOINT;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == JOINT || text[i] == ESCAPE) {
        joined[length++] = ESCAPE;
      }
      joined[length++] = text[i];
    }
  }

  /** Returns the characters of the id. */
  char[] text() {
    return joined;
  }

  /** Returns how many of the characters are the id. */
  int length() {
    return length;
  }
}
