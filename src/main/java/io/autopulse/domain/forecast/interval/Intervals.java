package io.autopulse.domain.forecast.interval;

import java.util.Arrays;
import java.util.List;

/**
 * Conformal intervals of a panel. An error is scaled by the usual error of its series, which the
 * series' other windows and its siblings tell, by the growth of errors with the horizon, and by the
 * forecast's own level as far as errors follow it. Scaled errors of all series, windows and periods
 * are alike then, and their quantiles hold for the next.
 */
public final class Intervals {
  /** How many windows of a series count as much as what its siblings say of its usual error. */
  private static final double TRUST = 2;

  private static final double[] EXPONENTS = {0, 0.5, 1};
  private static final double[] FADINGS = {0.85, 0.6, 0.4};

  /** So many of the latest windows judge how fast the older ones fade. */
  private static final int LATEST = 3;

  private final int horizon;
  private final double ratio;
  private final double[] growth;
  private final double exponent;
  private final Tails tails80;
  private final Tails tails95;

  private Intervals(
      int horizon, double ratio, double[] growth, double exponent, Tails tails80, Tails tails95) {
    this.horizon = horizon;
    this.ratio = ratio;
    this.growth = growth;
    this.exponent = exponent;
    this.tails80 = tails80;
    this.tails95 = tails95;
  }

  /**
   * Learns the intervals of a panel.
   *
   * @param panel the past of each series
   * @param horizon how many periods a forecast has
   */
  public static Intervals of(List<Past> panel, int horizon) {
    double ratio = ratio(panel);
    List<Tried> all =
        Arrays.stream(EXPONENTS)
            .parallel()
            .mapToObj(
                exponent -> {
                  Intervals intervals = tried(panel, horizon, ratio, exponent);
                  return new Tried(intervals, intervals.cost(panel));
                })
            .toList();
    Tried best = all.get(0);
    for (Tried other : all) {
      best = other.cost() < best.cost() ? other : best;
    }
    return best.intervals();
  }

  private record Tried(Intervals intervals, double cost) {}

  private static Intervals tried(List<Past> panel, int horizon, double ratio, double exponent) {
    double[] growth = growth(panel, horizon, ratio, exponent);
    Scores scores = scores(panel, horizon, ratio, growth, exponent);
    int overlapping = panel.stream().mapToInt(Past::overlapping).max().orElse(0);
    double fading = fading(scores, overlapping, horizon);
    return new Intervals(
        horizon,
        ratio,
        growth,
        exponent,
        Tails.of(scores, 0.8, horizon, fading),
        Tails.of(scores, 0.95, horizon, fading));
  }

  /**
   * Returns how fast old errors count less: the rule whose intervals, learned from older windows
   * alone, had the lowest score in the latest ones. After years that were harder than what comes,
   * only the latest windows say how wide an interval must be.
   */
  private static double fading(Scores scores, int overlapping, int horizon) {
    double best = FADINGS[0];
    double least = Double.POSITIVE_INFINITY;
    for (double fading : FADINGS) {
      double sum = 0;
      for (int latest = 0; latest < LATEST; latest++) {
        Scores older = scores.from(latest + overlapping + 1);
        if (older.size() > 0) {
          Tails tails80 = Tails.of(older, 0.8, horizon, fading);
          Tails tails95 = Tails.of(older, 0.95, horizon, fading);
          for (double came : scores.of(latest)) {
            sum +=
                score(came, -tails80.below(), tails80.above(), 10)
                    + score(came, -tails95.below(), tails95.above(), 40);
          }
        }
      }
      if (sum < least) {
        least = sum;
        best = fading;
      }
    }
    return best;
  }

  /**
   * Returns the intervals of a forecast.
   *
   * @param mean the forecast, not negative
   * @param past the past of its series; it may have no windows
   */
  public Bounds bounds(double[] mean, Past past) {
    return bounds(mean, usual(past, -1, ratio));
  }

  private Bounds bounds(double[] mean, double usual) {
    double[] level = level(mean, exponent);
    Bounds bounds =
        new Bounds(
            new double[horizon], new double[horizon], new double[horizon], new double[horizon]);
    for (int h = 0; h < horizon; h++) {
      double unit = usual * growth[h] * level[h];
      bounds.lower80()[h] = Math.max(0, mean[h] - unit * tails80.below());
      bounds.upper80()[h] = mean[h] + unit * tails80.above();
      bounds.lower95()[h] =
          Math.max(0, mean[h] - unit * Math.max(tails80.below(), tails95.below()));
      bounds.upper95()[h] = mean[h] + unit * Math.max(tails80.above(), tails95.above());
    }
    return bounds;
  }

  // The interval score of the past: the width, and what lies outside, in units of the series.
  private double cost(List<Past> panel) {
    double sum = 0;
    for (Past past : panel) {
      for (int w = 0; w < past.windows(); w++) {
        double[] actual = past.actuals()[w];
        Bounds bounds = bounds(past.forecasts()[w], usual(past, w, ratio));
        for (int h = 0; h < horizon; h++) {
          sum +=
              (score(actual[h], bounds.lower80()[h], bounds.upper80()[h], 10)
                      + score(actual[h], bounds.lower95()[h], bounds.upper95()[h], 40))
                  / past.step()
                  * Past.weight(w);
        }
      }
    }
    return sum;
  }

  private static double score(double actual, double lower, double upper, double penalty) {
    return upper
        - lower
        + penalty * Math.max(0, lower - actual)
        + penalty * Math.max(0, actual - upper);
  }

  // The median, over the series, of the usual error as a multiple of the seasonal step.
  private static double ratio(List<Past> panel) {
    double[] ratios =
        panel.stream()
            .filter(past -> past.windows() > 0)
            .mapToDouble(past -> past.errorWithout(-1) / past.step())
            .sorted()
            .toArray();
    return ratios.length == 0 ? 1 : Math.max(1e-9, ratios[ratios.length / 2]);
  }

  /** Returns the usual error of a series by the windows that do not overlap one, and siblings. */
  private static double usual(Past past, int without, double ratio) {
    double sibling = past.step() * ratio;
    double own = past.errorWithout(without);
    if (!(own > 0)) {
      return sibling;
    }
    double windows = past.windowsWithout(without);
    double share = windows / (windows + TRUST);
    return Math.exp(share * Math.log(own) + (1 - share) * Math.log(sibling));
  }

  private static double[] level(double[] mean, double exponent) {
    double[] level = new double[mean.length];
    double average = Arrays.stream(mean).sum() / mean.length;
    for (int h = 0; h < level.length; h++) {
      // A forecast of nearly nothing may be as wrong as one of a tenth of the average.
      level[h] = average > 0 ? Math.pow(Math.max(0.1, mean[h] / average), exponent) : 1;
    }
    return level;
  }

  // How errors grow with the horizon: never smaller in a later period, 1 on average.
  private static double[] growth(List<Past> panel, int horizon, double ratio, double exponent) {
    double[] flat = new double[horizon];
    Arrays.fill(flat, 1);
    double[] sums = new double[horizon];
    for (Past past : panel) {
      for (int w = 0; w < past.windows(); w++) {
        double usual = usual(past, w, ratio);
        double[] level = level(past.forecasts()[w], exponent);
        for (int h = 0; h < horizon; h++) {
          sums[h] +=
              Math.abs(past.actuals()[w][h] - past.forecasts()[w][h])
                  / usual
                  / level[h]
                  * Past.weight(w);
        }
      }
    }
    double[] grown = Isotonic.increasing(sums);
    double mean = Arrays.stream(grown).sum() / horizon;
    if (!(mean > 0)) {
      return withoutErrors(horizon);
    }
    for (int h = 0; h < horizon; h++) {
      grown[h] /= mean;
    }
    return grown;
  }

  // Errors of a random walk.
  private static double[] withoutErrors(int horizon) {
    double[] growth = new double[horizon];
    Arrays.setAll(growth, h -> Math.sqrt(h + 1));
    return growth;
  }

  private static Scores scores(
      List<Past> panel, int horizon, double ratio, double[] growth, double exponent) {
    int windows = panel.stream().mapToInt(Past::windows).max().orElse(0);
    int[] counts = new int[windows];
    for (Past past : panel) {
      for (int w = 0; w < past.windows(); w++) {
        counts[w] += horizon;
      }
    }
    double[][] scores = new double[windows][];
    Arrays.setAll(scores, w -> new double[counts[w]]);
    int[] next = new int[windows];
    for (Past past : panel) {
      for (int w = 0; w < past.windows(); w++) {
        double usual = usual(past, w, ratio);
        double[] level = level(past.forecasts()[w], exponent);
        for (int h = 0; h < horizon; h++) {
          double error = past.actuals()[w][h] - past.forecasts()[w][h];
          scores[w][next[w]++] = error / (usual * growth[h] * level[h]);
        }
      }
    }
    return Scores.of(scores);
  }
}
