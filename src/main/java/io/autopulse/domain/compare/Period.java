package io.autopulse.domain.compare;

import io.autopulse.domain.sale.BusinessInterval;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A period of the calendar that figures are shown of.
 *
 * @param kind its length
 * @param start its first day
 */
public record Period(Kind kind, LocalDate start) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{4})(?:-W(\\d{2})|-Q([1-4])|-(\\d{2})(?:-(\\d{2}))?)?");

  /** Beyond these no warehouse has sales, and dates would not fit. */
  private static final int FIRST_YEAR = 1901;

  private static final int LAST_YEAR = 2199;

  /** The lengths of periods. */
  public enum Kind {
    /** A date. */
    DAY,
    /** An ISO 8601 week. */
    WEEK,
    /** A calendar month. */
    MONTH,
    /** Three calendar months, from January, April, July or October. */
    QUARTER,
    /** A calendar year. */
    YEAR
  }

  /** Checks that the period begins where such periods begin. */
  public Period {
    if (!start.equals(firstDay(kind, start))) {
      throw new IllegalArgumentException("no " + kind + " begins on " + start);
    }
  }

  /** Returns the period that holds a date. */
  public static Period of(Kind kind, LocalDate date) {
    return new Period(kind, firstDay(kind, date));
  }

  /**
   * Reads a period: {@code 2024}, {@code 2024-Q3}, {@code 2024-07}, {@code 2024-W31} or {@code
   * 2024-07-31}; empty if it is none.
   */
  public static Optional<Period> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(matcher.group(1));
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(year, matcher));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Period read(int year, Matcher matcher) {
    if (matcher.group(2) != null) {
      LocalDate week =
          LocalDate.parse(year + "-W" + matcher.group(2) + "-1", DateTimeFormatter.ISO_WEEK_DATE);
      return new Period(Kind.WEEK, week);
    }
    if (matcher.group(3) != null) {
      int quarter = Integer.parseInt(matcher.group(3));
      return new Period(Kind.QUARTER, LocalDate.of(year, quarter * 3 - 2, 1));
    }
    if (matcher.group(4) == null) {
      return new Period(Kind.YEAR, LocalDate.of(year, 1, 1));
    }
    int month = Integer.parseInt(matcher.group(4));
    return matcher.group(5) == null
        ? new Period(Kind.MONTH, LocalDate.of(year, month, 1))
        : new Period(Kind.DAY, LocalDate.of(year, month, Integer.parseInt(matcher.group(5))));
  }

  private static LocalDate firstDay(Kind kind, LocalDate date) {
    return switch (kind) {
      case DAY -> date;
      case WEEK -> BusinessInterval.weekStart(date);
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
      case YEAR -> date.withDayOfYear(1);
    };
  }

  /** Returns the day after its last. */
  public LocalDate end() {
    return plus(1).start;
  }

  /** Returns a later period of its kind, or an earlier one if the number is below 0. */
  public Period plus(int periods) {
    return new Period(
        kind,
        switch (kind) {
          case DAY -> start.plusDays(periods);
          case WEEK -> start.plusWeeks(periods);
          case MONTH -> start.plusMonths(periods);
          case QUARTER -> start.plusMonths(3L * periods);
          case YEAR -> start.plusYears(periods);
        });
  }

  /**
   * Returns the period of the year before: the same month, quarter or year; of a day and a week the
   * one 52 weeks before, which has the same weekdays. So week 53 has one too.
   */
  public Period yearBefore() {
    return switch (kind) {
      case DAY -> new Period(kind, start.minusWeeks(52));
      case WEEK -> plus(-52);
      case MONTH -> plus(-12);
      case QUARTER -> plus(-4);
      case YEAR -> plus(-1);
    };
  }

  /** Returns its days. */
  public BusinessInterval days() {
    return new BusinessInterval(start, end());
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return switch (kind) {
      case DAY -> start.toString();
      case WEEK ->
          "%04d-W%02d"
              .formatted(
                  start.get(IsoFields.WEEK_BASED_YEAR),
                  start.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case MONTH -> "%04d-%02d".formatted(start.getYear(), start.getMonthValue());
      case QUARTER -> "%04d-Q%d".formatted(start.getYear(), start.get(IsoFields.QUARTER_OF_YEAR));
      case YEAR -> "%04d".formatted(start.getYear());
    };
  }
}
