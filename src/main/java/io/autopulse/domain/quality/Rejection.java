package io.autopulse.domain.quality;

import io.autopulse.domain.sale.Feed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a record is rejected.
 *
 * @param code the reason's stable name
 * @param field the field in question, empty if the whole record is
 * @param message the reason for a person, with the value where it may be shown
 */
public record Rejection(RejectCode code, String field, String message) {
  private static final int SHOWN = 60;

  /** Returns a rejection whose message names the field, the rule and the value. */
  public static Rejection of(RejectCode code, String field, CharSequence value) {
    return new Rejection(
        code, field, field + " " + code.explanation() + ": \"" + shown(value) + '"');
  }

  /** Returns a rejection for a field that is not there. */
  public static Rejection missing(String field) {
    return new Rejection(
        RejectCode.MISSING_FIELD, field, field + " " + RejectCode.MISSING_FIELD.explanation());
  }

  /** Returns a rejection for a record that does not fit its header. */
  static Rejection fieldCount(int found, int expected) {
    return new Rejection(
        RejectCode.WRONG_FIELD_COUNT,
        "",
        "the record has " + found + " fields, its header " + expected);
  }

  /**
   * Returns a rejection for the records of a header that lacks a column which is needed; null if it
   * lacks none. The header is not quoted: it may be a record of a file that has none.
   */
  public static @Nullable Rejection unknownHeader(FeedFormat format, List<String> header) {
    Feed.Field field = FieldBinding.unbound(format, header);
    return field == null
        ? null
        : new Rejection(
            RejectCode.UNKNOWN_HEADER,
            field.name(),
            field.name()
                + " "
                + RejectCode.UNKNOWN_HEADER.explanation()
                + ": \""
                + format.headerOf(field)
                + '"');
  }

  /** Returns a rejection for a file that cannot be read. */
  public static Rejection unreadableFile(String message) {
    return new Rejection(RejectCode.UNREADABLE_FILE, "", message);
  }

  /** Returns a rejection for a record that cannot be read. */
  public static Rejection malformed(String why) {
    return new Rejection(RejectCode.MALFORMED_RECORD, "", "the record cannot be read: " + why);
  }

  private static String shown(CharSequence value) {
    return value.length() <= SHOWN ? value.toString() : value.subSequence(0, SHOWN) + "…";
  }
}
