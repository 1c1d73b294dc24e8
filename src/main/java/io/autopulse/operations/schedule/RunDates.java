package io.autopulse.operations.schedule;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dates that the placeholders of a step stand for: {@code {today}}, {@code {yesterday}}, {@code
 * {monday}} of the due week, {@code {from}} and {@code {to}}, each also moved by days, weeks or
 * months, as in {@code {today-35d}}.
 *
 * @param today the date of the due time in the jobs' timezone
 * @param from the first date of the run's range, if it has one
 * @param to the date after the last of the range, if it has one
 */
public record RunDates(LocalDate today, Optional<LocalDate> from, Optional<LocalDate> to) {
  private static final Pattern BRACES = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9+-]*)\\}");
  private static final Pattern PLACEHOLDER = Pattern.compile("([a-z]+)(?:([+-])(\\d{1,4}[dwm]))?");
  private static final List<String> NAMES = List.of("today", "yesterday", "monday", "from", "to");

  /** Returns the dates of a run whose job has that range, which ends today, or none. */
  public static RunDates of(LocalDate today, Optional<Period> range) {
    return new RunDates(today, range.map(today::minus), range.map(r -> today));
  }

  /**
   * Returns the word with dates in the place of its placeholders.
   *
   * @throws InputException if the word needs a range and there is none
   */
  public String fill(String word) {
    return BRACES
        .matcher(word)
        .replaceAll(match -> Matcher.quoteReplacement(date(match.group(1)).toString()));
  }

  /** Returns the step with dates in the place of its placeholders. */
  public Step fill(Step step) {
    return new Step(step.program(), step.words().stream().map(this::fill).toList());
  }

  /**
   * Checks the placeholders of a word.
   *
   * @throws InputException if one is not known, without a place
   */
  static String checked(String word) {
    BRACES.matcher(word).results().forEach(match -> parsed(match.group(1)));
    return word;
  }

  static boolean usesRange(String word) {
    return BRACES
        .matcher(word)
        .results()
        .map(match -> parsed(match.group(1)).group(1))
        .anyMatch(name -> name.equals("from") || name.equals("to"));
  }

  /**
   * Reads {@code 7d}, {@code 5w} or {@code 2m}: days, weeks, months.
   *
   * @throws InputException if it is none of them or zero, without a place
   */
  static Period period(String text) {
    if (text.matches("\\d{1,4}[dwm]")) {
      int number = Integer.parseInt(text.substring(0, text.length() - 1));
      if (number > 0) {
        return switch (text.charAt(text.length() - 1)) {
          case 'd' -> Period.ofDays(number);
          case 'w' -> Period.ofWeeks(number);
          default -> Period.ofMonths(number);
        };
      }
    }
    throw new InputException(
        "", "\"" + text + "\" is not a range of dates", "Write days, weeks or months: 7d, 5w, 2m");
  }

  private LocalDate date(String placeholder) {
    Matcher parts = parsed(placeholder);
    LocalDate date = named(parts.group(1));
    if (parts.group(2) == null) {
      return date;
    }
    Period offset = period(parts.group(3));
    return parts.group(2).equals("-") ? date.minus(offset) : date.plus(offset);
  }

  private LocalDate named(String name) {
    return switch (name) {
      case "today" -> today;
      case "yesterday" -> today.minusDays(1);
      case "monday" -> BusinessInterval.weekStart(today);
      default ->
          (name.equals("from") ? from : to)
              .orElseThrow(
                  () ->
                      new InputException(
                          "{" + name + "}",
                          "has no date",
                          "Give the run a range by --from and --to"));
    };
  }

  private static Matcher parsed(String placeholder) {
    Matcher parts = PLACEHOLDER.matcher(placeholder);
    String name = placeholder.replaceFirst("[+-].*", "");
    if (!NAMES.contains(name)) {
      throw new InputException(
          "", "{" + placeholder + "} is not a known placeholder", NearestName.hint(name, NAMES));
    }
    if (!parts.matches()) {
      throw new InputException(
          "",
          "{" + placeholder + "} is not a date moved by days, weeks or months",
          "Write it as {" + name + "-35d}, {" + name + "-5w} or {" + name + "-2m}");
    }
    return parts;
  }
}
