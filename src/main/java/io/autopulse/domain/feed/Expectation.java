package io.autopulse.domain.feed;

import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.problem.RejectCode;
import java.util.regex.Pattern;

/** How a feed's numbers and dates should be written, for the messages of rejected records. */
final class Expectation {
  private static final Pattern THOUSANDS = Pattern.compile("[-+]?\\d{1,3}([^\\d])\\d{3}(\\D.*)?");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{2,}={0,2}");
  private static final Pattern WORD =
      Pattern.compile("(?i)[-+]?(nan|inf|infinity|null|none|n/?a|x+|\\d+)");

  private Expectation() {}

  /** Returns what is expected of a field that is no number or date; empty for another code. */
  static String of(RejectCode code, Feed.Field field, FeedFormat format) {
    if (code == RejectCode.BAD_DATE && field.kind() == Feed.Kind.TIME) {
      return format
          .timePatterns()
          .getOrDefault(field.name(), TimeParser.ISO)
          .replace(TimeParser.OR, " or ");
    }
    if (code != RejectCode.BAD_NUMBER) {
      return "";
    }
    String grouping =
        format.grouping() == NumberParser.NO_GROUPING
            ? "no grouping"
            : "grouping \"" + format.grouping() + '"';
    return switch (field.kind()) {
      case INTEGER -> "a whole number, " + grouping;
      case DECIMAL -> "decimal \"" + format.decimal() + "\", " + grouping + ", at most 4 decimals";
      default -> "decimal \"" + format.decimal() + "\", " + grouping + ", at most 2 decimals";
    };
  }

  /** Returns what may help with a value, in a sentence without its final stop; may be empty. */
  static String advice(RejectCode code, Feed.Field field, String value, FeedFormat format) {
    return switch (code) {
      case BAD_NUMBER -> adviceOfNumber(value, format);
      case BAD_DATE -> adviceOfDate(field.name(), value);
      case FUTURE_DATE ->
          format.feed() == Feed.SALES
              ? "If sales are dated ahead, such as by their delivery, write max_ahead: 8w into the manifest"
              : "Correct the date, or the clock that wrote it; if dates ahead are meant, write max_ahead: 8w into the manifest";
      case BAD_ID -> "Format the column as text, and export it again";
      default -> "";
    };
  }

  private static String adviceOfNumber(String value, FeedFormat format) {
    var thousands = THOUSANDS.matcher(value);
    if (format.grouping() == NumberParser.NO_GROUPING && thousands.matches()) {
      char mark = thousands.group(1).charAt(0);
      return "If the mark is between thousands, declare it: formats: {decimal: \"%s\", grouping: \"%s\"}"
          .formatted(mark == '.' ? ',' : '.', Character.isSpaceChar(mark) ? ' ' : mark);
    }
    if (value.length() % 4 == 0
        && BASE64.matcher(value).matches()
        && !WORD.matcher(value).matches()) {
      return "If it is a decimal in Base64, as Debezium writes by default, set decimal.handling.mode to string";
    }
    return "";
  }

  private static String adviceOfDate(String field, String value) {
    if (!value.matches("\\d{5}|\\d{10}|\\d{13}|\\d{16}")) {
      return "";
    }
    String unit =
        switch (value.length()) {
          case 5 -> TimeParser.EPOCH_DAYS;
          case 10 -> TimeParser.EPOCH_SECONDS;
          case 13 -> TimeParser.EPOCH_MILLIS;
          default -> TimeParser.EPOCH_MICROS;
        };
    return "If it counts from 1970 on, write formats: {" + field + ": " + unit + "}";
  }
}
