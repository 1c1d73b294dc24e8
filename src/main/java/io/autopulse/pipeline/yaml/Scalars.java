package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.domain.sale.WhiteSpace;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the text of one value can be. Each of these functions takes the text after substitution,
 * which is not empty, and gives the value or throws an {@link InputException} without a place.
 */
public final class Scalars {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h|d|w)");

  private Scalars() {}

  /** Any text. */
  public static Function<String, String> text() {
    return text -> text;
  }

  /** A header, key or other text, without the blanks around it. */
  public static Function<String, String> name() {
    return text -> {
      String name = WhiteSpace.strip(text);
      if (name.isEmpty()) {
        throw new InputException("", "has no value", "Give it one, or remove the key");
      }
      return name;
    };
  }

  /** A text that the pattern matches whole. */
  public static Function<String, String> matching(Pattern pattern, String expected) {
    return text -> {
      if (!pattern.matcher(text).matches()) {
        throw expected(text, expected);
      }
      return text;
    };
  }

  /** One of the values, by the text that {@code toString} gives. */
  public static <T> Function<String, T> oneOf(String what, Collection<T> values) {
    Map<String, T> named = new LinkedHashMap<>();
    values.forEach(value -> named.put(String.valueOf(value), value));
    return oneOf(what, named);
  }

  /** One of the named values. */
  public static <T> Function<String, T> oneOf(String what, Map<String, T> named) {
    return text -> {
      T value = named.get(text);
      if (value == null) {
        throw new InputException(
            "", "\"" + text + "\" is not " + what, NearestName.hint(text, named.keySet()));
      }
      return value;
    };
  }

  /** A whole number in a range, both ends included. */
  public static Function<String, Integer> wholeNumber(int least, int most) {
    return text -> {
      if (text.matches("\\d{1,9}")) {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      }
      throw expected(text, "a whole number from " + least + " to " + most);
    };
  }

  /** A number from 0 to 1, or from 0 without limit where a change may be more than the whole. */
  public static Function<String, BigDecimal> fraction(boolean atMostOne) {
    return text -> {
      if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
        BigDecimal number = new BigDecimal(text);
        if (!atMostOne || number.compareTo(BigDecimal.ONE) <= 0) {
          return number;
        }
      }
      throw expected(
          text,
          atMostOne
              ? "a fraction from 0 to 1, such as 0.1 for 10 %"
              : "a fraction of at least 0, such as 0.5 for 50 %");
    };
  }

  /** A charset of this machine. */
  public static Function<String, Charset> charset() {
    return text -> {
      try {
        return Charset.forName(text);
      } catch (IllegalArgumentException e) {
        throw new InputException(
            "",
            "\"" + text + "\" is not a charset of this machine",
            NearestName.of(text, Charset.availableCharsets().keySet())
                .map(name -> "Did you mean \"" + name + "\"?")
                .orElse("Write UTF-8, ISO-8859-1, windows-1252 or another IANA name"));
      }
    };
  }

  /**
   * A duration that is not zero: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 12h}, {@code 35d},
   * {@code 5w}.
   */
  public static Function<String, Duration> duration() {
    return text -> {
      Matcher matcher = DURATION.matcher(text);
      if (matcher.matches()) {
        long number = Long.parseLong(matcher.group(1));
        Duration duration =
            switch (matcher.group(2)) {
              case "ms" -> Duration.ofMillis(number);
              case "s" -> Duration.ofSeconds(number);
              case "m" -> Duration.ofMinutes(number);
              case "h" -> Duration.ofHours(number);
              case "d" -> Duration.ofDays(number);
              default -> Duration.ofDays(7 * number);
            };
        if (!duration.isZero()) {
          return duration;
        }
      }
      throw expected(text, "a duration such as 500ms, 10s, 5m, 12h, 35d or 5w");
    };
  }

  /** A path of the default file system. */
  public static Function<String, Path> path() {
    return text -> {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw expected(text, "a path");
      }
    };
  }

  /** A region of the IANA time zone database, or UTC. */
  public static Function<String, ZoneId> zone() {
    return text -> {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw new InputException(
            "",
            "\"" + text + "\" is not a time zone",
            NearestName.of(text, ZoneId.getAvailableZoneIds())
                .map(zone -> "Did you mean \"" + zone + "\"?")
                .orElse("Write an IANA name such as Europe/Paris"));
      }
    };
  }

  /** An ISO 4217 currency. */
  public static Function<String, Currency> currency() {
    Map<String, Currency> known =
        Currency.getAvailableCurrencies().stream()
            .collect(
                Collectors.toMap(
                    Currency::getCurrencyCode, Function.identity(), (a, b) -> a, TreeMap::new));
    return text -> {
      Currency currency = known.get(text);
      if (currency == null) {
        throw expected(text, "an ISO 4217 code such as EUR");
      }
      return currency;
    };
  }

  /** Returns the problem of a text that is not what it should be. */
  public static InputException expected(String found, String expected) {
    return new InputException("", "\"" + found + "\" is not " + expected, "");
  }
}
