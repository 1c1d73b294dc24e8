package io.autopulse.domain.calendar;

import java.time.LocalDate;

/**
 * Counts the selling days of periods: the weights of their days, public holidays off. A moving
 * holiday such as Easter Monday so takes its share of the week, month or quarter it falls into. A
 * day is a date: a change of the clock neither adds nor takes one. Threads may share it if they may
 * share its holidays.
 */
public final class SellingDays {
  private final Holidays holidays;
  private final DayWeights weights;

  /**
   * Makes a calendar of trade.
   *
   * @param holidays the public holidays of the country or region
   * @param weights how much of a selling day each kind of day is
   */
  public SellingDays(Holidays holidays, DayWeights weights) {
    this.holidays = holidays;
    this.weights = weights;
  }

  /**
   * Returns a calendar of trade with the weights {@link DayWeights#DEFAULT}.
   *
   * @param holidays the public holidays of the country or region
   */
  public static SellingDays of(Holidays holidays) {
    return new SellingDays(holidays, DayWeights.DEFAULT);
  }

  /**
   * Returns the selling days of a period; 0 if every day is off. A numbered period counts 1, for no
   * calendar applies to it.
   *
   * @param from the first day; a week is the seven days from there on, an ISO week if it is a
   *     Monday
   * @param step the length of the period
   */
  public double of(LocalDate from, Step step) {
    if (step == Step.NUMBERED) {
      return 1;
    }
    return between(from, step.plus(from, 1));
  }

  /**
   * Returns the selling days of any days.
   *
   * @param from the first day
   * @param to the day after the last
   */
  public double between(LocalDate from, LocalDate to) {
    double days = 0;
    for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
      days += weight(day);
    }
    return days;
  }

  /**
   * Returns the selling days of periods that follow each other, those of a series and of its
   * future.
   *
   * @param first the first day of the first period
   * @param step the length of a period
   * @param periods how many
   */
  public double[] of(LocalDate first, Step step, int periods) {
    double[] days = new double[periods];
    for (int i = 0; i < periods; i++) {
      days[i] = of(step.plus(first, i), step);
    }
    return days;
  }

  /**
   * Returns which share of a period's ordinary selling days its holidays and bridge days take, 0 to
   * 1; 0 for a period that has no ordinary selling day, and for a numbered one.
   *
   * @param from the first day
   * @param step the length of the period
   */
  public double shareOff(LocalDate from, Step step) {
    if (step == Step.NUMBERED) {
      return 0;
    }
    double ordinary = 0;
    LocalDate end = step.plus(from, 1);
    for (LocalDate day = from; day.isBefore(end); day = day.plusDays(1)) {
      ordinary += weights.of(day.getDayOfWeek());
    }
    return ordinary == 0 ? 0 : 1 - of(from, step) / ordinary;
  }

  /** Returns how much of a selling day a day is. */
  double weight(LocalDate day) {
    if (isHoliday(day)) {
      return 0;
    }
    double weight = weights.of(day.getDayOfWeek());
    return weights.bridge() < 1 && isBridge(day) ? weights.bridge() * weight : weight;
  }

  private boolean isBridge(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case MONDAY -> isHoliday(day.plusDays(1));
      case FRIDAY -> isHoliday(day.minusDays(1));
      default -> false;
    };
  }

  private boolean isHoliday(LocalDate day) {
    return holidays.of(day.getYear()).contains(day);
  }
}
