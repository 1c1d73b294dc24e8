package io.autopulse.domain.feed.value;

import io.autopulse.domain.sale.BusinessClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times of one field as microseconds UTC. Days that the calendar does not have (31
 * February) are no dates. A value without an offset is local to the feed's zone; a date without a
 * time is local midnight. Not safe for use by several threads.
 */
public final class TimeParser {
  /**
   * Pattern: ISO 8601 dates and times, {@code T} or a space between them, seconds, fraction and
   * offset optional.
   */
  public static final String ISO = "iso";

  /** Pattern: milliseconds since 1970-01-01T00:00:00Z. */
  public static final String EPOCH_MILLIS = "epoch_millis";

  /** Pattern: seconds since 1970-01-01T00:00:00Z, perhaps with a fraction. */
  public static final String EPOCH_SECONDS = "epoch_seconds";

  /** Pattern: microseconds since 1970-01-01T00:00:00Z. */
  public static final String EPOCH_MICROS = "epoch_micros";

  /** Pattern: days since 1970-01-01, a date of the value's zone. */
  public static final String EPOCH_DAYS = "epoch_days";

  /** The patterns that have a name. */
  public static final List<String> NAMED =
      List.of(ISO, EPOCH_MILLIS, EPOCH_SECONDS, EPOCH_MICROS, EPOCH_DAYS);

  /** Between patterns of which the first that a text follows is taken. */
  public static final String OR = "\n";

  /** What {@link #parse} returns for a text that is no date. */
  public static final long NOT_A_TIME = Long.MIN_VALUE;

  private static final long MICROS = 1_000_000;
  private static final int[] MONTH_DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int REMEMBERED = 4096;
  private static final int MOST_DIGITS = 40;
  private static final long MOST_DAYS = 100_000;

  private final BusinessClock clock;
  private final ZoneId zone;
  private final String pattern;
  private final @Nullable DateTimeFormatter formatter;
  private final @Nullable TimeParser otherwise;
  private final Map<String, Long> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Makes a parser.
   *
   * @param patterns one of {@link #NAMED}, a {@link DateTimeFormatter} pattern with English names,
   *     or several with {@link #OR} between them; one without a day, month or quarter is of the
   *     first
   * @param zone the zone of values without an offset
   * @throws IllegalArgumentException if the pattern is not one
   */
  public TimeParser(String patterns, ZoneId zone) {
    int or = patterns.indexOf(OR);
    this.pattern = or < 0 ? patterns : patterns.substring(0, or);
    this.otherwise = or < 0 ? null : new TimeParser(patterns.substring(or + OR.length()), zone);
    this.zone = zone;
    this.clock = new BusinessClock(zone);
    this.formatter = isNamed(pattern) ? null : formatter(pattern);
  }

  /**
   * Checks a pattern: throws IllegalArgumentException if {@link DateTimeFormatter} does not know
   * it.
   */
  public static void checkPattern(String pattern) {
    if (!isNamed(pattern)) {
      formatter(pattern);
    }
  }

  private static boolean isNamed(String pattern) {
    return NAMED.contains(pattern);
  }

  private static DateTimeFormatter formatter(String pattern) {
    String letters = pattern.replaceAll("'[^']*'", "");
    boolean era = letters.contains("G");
    // Strict resolving of the usual "yyyy" needs an era, and that of a quarter a year without one.
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(era ? pattern : withoutEra(pattern));
    if (!letters.matches("(?s).*[dDeEcFwWYg].*")) {
      // A month, quarter or year without a day is its first day.
      if (letters.matches("(?s).*[qQ].*")) {
        builder.parseDefaulting(IsoFields.DAY_OF_QUARTER, 1);
      } else {
        builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
        if (!letters.matches("(?s).*[ML].*")) {
          builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
        }
      }
    }
    // Strict, so that 31 February is no date.
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  private static String withoutEra(String pattern) {
    StringBuilder result = new StringBuilder(pattern);
    boolean quoted = false;
    for (int i = 0; i < result.length(); i++) {
      char c = result.charAt(i);
      quoted ^= c == '\'';
      if (!quoted && c == 'y') {
        result.setCharAt(i, 'u');
      }
    }
    return result.toString();
  }

  /**
   * Returns {@code text[from, to)} as microseconds since 1970-01-01T00:00:00Z, or {@link
   * #NOT_A_TIME}.
   */
  public long parse(char[] text, int from, int to) {
    long micros = byPattern(text, from, to);
    return micros == NOT_A_TIME && otherwise != null ? otherwise.parse(text, from, to) : micros;
  }

  private long byPattern(char[] text, int from, int to) {
    if (formatter != null) {
      return remembered.computeIfAbsent(
          new String(text, from, to - from), value -> byFormatter(formatter, value));
    }
    return switch (pattern) {
      case EPOCH_MILLIS -> epoch(text, from, to, 1000);
      case EPOCH_SECONDS -> epoch(text, from, to, MICROS);
      case EPOCH_MICROS -> epoch(text, from, to, 1);
      case EPOCH_DAYS -> days(text, from, to);
      default -> iso(text, from, to);
    };
  }

  private long byFormatter(DateTimeFormatter format, String value) {
    try {
      TemporalAccessor parsed =
          format.parseBest(
              value,
              ZonedDateTime::from,
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from);
      Instant moment;
      if (parsed instanceof ZonedDateTime zoned) {
        moment = zoned.toInstant();
      } else if (parsed instanceof OffsetDateTime offset) {
        moment = offset.toInstant();
      } else if (parsed instanceof LocalDateTime local) {
        moment = local.atZone(zone).toInstant();
      } else {
        moment = LocalDate.from(parsed).atStartOfDay(zone).toInstant();
      }
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), MICROS), moment.getNano() / 1000);
    } catch (DateTimeException | ArithmeticException e) {
      return NOT_A_TIME;
    }
  }

  private static long epoch(char[] text, int from, int to, long microsPerUnit) {
    try {
      String value = new String(text, from, to - from);
      return (value.indexOf('.') < 0 && value.indexOf('E') < 0) || value.length() > MOST_DIGITS
          ? Math.multiplyExact(Long.parseLong(value), microsPerUnit)
          // Seconds with a fraction; what is less than a microsecond is left out.
          : new BigDecimal(value)
              .multiply(BigDecimal.valueOf(microsPerUnit))
              .setScale(0, RoundingMode.FLOOR)
              .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return NOT_A_TIME;
    }
  }

  private long days(char[] text, int from, int to) {
    long day = epoch(text, from, to, 1);
    return day < -MOST_DAYS || day > MOST_DAYS ? NOT_A_TIME : clock.momentOf(day, 0);
  }

  // yyyy-MM-dd[(T| )HH:mm[:ss[.fraction]][Z|(+|-)HH[[:]mm]]]
  private long iso(char[] text, int from, int to) {
    if (to - from < 10 || text[from + 4] != '-' || text[from + 7] != '-') {
      return NOT_A_TIME;
    }
    int century = twoDigits(text, from);
    int yearOfCentury = twoDigits(text, from + 2);
    int month = twoDigits(text, from + 5);
    int day = twoDigits(text, from + 8);
    if ((century | yearOfCentury | month | day) < 0) {
      return NOT_A_TIME;
    }
    int year = century * 100 + yearOfCentury;
    if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return NOT_A_TIME;
    }
    long epochDay = epochDay(year, month, day);
    if (to - from == 10) {
      return clock.momentOf(epochDay, 0);
    }
    char separator = text[from + 10];
    if (separator != 'T' && separator != ' ' && separator != 't') {
      return NOT_A_TIME;
    }
    return time(text, from + 11, to, epochDay);
  }

  private long time(char[] text, int from, int to, long epochDay) {
    if (to - from < 5 || text[from + 2] != ':') {
      return NOT_A_TIME;
    }
    int hour = twoDigits(text, from);
    int minute = twoDigits(text, from + 3);
    int second = 0;
    long micros = 0;
    int at = from + 5;
    if (at < to && text[at] == ':') {
      if (to - at < 3) {
        return NOT_A_TIME;
      }
      second = twoDigits(text, at + 1);
      at += 3;
      if (at < to && (text[at] == '.' || text[at] == ',')) {
        int start = ++at;
        long unit = 100_000;
        for (; at < to && text[at] >= '0' && text[at] <= '9'; at++) {
          micros += (text[at] - '0') * unit;
          unit /= 10;
        }
        if (at == start || at - start > 9) {
          return NOT_A_TIME;
        }
      }
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NOT_A_TIME;
    }
    long microOfDay = ((hour * 60L + minute) * 60 + second) * MICROS + micros;
    if (at == to) {
      return clock.momentOf(epochDay, microOfDay);
    }
    int offset = offsetSeconds(text, at, to);
    return offset == Integer.MIN_VALUE
        ? NOT_A_TIME
        : (epochDay * 86_400 - offset) * MICROS + microOfDay;
  }

  private static int offsetSeconds(char[] text, int at, int to) {
    char sign = text[at];
    if (sign == 'Z' || sign == 'z') {
      return to == at + 1 ? 0 : Integer.MIN_VALUE;
    }
    if ((sign != '+' && sign != '-') || to - at < 3) {
      return Integer.MIN_VALUE;
    }
    int hours = twoDigits(text, at + 1);
    int minutes = 0;
    int next = at + 3;
    if (next < to) {
      next += text[next] == ':' ? 1 : 0;
      if (to - next != 2) {
        return Integer.MIN_VALUE;
      }
      minutes = twoDigits(text, next);
    }
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int seconds = (hours * 60 + minutes) * 60;
    return sign == '-' ? -seconds : seconds;
  }

  private static int twoDigits(char[] text, int at) {
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  private static int daysOf(int year, int month) {
    boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : MONTH_DAYS[month - 1];
  }

  /**
   * Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible
   * low-level date algorithms").
   */
  private static long epochDay(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }
}
