package io.autopulse.domain.feed.value;

import io.autopulse.domain.problem.InputException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks the patterns of times that a manifest declares. */
public final class TimeFormats {
  /** Formatted and parsed back, it shows what a pattern loses. */
  private static final ZonedDateTime AFTERNOON =
      ZonedDateTime.of(2024, 11, 23, 15, 45, 59, 0, ZoneOffset.UTC);

  /** Each doubles the number of texts that a pattern may stand for. */
  private static final int MOST_OPTIONAL = 8;

  private TimeFormats() {}

  /**
   * Returns a pattern if it is one.
   *
   * @param ofPeriod whether a year, quarter or month is enough, which stand for their first day
   * @throws InputException if it is none, or loses a part of a date or time; without a place
   */
  public static String checked(String pattern, boolean ofPeriod) {
    if (TimeParser.NAMED.contains(pattern)) {
      return pattern;
    }
    try {
      TimeParser.checkPattern(pattern);
    } catch (IllegalArgumentException e) {
      throw notAPattern(pattern, e.getMessage());
    }
    List<String> alternatives = alternatives(pattern);
    boolean dated = false;
    for (String alternative : alternatives) {
      TemporalAccessor parsed;
      try {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(alternative, Locale.ENGLISH);
        parsed = formatter.parse(formatter.format(AFTERNOON));
      } catch (IllegalArgumentException | DateTimeException e) {
        // Optional sections that exclude each other: [dd.MM.yyyy][yyyy-MM-dd].
        if (alternatives.size() == 1) {
          throw notAPattern(pattern, e.getMessage());
        }
        continue;
      }
      if (parsed.isSupported(ChronoField.HOUR_OF_AMPM)
          && parsed.query(TemporalQueries.localTime()) == null) {
        throw new InputException(
            "",
            "\"" + pattern + "\" has a 12-hour clock without its half of the day",
            "Write HH for the hours 00 to 23, or add a for AM and PM");
      }
      dated |= givesDate(alternative, parsed, ofPeriod);
    }
    if (!dated) {
      throw new InputException(
          "",
          "\"" + pattern + "\" does not give year, month and day",
          "Write a pattern such as M/d/yyyy; M is the month and m the minute");
    }
    return pattern;
  }

  private static boolean givesDate(String pattern, TemporalAccessor parsed, boolean ofPeriod) {
    if (parsed.query(TemporalQueries.localDate()) != null) {
      return true;
    }
    // A minute without a day is a month that was meant.
    if (!ofPeriod || parsed.isSupported(ChronoField.MINUTE_OF_HOUR)) {
      return false;
    }
    char[] text =
        DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(AFTERNOON).toCharArray();
    return new TimeParser(pattern, ZoneOffset.UTC).parse(text, 0, text.length)
        != TimeParser.NOT_A_TIME;
  }

  private static InputException notAPattern(String pattern, @Nullable String why) {
    return new InputException(
        "",
        "\"" + pattern + "\" is not a time pattern: " + why,
        "Write a java.time pattern such as M/d/yyyy, or one of "
            + String.join(", ", TimeParser.NAMED));
  }

  /** Returns the pattern with and without each of its optional sections. */
  static List<String> alternatives(String pattern) {
    List<String> open = new ArrayList<>(List.of(pattern));
    for (int sections = 0; sections < MOST_OPTIONAL; sections++) {
      List<String> next = new ArrayList<>();
      for (String text : open) {
        int close = outsideQuotes(text, ']', 0);
        int begin = close < 0 ? -1 : lastOutsideQuotes(text, '[', close);
        if (begin < 0) {
          next.add(text);
        } else {
          next.add(
              text.substring(0, begin)
                  + text.substring(begin + 1, close)
                  + text.substring(close + 1));
          next.add(text.substring(0, begin) + text.substring(close + 1));
        }
      }
      open = next;
    }
    return open.stream().distinct().filter(text -> !text.isBlank()).toList();
  }

  private static int outsideQuotes(String text, char wanted, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '\'';
      if (!quoted && text.charAt(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int lastOutsideQuotes(String text, char wanted, int to) {
    int last = -1;
    for (int i = outsideQuotes(text, wanted, 0); i >= 0 && i < to; ) {
      last = i;
      int next = outsideQuotes(text.substring(i + 1), wanted, 0);
      i = next < 0 ? -1 : i + 1 + next;
    }
    return last;
  }
}
