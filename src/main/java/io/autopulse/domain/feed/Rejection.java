package io.autopulse.domain.feed;

import io.autopulse.domain.problem.RejectCode;
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
    return of(code, field, "", value, "");
  }

  /**
   * Returns a rejection whose message also tells what was expected and what may help.
   *
   * @param expected how the value should be written; may be empty
   * @param advice a sentence; may be empty
   */
  static Rejection of(
      RejectCode code, String field, String expected, CharSequence value, String advice) {
    return new Rejection(
        code,
        field,
        field
            + " "
            + code.explanation()
            + ": \""
            + shown(value)
            + '"'
            + (expected.isEmpty() ? "" : " (" + expected + ')')
            + (advice.isEmpty() ? "" : ". " + advice));
  }

  /** Returns a rejection for a field that is not there. */
  public static Rejection missing(String field) {
    return new Rejection(
        RejectCode.MISSING_FIELD, field, field + " " + RejectCode.MISSING_FIELD.explanation());
  }

  /** Returns a rejection for a record that does not fit its header. */
  public static Rejection fieldCount(int found, int expected) {
    return new Rejection(
        RejectCode.WRONG_FIELD_COUNT,
        "",
        "the record has " + found + " fields, its header " + expected);
  }

  /**
   * Returns a rejection for the records of a header that lacks a column which is needed, has one
   * twice, or one that only looks like a field; null if it fits. The header is not quoted: it may
   * be a record of a file that has none.
   */
  public static @Nullable Rejection unknownHeader(FeedFormat format, List<String> header) {
    HeaderMatch match = new HeaderMatch(format, header);
    HeaderMatch.Problem problem = match.obstacle().orElse(null);
    if (problem == null) {
      return null;
    }
    String field = problem.field().map(Feed.Field::name).orElse("");
    return new Rejection(
        RejectCode.UNKNOWN_HEADER,
        field,
        problem.kind() == HeaderMatch.Kind.ABSENT && !field.isEmpty()
            ? field + " " + RejectCode.UNKNOWN_HEADER.explanation() + ": \"" + problem.name() + '"'
            : "the file " + match.description(problem, HeaderMatch.HEADER));
  }

  /** Returns a rejection for a record that cannot be read. */
  public static Rejection malformed(String why) {
    return new Rejection(RejectCode.MALFORMED_RECORD, "", "the record cannot be read: " + why);
  }

  /**
   * Returns a rejection for a record with bytes that its charset does not have.
   *
   * @param bytes the bytes in hexadecimal digits
   * @param block the record's block, which names the charset
   */
  public static Rejection badCharset(String bytes, RawBlock block) {
    String remedy =
        block.format() != RawBlock.Format.CSV
            ? "JSON must be UTF-8"
            : block.charset().equals(RawBlock.UTF_8)
                ? "if the file is windows-1252, set from.charset: windows-1252"
                : "set from.charset to the charset that the file is written in";
    return new Rejection(
        RejectCode.BAD_CHARSET,
        "",
        "the record holds bytes that are not " + block.charset() + ": " + bytes + "; " + remedy);
  }

  private static String shown(CharSequence value) {
    return value.length() <= SHOWN ? visible(value) : visible(value.subSequence(0, SHOWN)) + "…";
  }

  /** Returns a text whose characters that cannot be seen are escaped as in Java. */
  private static String visible(CharSequence value) {
    StringBuilder shown = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean unseen =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || (c != ' ' && Character.isSpaceChar(c));
      shown.append(unseen ? "\\u%04X".formatted((int) c) : c);
    }
    return shown.toString();
  }
}
