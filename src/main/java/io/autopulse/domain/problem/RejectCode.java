package io.autopulse.domain.problem;

/**
 * Why a record was rejected: the {@code code} column of {@code rejected_records}. Names are a
 * contract with dashboards and must not change their meaning.
 */
public enum RejectCode {
  /** The record cannot be read at all: broken quoting, not JSON, undecodable bytes. */
  MALFORMED_RECORD("cannot be read as a record"),
  /**
   * The record holds bytes that are not of the charset that the manifest declares, or a text holds
   * what is left of a character that was lost (U+FFFD).
   */
  BAD_CHARSET("holds a character that was lost in a wrong charset (U+FFFD)"),
  /** A CSV record has more or fewer fields than its header. */
  WRONG_FIELD_COUNT("has another number of fields than the header"),
  /** A required field is absent or blank. */
  MISSING_FIELD("is required and missing"),
  /** A text is longer than its column allows. */
  TEXT_TOO_LONG("is too long"),
  /** A text holds a control character (Unicode category Cc) after trimming. */
  CONTROL_CHARACTER("holds a control character"),
  /** A date or time does not follow the feed's pattern or is no day of the calendar. */
  BAD_DATE("is not a date in the feed's pattern"),
  /** A date lies outside the plausible range. */
  DATE_OUT_OF_RANGE("is outside the plausible range of dates"),
  /** A number does not parse, or has more decimals than its column holds. */
  BAD_NUMBER("is not a number in the feed's format"),
  /** An id was read as a number by a spreadsheet, which wrote it back as 1.23E+05. */
  BAD_ID("was read as a number by a spreadsheet, so that its last digits are lost"),
  /** A date or time lies further ahead of now than the manifest's max_ahead allows. */
  FUTURE_DATE("is further ahead of now than max_ahead allows"),
  /** The net price of a sale is zero or negative. */
  PRICE_NOT_POSITIVE("must be greater than zero"),
  /** A price is beyond any plausible vehicle price. */
  PRICE_OUT_OF_RANGE("is beyond the largest plausible price"),
  /** The list price is negative. */
  NEGATIVE_LIST_PRICE("must not be negative"),
  /** The currency is no ISO 4217 code. */
  UNKNOWN_CURRENCY("is not an ISO 4217 currency code"),
  /** The currency is known but is not the manifest's reporting currency. */
  FOREIGN_CURRENCY("is not the manifest's reporting currency"),
  /** The status is none of SOLD, CANCELLED, RETURNED. */
  UNKNOWN_STATUS("is none of SOLD, CANCELLED, RETURNED"),
  /** A correction that arrives after the correction horizon (live mode). */
  TOO_LATE("arrived after the correction horizon"),
  /**
   * The file's header lacks a column that the manifest names or a required field needs (live mode;
   * a refresh does not start).
   */
  UNKNOWN_HEADER("has no column in the file's header"),
  /** A file that is followed cannot be read, or only its beginning (live mode). */
  UNREADABLE_FILE("cannot be read"),
  /** The grain of a period is none of day, week, month, quarter, year. */
  UNKNOWN_GRAIN("is none of day, week, month, quarter, year"),
  /** What an extraction holds is neither all rows, nor all of its periods, nor changes. */
  UNKNOWN_EXTRACT("must be whole, periods or changes"),
  /** A count is below zero. */
  NEGATIVE_COUNT("must not be negative"),
  /** A count is beyond any plausible one. */
  COUNT_OUT_OF_RANGE("is beyond the largest plausible count"),
  /** An amount is below zero. */
  NEGATIVE_AMOUNT("must not be negative"),
  /** An amount is beyond any plausible one. */
  AMOUNT_OUT_OF_RANGE("is beyond the largest plausible amount"),
  /** A target of a model does not say of which make. */
  MODEL_WITHOUT_MAKE("must be named where a model is"),
  /** A topic is none that the manifest's mappings know. */
  UNMAPPED_NAME("is no name that the manifest's mappings know"),
  /**
   * A market record contradicts another one of its key and moment of extraction, whose value is
   * higher and counts (live mode; a market job stops by its audit). Or a target contradicts another
   * one of its key, and neither is later: none of them counts.
   */
  CONFLICTING_RECORD("contradicts a record of the same key and extraction"),
  /**
   * The source says that the record was deleted there: an event of change data capture, or a
   * message without a value. A sale is taken back by a version with the status CANCELLED.
   */
  DELETED_RECORD("was deleted in the source"),
  /** Messages of a topic that the broker deleted before they were read; not a record. */
  EXPIRED_MESSAGES("were deleted by the broker before they were read"),
  /** A topic that was deleted and made again, or has lost messages; not a record. */
  TOPIC_RECREATED("was deleted and made again");

  private final String explanation;

  RejectCode(String explanation) {
    this.explanation = explanation;
  }

  /** Returns the end of the sentence that begins with the field's name. */
  public String explanation() {
    return explanation;
  }
}
