package io.autopulse.cli.forecast;

import io.autopulse.domain.calendar.Step;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Periods as a file writes them. */
final class PeriodText {
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})([T ][0-9:.+Z-]*)?");
  private static final Pattern WEEK = Pattern.compile("(\\d{4})-?W(\\d{1,2})");
  private static final Pattern MONTH = Pattern.compile("(\\d{4})[-/]?(\\d{1,2})");
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})-?Q([1-4])");
  private static final Pattern YEAR = Pattern.compile("(\\d{4})");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  private PeriodText() {}

  /** Returns the first day of the period that a text names; empty when it names none. */
  static Optional<LocalDate> parse(String text, Step step) {
    try {
      Matcher date = DATE.matcher(text);
      if (date.matches() && step != Step.NUMBERED) {
        return Optional.of(
            first(LocalDate.of(number(date, 1), number(date, 2), number(date, 3)), step));
      }
      return switch (step) {
        case DAY -> Optional.empty();
        case WEEK -> matched(WEEK, text).map(m -> week(number(m, 1), number(m, 2)));
        case MONTH -> matched(MONTH, text).map(m -> LocalDate.of(number(m, 1), number(m, 2), 1));
        case QUARTER ->
            matched(QUARTER, text).map(m -> LocalDate.of(number(m, 1), 3 * number(m, 2) - 2, 1));
        case YEAR -> matched(YEAR, text).map(m -> LocalDate.of(number(m, 1), 1, 1));
        case NUMBERED ->
            matched(NUMBER, text).map(m -> LocalDate.ofEpochDay(Long.parseLong(m.group())));
      };
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns a period as this class reads it. */
  static String format(LocalDate first, Step step) {
    return switch (step) {
      case DAY, WEEK -> first.toString();
      case MONTH -> first.toString().substring(0, 7);
      case QUARTER -> first.getYear() + "-Q" + (first.getMonthValue() + 2) / 3;
      case YEAR -> String.format(Locale.ROOT, "%04d", first.getYear());
      case NUMBERED -> Long.toString(first.toEpochDay());
    };
  }

  /** Returns examples of how a period is written. */
  static String examples(Step step) {
    return switch (step) {
      case DAY -> "2026-11-22";
      case WEEK -> "2026-11-16 (any day of the week) or 2026-W47";
      case MONTH -> "2026-11 or 2026-11-01";
      case QUARTER -> "2026-Q4 or 2026-10-01";
      case YEAR -> "2026 or 2026-01-01";
      case NUMBERED -> "17";
    };
  }

  /** Returns how many periods one period lies after another. */
  static long between(LocalDate from, LocalDate to, Step step) {
    return switch (step) {
      case DAY, NUMBERED -> ChronoUnit.DAYS.between(from, to);
      case WEEK -> ChronoUnit.WEEKS.between(from, to);
      case MONTH -> ChronoUnit.MONTHS.between(from, to);
      case QUARTER -> ChronoUnit.MONTHS.between(from, to) / 3;
      case YEAR -> ChronoUnit.YEARS.between(from, to);
    };
  }

  private static LocalDate first(LocalDate day, Step step) {
    return switch (step) {
      case DAY, NUMBERED -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  private static LocalDate week(int year, int week) {
    LocalDate within = LocalDate.of(year, 1, 4).with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week);
    return first(within, Step.WEEK);
  }

  private static Optional<Matcher> matched(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
