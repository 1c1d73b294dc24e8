package io.autopulse.transform.forecast.boost;

import io.autopulse.domain.calendar.PeriodEnds;
import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the calendar knows of the periods of a panel, past and future. */
final class CalendarFeatures {
  /** How many features a period has. */
  static final int WIDTH = 4;

  private final @Nullable SellingDays days;
  private final @Nullable PeriodEnds ends;
  private final int periods;
  private final Map<LocalDate, float[]> byStart = new HashMap<>();

  /**
   * Makes the features of a panel.
   *
   * @param days the selling days, if a calendar of trade is known
   * @param periods how many periods the longest series has with its future
   */
  CalendarFeatures(@Nullable SellingDays days, int periods) {
    this.days = days;
    this.ends = days == null ? null : new PeriodEnds(days);
    this.periods = periods;
  }

  /**
   * Returns the features of a series' periods, {@link #WIDTH} each: the position within the year or
   * season (0 to 1), the log of the selling days, the ends of months and of quarters.
   */
  float[] of(Series series) {
    return byStart.computeIfAbsent(series.start(), start -> features(series));
  }

  private float[] features(Series series) {
    float[] features = new float[periods * WIDTH];
    for (int i = 0; i < periods; i++) {
      LocalDate day = series.day(i);
      int at = i * WIDTH;
      boolean numbered = series.step() == Step.NUMBERED;
      features[at] =
          numbered
              ? (float) (i % series.season()) / series.season()
              : (day.getDayOfYear() - 1) / 366f;
      if (numbered || days == null || ends == null) {
        features[at + 1] = Float.NaN;
        features[at + 2] = Float.NaN;
        features[at + 3] = Float.NaN;
      } else {
        features[at + 1] = (float) Math.log(0.5 + days.of(day, series.step()));
        features[at + 2] = (float) ends.months(day, series.step());
        features[at + 3] = (float) ends.quarters(day, series.step());
      }
    }
    return features;
  }
}
