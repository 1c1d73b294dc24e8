package io.autopulse.domain.health;

import io.autopulse.domain.calendar.Holidays;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Daily sales of a healthy car business, from a seed: weekdays, a season, the rush at the end of
 * months and quarters, holidays, and more noise than chance alone makes. Not made by the rule that
 * judges them: days at the end of a month are calendar days here, and the season is a wave.
 */
public final class SimulatedSales {
  /** The holidays of the same date in every year. */
  public static final Holidays HOLIDAYS = SimulatedSales::holidays;

  private static final Map<Integer, Set<LocalDate>> YEARS = new ConcurrentHashMap<>();

  private static final Map<DayOfWeek, Double> WEEKDAYS =
      Map.of(
          DayOfWeek.MONDAY, 0.9,
          DayOfWeek.TUESDAY, 1.0,
          DayOfWeek.WEDNESDAY, 1.05,
          DayOfWeek.THURSDAY, 1.1,
          DayOfWeek.FRIDAY, 1.25,
          DayOfWeek.SATURDAY, 0.7,
          DayOfWeek.SUNDAY, 0.0);

  private SimulatedSales() {}

  private static Set<LocalDate> holidays(int year) {
    return YEARS.computeIfAbsent(year, SimulatedSales::holidaysOf);
  }

  private static Set<LocalDate> holidaysOf(int year) {
    return Stream.of("--01-01", "--05-01", "--05-08", "--07-14", "--08-15", "--11-01", "--12-25")
        .map(day -> MonthDay.parse(day).atYear(year))
        .collect(Collectors.toSet());
  }

  /** Returns the units of each day, days without a sale left out. */
  public static NavigableMap<LocalDate, Long> of(
      LocalDate first, int days, double daily, long seed) {
    Random random = new Random(seed);
    NavigableMap<LocalDate, Long> sales = new TreeMap<>();
    for (int i = 0; i < days; i++) {
      LocalDate day = first.plusDays(i);
      double mean = daily * factor(day) * Math.exp(0.08 * random.nextGaussian());
      long units = poisson(mean, random);
      if (units > 0) {
        sales.put(day, units);
      }
    }
    return sales;
  }

  private static double factor(LocalDate day) {
    if (holidays(day.getYear()).contains(day)) {
      return 0.01;
    }
    double season = 1 + 0.15 * Math.sin(2 * Math.PI * day.getDayOfYear() / 365.25);
    int left = day.lengthOfMonth() - day.getDayOfMonth();
    double rush = left > 4 ? 1 : 1 + (day.getMonthValue() % 3 == 0 ? 0.35 : 0.3) * (5 - left);
    return WEEKDAYS.get(day.getDayOfWeek()) * season * rush;
  }

  private static long poisson(double mean, Random random) {
    if (mean > 50) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }
}
