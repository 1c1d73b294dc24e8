package io.autopulse.domain.feed;

import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.WhiteSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of a feed stand in records of one header, and the trimmed text of each field of
 * the record at hand: from its column, or the manifest's default if the column is absent, blank or
 * a text that stands for none. Overwritten by each record.
 */
public final class FieldBinding {
  private final FeedFormat format;
  private final Feed feed;
  private final int[] columns;
  private final @Nullable IdColumns[] ids;
  private final char[] @Nullable [] defaults;
  private final boolean[] times;
  private final boolean[] sensitive;
  private final NullTexts nulls;
  private final int width;

  private char[] text = new char[0];
  private int from;
  private int to;
  private boolean jsonNumber;

  /**
   * Binds a feed's fields to a header.
   *
   * @param place the file, for the message
   * @throws InputException if a column that the manifest names, or that a required field without a
   *     default needs, is not in the header; if one that is used is there twice; or if one looks
   *     like a field that has none
   */
  public FieldBinding(FeedFormat format, List<String> header, String place) {
    this.format = format;
    feed = format.feed();
    List<Feed.Field> fields = feed.fields();
    columns = new int[fields.size()];
    ids = new IdColumns[fields.size()];
    defaults = new char[fields.size()][];
    times = new boolean[fields.size()];
    sensitive = new boolean[fields.size()];
    width = header.size();
    HeaderMatch match = new HeaderMatch(format, header);
    match
        .obstacle()
        .ifPresent(
            problem -> {
              throw unfit(format, match, problem, place);
            });
    SensitiveNames masked = new SensitiveNames(format.sensitive());
    nulls = new NullTexts(format.nulls());
    for (int i = 0; i < columns.length; i++) {
      Feed.Field field = fields.get(i);
      int[] found = match.columnsOf(field);
      columns[i] = found[0];
      ids[i] = found.length == 1 ? null : new IdColumns(found);
      times[i] = field.kind() == Feed.Kind.TIME;
      sensitive[i] = format.headersOf(field).stream().anyMatch(masked::hold);
      String value = format.defaults().get(field.name());
      defaults[i] = value == null ? null : WhiteSpace.strip(value).toCharArray();
    }
  }

  private static InputException unfit(
      FeedFormat format, HeaderMatch match, HeaderMatch.Problem problem, String place) {
    Feed.Field field = problem.field().orElse(null);
    if (problem.kind() != HeaderMatch.Kind.ABSENT || field == null) {
      return new InputException(
          place,
          "feed " + format.feed() + ": the file " + match.description(problem, HeaderMatch.HEADER),
          match.remedy(problem, HeaderMatch.HEADER));
    }
    return new InputException(
        place,
        "feed "
            + format.feed()
            + ": no column \""
            + problem.name()
            + "\" for field "
            + field.name()
            + (format.namesSensitive(match.header())
                ? "; the header is " + String.join(", ", match.header())
                : "; the header is not shown: it does not name every sensitive column"),
        "Name its column under feeds."
            + format.feed()
            + ".columns."
            + field.name()
            + (field.required() ? ", or give a value under defaults" : ", or leave the field out"));
  }

  /** Returns the number of columns of the header. */
  public int width() {
    return width;
  }

  /** Tells whether a column or the manifest's default may give a field its value. */
  public boolean isGiven(int field) {
    return columns[field] >= 0 || defaults[field] != null;
  }

  /** Moves to a field of the record; false if the record and the manifest give it no value. */
  public boolean select(RawFields record, int field) {
    IdColumns id = ids[field];
    if (id != null ? selectId(record, id) : selectColumn(record, columns[field], times[field])) {
      return true;
    }
    char[] value = defaults[field];
    if (value == null) {
      return false;
    }
    text = value;
    from = 0;
    to = value.length;
    jsonNumber = false;
    return from < to;
  }

  private boolean selectColumn(RawFields record, int column, boolean isTime) {
    if (column < 0) {
      return false;
    }
    text = record.text();
    from = record.start(column);
    to = record.end(column);
    jsonNumber = record.isNumber(column);
    from = WhiteSpace.start(text, from, to);
    to = WhiteSpace.end(text, from, to);
    return !nulls.holds(text, from, to, isTime);
  }

  private boolean selectId(RawFields record, IdColumns id) {
    id.clear();
    for (int column : id.columns()) {
      if (!selectColumn(record, column, false)) {
        return false;
      }
      id.add(text, from, to);
    }
    text = id.text();
    jsonNumber = false;
    from = 0;
    to = id.length();
    return true;
  }

  /** Tells whether a column of a field is sensitive. */
  public boolean isSensitive(int field) {
    return sensitive[field];
  }

  /** Tells whether a field is an id of something. */
  public boolean isId(int field) {
    return feed.fields().get(field).name().endsWith("_id");
  }

  /** Returns the characters that hold the selected value. */
  public char[] text() {
    return text;
  }

  /** Returns where the selected value starts. */
  public int from() {
    return from;
  }

  /** Returns where the selected value ends, exclusive. */
  public int to() {
    return to;
  }

  /** Returns the selected value. */
  public String value() {
    return new String(text, from, to - from);
  }

  /**
   * Returns the selected value as a number with at most {@code scale} decimals, without its decimal
   * mark, or what {@link NumberParser#parse} returns for none.
   */
  public long number(NumberParser numbers, int scale) {
    return jsonNumber
        ? NumberParser.json(text, from, to, scale)
        : numbers.parse(text, from, to, scale);
  }

  /**
   * Returns a rejection of the selected field, with what was expected; a sensitive value is not
   * shown.
   */
  public Rejection reject(RejectCode code, int field) {
    Feed.Field rejected = feed.fields().get(field);
    String value = value();
    String expected = Expectation.of(code, rejected, format);
    return sensitive[field]
        ? Rejection.of(code, rejected.name(), expected, FeedFormat.MASK, "")
        : Rejection.of(
            code,
            rejected.name(),
            expected,
            value,
            Expectation.advice(code, rejected, value, format));
  }

  /** Returns a rejection of a field without a value. */
  public Rejection missing(int field) {
    return Rejection.missing(feed.fields().get(field).name());
  }
}
