package io.autopulse.domain.forecast.season;

import io.autopulse.domain.forecast.Series;
import java.util.Arrays;
import java.util.List;

/**
 * What one series knows of its season: by phase, how much was sold, and how much at the level of
 * the season around it (a centred moving average). A phase is the place of a period in a season
 * that is counted from the epoch, so that series which start on different days share phases.
 */
final class OwnSeason {
  private final int season;
  private final int phase;
  private final double[] sold;
  private final double[] level;

  /** How far the ratios of sales to level of one phase lie apart: the variance of their mean. */
  private final double[] noise;

  private final int[] seasons;

  OwnSeason(Series series) {
    season = series.season();
    phase = phase(series);
    sold = new double[season];
    level = new double[season];
    noise = new double[season];
    seasons = new int[season];
    double[] ratios = new double[season];
    double[] squares = new double[season];
    double[] values = series.values();
    double[] around = around(values, season);
    for (int i = 0; i < values.length && season > 1; i++) {
      if (around[i] > 0 && Double.isFinite(around[i])) {
        int p = (phase + i) % season;
        double value = Math.max(0, values[i]);
        sold[p] += value;
        level[p] += around[i];
        ratios[p] += value / around[i];
        squares[p] += value / around[i] * (value / around[i]);
        seasons[p]++;
      }
    }
    for (int p = 0; p < season; p++) {
      int n = seasons[p];
      noise[p] =
          n > 1
              ? Math.max(0, squares[p] - ratios[p] * ratios[p] / n) / (n - 1) / n
              : Double.POSITIVE_INFINITY;
    }
  }

  private static int phase(Series series) {
    long number =
        switch (series.step()) {
          case DAY, NUMBERED -> series.start().toEpochDay();
          case WEEK -> Math.floorDiv(series.start().toEpochDay() + 3, 7);
          case MONTH -> series.start().getYear() * 12L + series.start().getMonthValue();
          case QUARTER -> series.start().getYear() * 4L + (series.start().getMonthValue() - 1) / 3;
          case YEAR -> series.start().getYear();
        };
    return (int) Math.floorMod(number, (long) series.season());
  }

  /** Returns the mean of the season around each value; NaN where half a season is missing. */
  private static double[] around(double[] values, int season) {
    double[] around = new double[values.length];
    Arrays.fill(around, Double.NaN);
    int half = season / 2;
    for (int i = half; i < values.length - half; i++) {
      double sum = 0;
      for (int j = i - half; j <= i + half; j++) {
        boolean end = season % 2 == 0 && (j == i - half || j == i + half);
        sum += end ? values[j] / 2 : values[j];
      }
      around[i] = sum / season;
    }
    return around;
  }

  /** Returns the indices of all together: those of the sum of the series. */
  static double[] pool(List<OwnSeason> siblings, int season) {
    double[] sold = new double[season];
    double[] level = new double[season];
    for (OwnSeason sibling : siblings) {
      for (int p = 0; p < season; p++) {
        sold[p] += sibling.sold[p];
        level[p] += sibling.level[p];
      }
    }
    return indices(sold, level);
  }

  /** NaN for a phase of which nothing is known. */
  private static double[] indices(double[] sold, double[] level) {
    double[] indices = new double[sold.length];
    for (int p = 0; p < indices.length; p++) {
      indices[p] = level[p] > 0 ? sold[p] / level[p] : Double.NaN;
    }
    return indices;
  }

  /**
   * Returns the indices of the series: a part of its own, the rest those of all. Half of that part
   * where a phase was seen once; all of all where it was never seen. The part is larger where the
   * series differs from all by more than its own noise explains (James, Stein, 1961), as an
   * importer whose plates change in January and July does among others.
   *
   * @param pool the indices of all
   * @param own the least part of the series' own
   */
  SeasonIndices shared(double[] pool, double own) {
    double[] mine = indices(sold, level);
    double part = Math.max(own, unlike(mine, pool));
    double[] shared = new double[season];
    double sum = 0;
    for (int p = 0; p < season; p++) {
      double weight = seasons[p] > 1 ? part : own * seasons[p] / 2;
      shared[p] =
          Double.isNaN(pool[p])
              ? 1
              : Double.isNaN(mine[p]) ? pool[p] : weight * mine[p] + (1 - weight) * pool[p];
      sum += shared[p];
    }
    for (int p = 0; p < season; p++) {
      shared[p] = sum > 0 && Double.isFinite(sum) ? shared[p] * season / sum : 1;
    }
    return new SeasonIndices(shared, phase);
  }

  /** How much of the difference from the siblings is no noise (James, Stein), from 0 to 1. */
  private double unlike(double[] mine, double[] pool) {
    double all = 0;
    double random = 0;
    for (int p = 0; p < season; p++) {
      if (!Double.isNaN(mine[p])) {
        all += (mine[p] - pool[p]) * (mine[p] - pool[p]);
        random += noise[p];
      }
    }
    return all > random ? 1 - random / all : 0;
  }
}
