package io.autopulse.source.file.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The text that a cell of a workbook stands for: of a number its decimals without an exponent, in
 * the 15 digits that Excel computes with; of a number with the format of a date or time its ISO
 * text; {@code true} and {@code false}; of an error its own text, such as {@code #N/A}. A formula
 * has the value that was saved with it.
 */
final class CellText {
  private static final Pattern INTEGER = Pattern.compile("-?\\d+");
  // Texts, colours, currencies and conditions in a format; elapsed hours, minutes and seconds stay.
  private static final Pattern LITERALS =
      Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?!(?i:h+|m+|s+)\\])[^\\]]*\\]");
  private static final Pattern TIMES = Pattern.compile("(?i)[dmyhs]");
  private static final Pattern LINE_BREAKS = Pattern.compile("\\r\\n|[\\r\\n]");
  private static final LocalDate SINCE_1904 = LocalDate.of(1904, 1, 1);
  private static final LocalDate SINCE_1900 = LocalDate.of(1899, 12, 30);
  private static final double DAYS = 2_958_466;
  private static final long MILLIS_OF_DAY = 86_400_000;

  private CellText() {}

  /**
   * Returns the text of a cell; empty for none. A line break in it is a space, so that a row is a
   * line.
   *
   * @param decimal the mark before decimals
   */
  static String of(@Nullable Cell cell, boolean since1904, char decimal) {
    if (cell == null || cell.getValue() == null) {
      return "";
    }
    if (cell.getValue() instanceof BigDecimal number) {
      Integer id = cell.getDataFormatId();
      if (isTime(id == null ? 0 : id, cell.getDataFormatString())) {
        String time = time(number.doubleValue(), since1904);
        if (time != null) {
          return time;
        }
      }
      String raw = cell.getRawValue();
      return number(raw == null ? number.toPlainString() : raw).replace('.', decimal);
    }
    return LINE_BREAKS.matcher(cell.getValue().toString()).replaceAll(" ");
  }

  /** Returns a number as it was typed in: digits beyond the 15th are noise, but of an integer. */
  static String number(String raw) {
    if (INTEGER.matcher(raw).matches()) {
      return raw;
    }
    BigDecimal rounded = new BigDecimal(raw).round(new MathContext(15)).stripTrailingZeros();
    return rounded.toPlainString();
  }

  /** Tells whether a format is of dates or times. */
  static boolean isTime(int id, @Nullable String format) {
    if (id >= 14 && id <= 22
        || id >= 27 && id <= 36
        || id >= 45 && id <= 47
        || id >= 50 && id <= 58) {
      return true;
    }
    if (format == null) {
      return false;
    }
    String positive = LITERALS.matcher(format).replaceAll("").split(";", 2)[0];
    return TIMES.matcher(positive).find() && !positive.equalsIgnoreCase("standard");
  }

  /** Returns the date, the time of day, or both; null for a number that is none. */
  static @Nullable String time(double serial, boolean since1904) {
    if (!(serial >= 0 && serial < DAYS)) {
      return null;
    }
    long millis = Math.round(serial * MILLIS_OF_DAY);
    long days = millis / MILLIS_OF_DAY;
    LocalTime time = LocalTime.ofNanoOfDay(millis % MILLIS_OF_DAY * 1_000_000);
    if (days == 0 && !since1904) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    // Excel's calendar has a 29 February 1900.
    LocalDate date =
        since1904 ? SINCE_1904.plusDays(days) : SINCE_1900.plusDays(days < 60 ? days + 1 : days);
    return time.equals(LocalTime.MIDNIGHT)
        ? date.toString()
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.of(date, time));
  }
}
