package io.autopulse.domain.quality;

import io.autopulse.domain.sale.Feed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a feed stand in records of one header, and the trimmed text of each field of
 * the record at hand: from its column, or the manifest's default if the column is absent or blank.
 * Overwritten by each record.
 */
final class FieldBinding {
  private final Feed feed;
  private final int[] columns;
  private final @Nullable IdColumns[] ids;
  private final char[] @Nullable [] defaults;
  private final boolean[] sensitive;
  private final int width;

  private char[] text = new char[0];
  private int from;
  private int to;

  /**
   * Binds a feed's fields to a header.
   *
   * @param place the file, for the message
   * @throws InputException if a column that the manifest names, or that a required field without a
   *     default needs, is not in the header
   */
  FieldBinding(FeedFormat format, List<String> header, String place) {
    feed = format.feed();
    List<Feed.Field> fields = feed.fields();
    columns = new int[fields.size()];
    ids = new IdColumns[fields.size()];
    defaults = new char[fields.size()][];
    sensitive = new boolean[fields.size()];
    width = header.size();
    List<String> trimmed = header.stream().map(MemberText::strip).toList();
    Feed.Field unbound = unbound(format, header);
    if (unbound != null) {
      throw noColumn(format, unbound, trimmed, place);
    }
    for (int i = 0; i < columns.length; i++) {
      Feed.Field field = fields.get(i);
      List<String> headers = headers(format, field);
      columns[i] = trimmed.indexOf(headers.get(0));
      ids[i] =
          headers.size() == 1
              ? null
              : new IdColumns(headers.stream().mapToInt(trimmed::indexOf).toArray());
      sensitive[i] = headers.stream().anyMatch(format.sensitive()::contains);
      String value = format.defaults().get(field.name());
      defaults[i] = value == null ? null : value.toCharArray();
    }
  }

  private static InputException noColumn(
      FeedFormat format, Feed.Field field, List<String> header, String place) {
    return new InputException(
        place,
        "feed "
            + format.feed()
            + ": no column \""
            + format.headerOf(field)
            + "\" for field "
            + field.name()
            + (format.namesSensitive(header)
                ? "; the header is " + String.join(", ", header)
                : "; the header is not shown: it does not name every sensitive column"),
        "Name its column under feeds."
            + format.feed()
            + ".columns."
            + field.name()
            + (field.required() ? ", or give a value under defaults" : ", or leave the field out"));
  }

  /** Returns the first field whose column a header lacks though it is needed; null if none. */
  static Feed.@Nullable Field unbound(FeedFormat format, List<String> header) {
    List<String> trimmed = header.stream().map(MemberText::strip).toList();
    for (Feed.Field field : format.feed().fields()) {
      if (needsColumn(format, field) && !trimmed.containsAll(headers(format, field))) {
        return field;
      }
    }
    return null;
  }

  private static List<String> headers(FeedFormat format, Feed.Field field) {
    return format.headersOf(field).stream().map(MemberText::strip).toList();
  }

  private static boolean needsColumn(FeedFormat format, Feed.Field field) {
    return format.columns().containsKey(field.name())
        || (field.required() && !format.defaults().containsKey(field.name()));
  }

  /** Returns the number of columns of the header. */
  int width() {
    return width;
  }

  /** Tells whether a column or the manifest's default may give a field its value. */
  boolean isGiven(int field) {
    return columns[field] >= 0 || defaults[field] != null;
  }

  /** Moves to a field of the record; false if the record and the manifest give it no value. */
  boolean select(RawFields record, int field) {
    IdColumns id = ids[field];
    if (id != null ? selectId(record, id) : selectColumn(record, columns[field])) {
      return true;
    }
    char[] value = defaults[field];
    if (value == null) {
      return false;
    }
    text = value;
    from = 0;
    to = value.length;
    trim();
    return from < to;
  }

  private boolean selectColumn(RawFields record, int column) {
    if (column < 0) {
      return false;
    }
    text = record.text();
    from = record.start(column);
    to = record.end(column);
    trim();
    return from < to;
  }

  private boolean selectId(RawFields record, IdColumns id) {
    id.clear();
    for (int column : id.columns()) {
      if (!selectColumn(record, column)) {
        return false;
      }
      id.add(text, from, to);
    }
    text = id.text();
    from = 0;
    to = id.length();
    return true;
  }

  private void trim() {
    while (from < to && text[from] <= ' ') {
      from++;
    }
    while (from < to && text[to - 1] <= ' ') {
      to--;
    }
  }

  /** Returns the characters that hold the selected value. */
  char[] text() {
    return text;
  }

  /** Returns where the selected value starts. */
  int from() {
    return from;
  }

  /** Returns where the selected value ends, exclusive. */
  int to() {
    return to;
  }

  /** Returns the selected value. */
  String value() {
    return new String(text, from, to - from);
  }

  /** Returns a rejection of the selected field; a sensitive value is not shown. */
  Rejection reject(RejectCode code, int field) {
    return Rejection.of(
        code, feed.fields().get(field).name(), sensitive[field] ? FeedFormat.MASK : value());
  }

  /** Returns a rejection of a field without a value. */
  Rejection missing(int field) {
    return Rejection.missing(feed.fields().get(field).name());
  }
}
