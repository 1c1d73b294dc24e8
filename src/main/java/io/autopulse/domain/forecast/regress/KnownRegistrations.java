package io.autopulse.domain.forecast.regress;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Registrations of the whole market as a regressor of weeks: those of the last month that was known
 * at the end of the week, as they were known then. Where rows of a month tell attributes apart in
 * several ways, those count that tell apart what a member needs and as little else as possible, as
 * market shares do.
 */
public final class KnownRegistrations {
  /** What a slice has for an attribute that its feed does not tell apart. */
  private static final String ALL = "ALL";

  private static final int DAYS_TO_SUNDAY = 6;

  /** An older month says nothing of a week. */
  private static final int MOST_MONTHS = 4;

  /**
   * What was known of a month's slice from an evening on.
   *
   * @param month its first day
   * @param slice the attributes, {@code ALL} where they are not told apart
   * @param knownOn the business date of that evening
   * @param units how many; null if they are withdrawn
   */
  public record Figure(
      LocalDate month, List<String> slice, LocalDate knownOn, @Nullable Long units) {
    /** Copies the slice. */
    public Figure {
      slice = List.copyOf(slice);
    }

    private List<Integer> shape() {
      return slice.stream().map(value -> value.equals(ALL) ? 0 : 1).toList();
    }
  }

  private static final Comparator<List<Integer>> COARSEST =
      Comparator.<List<Integer>>comparingInt(s -> s.stream().mapToInt(Integer::intValue).sum())
          .thenComparing(s -> s.stream().map(String::valueOf).collect(Collectors.joining()));

  private KnownRegistrations() {}

  /**
   * Returns the values of each member by the Mondays of weeks; a week of which no month was known
   * has none.
   *
   * @param figures every value that a slice of a month has had, in any order
   * @param attributes which attributes of the slices name a member; none for the whole market
   * @param joint what is between the attributes in the name of a member
   * @param first the first Monday
   * @param end the Monday after the last week
   */
  public static Map<String, NavigableMap<LocalDate, Double>> of(
      Collection<Figure> figures,
      List<Integer> attributes,
      String joint,
      LocalDate first,
      LocalDate end) {
    Map<String, NavigableMap<LocalDate, Double>> values = new TreeMap<>();
    members(figures, attributes, joint)
        .forEach(
            (member, months) -> {
              for (LocalDate week = first; week.isBefore(end); week = week.plusWeeks(1)) {
                double units = known(months, week.plusDays(DAYS_TO_SUNDAY));
                if (units > 0) {
                  values.computeIfAbsent(member, m -> new TreeMap<>()).put(week, units);
                }
              }
            });
    return values;
  }

  /** Returns by member and month what each slice has said from when on. */
  private static Map<String, Map<LocalDate, Map<List<String>, NavigableMap<LocalDate, Figure>>>>
      members(Collection<Figure> figures, List<Integer> attributes, String joint) {
    Map<LocalDate, List<Integer>> shapes = new HashMap<>();
    List<Figure> told = new ArrayList<>();
    for (Figure figure : figures) {
      List<Integer> shape = figure.shape();
      if (attributes.stream().allMatch(attribute -> shape.get(attribute) == 1)) {
        told.add(figure);
        shapes.merge(figure.month(), shape, (a, b) -> COARSEST.compare(a, b) <= 0 ? a : b);
      }
    }
    Map<String, Map<LocalDate, Map<List<String>, NavigableMap<LocalDate, Figure>>>> members =
        new TreeMap<>();
    for (Figure figure : told) {
      if (figure.shape().equals(shapes.get(figure.month()))) {
        String member =
            attributes.isEmpty()
                ? ALL
                : attributes.stream().map(figure.slice()::get).collect(Collectors.joining(joint));
        members
            .computeIfAbsent(member, m -> new HashMap<>())
            .computeIfAbsent(figure.month(), month -> new HashMap<>())
            .computeIfAbsent(figure.slice(), slice -> new TreeMap<>())
            .put(figure.knownOn(), figure);
      }
    }
    return members;
  }

  private static double known(
      Map<LocalDate, Map<List<String>, NavigableMap<LocalDate, Figure>>> months,
      LocalDate evening) {
    return IntStream.rangeClosed(1, MOST_MONTHS)
        .mapToObj(back -> months.get(evening.plusDays(1).withDayOfMonth(1).minusMonths(back)))
        .mapToDouble(slices -> slices == null ? 0 : sum(slices, evening))
        .filter(units -> units > 0)
        .findFirst()
        .orElse(0);
  }

  private static double sum(
      Map<List<String>, NavigableMap<LocalDate, Figure>> slices, LocalDate evening) {
    // Whole numbers: their sum does not depend on the order.
    long sum = 0;
    for (NavigableMap<LocalDate, Figure> slice : slices.values()) {
      Map.Entry<LocalDate, Figure> last = slice.floorEntry(evening);
      Long units = last == null ? null : last.getValue().units();
      sum += units == null ? 0 : units;
    }
    return sum;
  }
}
