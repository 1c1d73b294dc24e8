package io.autopulse.cli.text;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;

/** How values are written. */
final class PlainValue {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd ").append(TIME).toFormatter();
  private static final DateTimeFormatter TIMESTAMP_WITH_OFFSET =
      new DateTimeFormatterBuilder().append(TIMESTAMP).appendPattern("xxx").toFormatter();

  private PlainValue() {}

  /**
   * Returns a number or a boolean as it is, and a date or a time as text; null for anything else.
   */
  static @Nullable Object known(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof LocalDateTime timestamp) {
      return TIMESTAMP.format(timestamp);
    }
    if (value instanceof OffsetDateTime timestamp) {
      return TIMESTAMP_WITH_OFFSET.format(timestamp);
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    return value instanceof LocalDate date ? DateTimeFormatter.ISO_LOCAL_DATE.format(date) : null;
  }

  /** Returns the text of a value of {@link Rows#value}. */
  static String text(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
