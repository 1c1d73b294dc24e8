package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * By how much each period of a season is above or below the level: 1 on average. Periods of several
 * series that fall on the same place of the calendar have the same place in the season.
 */
final class SeasonIndices {
  private static final double LEAST = 0.05;

  private final double[] factors;
  private final int[] counts;

  private SeasonIndices(double[] factors, int[] counts) {
    this.factors = factors;
    this.counts = counts;
  }

  /** Returns the factor of a period of a series. */
  double of(Series series, int period) {
    return factors[place(series, period)];
  }

  private static int place(Series series, int period) {
    return (int) Math.floorMod(offset(series) + period, series.season());
  }

  // Where the first period lies on the calendar, counted in periods.
  private static long offset(Series series) {
    return switch (series.step()) {
      case DAY, NUMBERED -> series.start().toEpochDay();
      case WEEK -> Math.floorDiv(series.start().toEpochDay() + 3, 7);
      case MONTH -> series.start().getYear() * 12L + series.start().getMonthValue() - 1;
      case QUARTER -> series.start().getYear() * 4L + (series.start().getMonthValue() - 1) / 3;
      case YEAR -> series.start().getYear();
    };
  }

  /** Returns the indices of each series, mixed with those of the panel. */
  static List<SeasonIndices> blended(List<Series> panel, double own) {
    if (panel.isEmpty()) {
      return List.of();
    }
    int season = panel.get(0).season();
    List<SeasonIndices> each = new ArrayList<>();
    double[] logs = new double[season];
    double[] weights = new double[season];
    for (Series series : panel) {
      SeasonIndices indices = ofOne(series);
      each.add(indices);
      for (int k = 0; k < season; k++) {
        if (indices.counts[k] > 0) {
          logs[k] += indices.counts[k] * Math.log(indices.factors[k]);
          weights[k] += indices.counts[k];
        }
      }
    }
    double[] pooled = new double[season];
    for (int k = 0; k < season; k++) {
      pooled[k] = weights[k] > 0 ? Math.exp(logs[k] / weights[k]) : 1;
    }
    normalise(pooled);
    List<SeasonIndices> blended = new ArrayList<>();
    for (SeasonIndices indices : each) {
      double[] factors = new double[season];
      for (int k = 0; k < season; k++) {
        factors[k] =
            indices.counts[k] > 0
                ? Math.exp(own * Math.log(indices.factors[k]) + (1 - own) * Math.log(pooled[k]))
                : pooled[k];
      }
      normalise(factors);
      blended.add(new SeasonIndices(factors, indices.counts));
    }
    return blended;
  }

  // Sums of ratios to the centred mean of a season, so that small levels do not weigh more.
  private static SeasonIndices ofOne(Series series) {
    int season = series.season();
    double[] factors = new double[season];
    Arrays.fill(factors, 1);
    int[] counts = new int[season];
    double[] values = series.values();
    if (season < 2 || values.length < 2 * season || series.step() == Step.YEAR) {
      return new SeasonIndices(factors, counts);
    }
    double[] sums = new double[season];
    double[] levels = centred(values, season);
    for (int t = 0; t < values.length; t++) {
      if (levels[t] > 0) {
        int place = place(series, t);
        sums[place] += values[t] / levels[t];
        counts[place]++;
      }
    }
    for (int k = 0; k < season; k++) {
      factors[k] = counts[k] > 0 ? Math.max(LEAST, sums[k] / counts[k]) : 1;
    }
    normalise(factors);
    return new SeasonIndices(factors, counts);
  }

  // The mean of a season around each period; at the ends that of the nearest whole season.
  private static double[] centred(double[] values, int season) {
    int n = values.length;
    int half = season / 2;
    double[] levels = new double[n];
    for (int t = half; t + half < n; t++) {
      double sum = 0;
      for (int k = -half; k <= half; k++) {
        sum += (season % 2 == 0 && Math.abs(k) == half ? 0.5 : 1) * values[t + k];
      }
      levels[t] = sum / season;
    }
    return levels;
  }

  private static void normalise(double[] factors) {
    double mean = Arrays.stream(factors).sum() / factors.length;
    for (int k = 0; k < factors.length; k++) {
      factors[k] = Math.max(LEAST, factors[k] / mean);
    }
  }
}
