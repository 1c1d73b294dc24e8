package io.autopulse.domain.health;

import io.autopulse.domain.calendar.Holidays;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The sales that a day should have, from those of the days before: a level, times the weekday's
 * factor, times the factor of the place in the month, times the factor of a holiday. Everything is
 * a median, so a day that was wrong does not move what is expected of the next.
 *
 * <p>The place in the month counts open days from its end: sellers close what they can in the last
 * five, whether the month ends on a Friday or a Sunday. A day is open if it is no holiday and its
 * weekday sells at least a tenth of what the best weekday does.
 */
public final class ExpectedVolume {
  /** Below this nothing is expected: eight weeks tell weekdays, and one or two month ends. */
  public static final int FEWEST_DAYS = 56;

  /** The open days at the end of a month that are told apart. */
  private static final int LAST_DAYS = 5;

  /** Fewer days of a kind do not tell its factor. */
  private static final int FEWEST_OF_A_KIND = 3;

  /** The ordinary days whose median is the level: about a month, so that it follows the season. */
  private static final int LEVEL_DAYS = 24;

  /** From the median of absolute deviations to a standard deviation, for normal values. */
  private static final double MAD = 1.4826;

  private static final double OPEN = 0.1;

  private final NavigableMap<LocalDate, Long> history;
  private final Holidays holidays;
  private final Map<DayOfWeek, Double> weekdays;
  private final List<LocalDate> ordinary;
  private final Map<Integer, Double> places;
  private final Optional<Double> holiday;
  private final double spread;
  private final double usual;

  /**
   * What is expected of a day.
   *
   * @param low what a day of its kind has at least, of the middle of them
   * @param high what it has at most; more than {@code low} where the kind is not known well
   * @param spread the robust standard deviation of {@link #deviation}, at least 1: no day varies
   *     less than chance makes it
   */
  public record Day(double low, double high, double spread) {
    /**
     * Returns how many robust standard deviations a count is from an expectation. Counts are
     * compared by twice their roots, whose variance is 1 for chance alone, however many they are
     * (Anscombe 1948).
     */
    public double deviation(long found, double expected) {
      return roots((double) found, expected) / spread;
    }
  }

  private ExpectedVolume(NavigableMap<LocalDate, Long> history, Holidays holidays) {
    this.history = history;
    this.holidays = holidays;
    this.weekdays = openWeekdays();
    this.ordinary = days(day -> isOpen(day) && place(day) == 0);
    Map<LocalDate, Double> centred = centredLevels();
    fitWeekdays(centred);
    this.places = fitPlaces(centred);
    this.holiday = fitHoliday(centred);
    List<Double> expected = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (LocalDate day : days(day -> isOpen(day) && isAfterStart(day))) {
      double units = level(day) * factor(day).orElse(0.0);
      if (units > 0) {
        expected.add(units);
        deviations.add(Math.abs(roots((double) sold(day), units)));
      }
    }
    this.usual = Median.of(expected);
    this.spread = Math.max(1, MAD * Median.of(deviations));
  }

  /**
   * Returns what to expect; empty below {@link #FEWEST_DAYS} days of history.
   *
   * @param sales units by day; a day between the first and the last that is absent had none
   * @param holidays of the country
   */
  public static Optional<ExpectedVolume> of(Map<LocalDate, Long> sales, Holidays holidays) {
    NavigableMap<LocalDate, Long> history = new TreeMap<>(sales);
    if (history.isEmpty()
        || history.firstKey().plusDays(FEWEST_DAYS - 1).isAfter(history.lastKey())) {
      return Optional.empty();
    }
    for (LocalDate day = history.firstKey();
        day.isBefore(history.lastKey());
        day = day.plusDays(1)) {
      history.putIfAbsent(day, 0L);
    }
    ExpectedVolume volume = new ExpectedVolume(history, holidays);
    return volume.weekdays.isEmpty() ? Optional.empty() : Optional.of(volume);
  }

  /** Returns what is expected of a day after the history. */
  public Day of(LocalDate day) {
    double level = level(day);
    double weekday = weekdays.getOrDefault(day.getDayOfWeek(), 0.0);
    double ordinary = level * weekday;
    double low;
    double high;
    if (isHoliday(day)) {
      // Some branches open on some holidays, in some regions.
      low = holiday.map(factor -> Math.min(1, factor)).orElse(0.0) * ordinary;
      high = ordinary * Math.max(1, greatestPlace());
    } else if (factor(day).isPresent()) {
      low = level * factor(day).get();
      high = low;
    } else {
      low = ordinary;
      high = Double.POSITIVE_INFINITY;
    }
    double larger = usual > 0 ? Math.max(1, Math.sqrt(low / usual)) : 1;
    return new Day(low, high, spread * larger);
  }

  /** Returns what is expected of several days together. */
  public Day of(List<LocalDate> days) {
    List<Day> expected = days.stream().map(this::of).toList();
    return new Day(
        expected.stream().mapToDouble(Day::low).sum(),
        expected.stream().mapToDouble(Day::high).sum(),
        expected.stream().mapToDouble(Day::spread).max().orElse(spread));
  }

  private double greatestPlace() {
    return places.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
  }

  private Map<DayOfWeek, Double> openWeekdays() {
    Map<DayOfWeek, Double> medians = new EnumMap<>(DayOfWeek.class);
    LocalDate recent = history.lastKey().minusDays(FEWEST_DAYS);
    for (DayOfWeek weekday : DayOfWeek.values()) {
      List<Double> units =
          values(
              days(day -> day.getDayOfWeek() == weekday && !isHoliday(day) && day.isAfter(recent)));
      medians.put(weekday, Median.of(units));
    }
    double best = medians.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    medians.values().removeIf(median -> median <= OPEN * best);
    return medians;
  }

  /** Returns the level around each day: what its own time sells on ordinary days. */
  private Map<LocalDate, Double> centredLevels() {
    Map<LocalDate, Double> levels = new TreeMap<>();
    for (int i = 0; i < ordinary.size(); i++) {
      int from = Math.max(0, Math.min(i - LEVEL_DAYS / 2, ordinary.size() - LEVEL_DAYS));
      int to = Math.min(ordinary.size(), from + LEVEL_DAYS);
      levels.put(ordinary.get(i), Median.of(values(ordinary.subList(from, to))));
    }
    return levels;
  }

  private void fitWeekdays(Map<LocalDate, Double> levels) {
    for (DayOfWeek weekday : List.copyOf(weekdays.keySet())) {
      List<Double> ratios = new ArrayList<>();
      levels.forEach(
          (day, level) -> {
            if (day.getDayOfWeek() == weekday && level > 0) {
              ratios.add(sold(day) / level);
            }
          });
      weekdays.put(weekday, Median.of(ratios));
    }
  }

  private Map<Integer, Double> fitPlaces(Map<LocalDate, Double> levels) {
    Map<Integer, Double> factors = new TreeMap<>();
    for (int place = 1; place <= LAST_DAYS; place++) {
      int wanted = place;
      List<Double> ratios = ratios(levels, day -> isOpen(day) && place(day) == wanted);
      if (ratios.size() >= FEWEST_OF_A_KIND) {
        factors.put(place, Median.of(ratios));
      }
    }
    return factors;
  }

  private Optional<Double> fitHoliday(Map<LocalDate, Double> levels) {
    List<Double> ratios =
        ratios(levels, day -> isHoliday(day) && weekdays.containsKey(day.getDayOfWeek()));
    return ratios.size() < FEWEST_OF_A_KIND ? Optional.empty() : Optional.of(Median.of(ratios));
  }

  private List<Double> ratios(Map<LocalDate, Double> levels, Predicate<LocalDate> chosen) {
    NavigableMap<LocalDate, Double> known = new TreeMap<>(levels);
    List<Double> ratios = new ArrayList<>();
    for (LocalDate day : days(chosen)) {
      Map.Entry<LocalDate, Double> nearest = known.floorEntry(day);
      double units =
          nearest == null ? 0 : nearest.getValue() * weekdays.getOrDefault(day.getDayOfWeek(), 0.0);
      if (units > 0) {
        ratios.add(sold(day) / units);
      }
    }
    return ratios;
  }

  /** Returns the level before a day, weekdays taken out. */
  private double level(LocalDate day) {
    int found = Collections.binarySearch(ordinary, day);
    int end = found < 0 ? -found - 1 : found;
    List<Double> units = new ArrayList<>();
    for (LocalDate before : ordinary.subList(Math.max(0, end - LEVEL_DAYS), end)) {
      double weekday = weekdays.getOrDefault(before.getDayOfWeek(), 0.0);
      if (weekday > 0) {
        units.add(sold(before) / weekday);
      }
    }
    return Median.of(units);
  }

  /** Returns the factor of a day's weekday and place; empty if its place is not known. */
  private Optional<Double> factor(LocalDate day) {
    double weekday = weekdays.getOrDefault(day.getDayOfWeek(), 0.0);
    int place = place(day);
    return place == 0
        ? Optional.of(weekday)
        : Optional.ofNullable(places.get(place)).map(factor -> factor * weekday);
  }

  /** Returns how many open days the month has from a day on, 0 if more than five. */
  private int place(LocalDate day) {
    if (!isOpen(day)) {
      return 0;
    }
    int open = 0;
    for (LocalDate next = day; next.getMonth() == day.getMonth(); next = next.plusDays(1)) {
      open += isOpen(next) ? 1 : 0;
      if (open > LAST_DAYS) {
        return 0;
      }
    }
    return open;
  }

  private boolean isAfterStart(LocalDate day) {
    return day.isAfter(history.firstKey().plusDays(FEWEST_DAYS / 2));
  }

  private boolean isOpen(LocalDate day) {
    return weekdays.containsKey(day.getDayOfWeek()) && !isHoliday(day);
  }

  private boolean isHoliday(LocalDate day) {
    return holidays.of(day.getYear()).contains(day);
  }

  private List<LocalDate> days(Predicate<LocalDate> chosen) {
    return history.keySet().stream().filter(chosen).toList();
  }

  private List<Double> values(List<LocalDate> days) {
    return days.stream().map(day -> (double) sold(day)).toList();
  }

  private long sold(LocalDate day) {
    return history.getOrDefault(day, 0L);
  }

  private static double roots(double found, double expected) {
    return 2 * (Math.sqrt(found + 0.375) - Math.sqrt(expected + 0.375));
  }
}
