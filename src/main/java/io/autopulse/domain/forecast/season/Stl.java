package io.autopulse.domain.forecast.season;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decomposes a series into trend, season and remainder by loess (R. B. Cleveland, W. S. Cleveland,
 * McRae, Terpenning, <i>STL: A Seasonal-Trend Decomposition Procedure Based on Loess</i>, Journal
 * of Official Statistics 6, 1990), with the windows and rounds of statsmodels: the trend's window
 * is the smallest odd number of at least {@code 1.5 period / (1 - 1.5 / window)}, that of the
 * low-pass filter the smallest odd one above the period; both fit lines.
 *
 * @param period how many periods make a season, at least 2
 * @param window how many seasons are smoothed together, odd, at least 3
 * @param degree 0 if the season is a local mean, 1 if it is a local line
 * @param rounds how often season and trend are fitted in turn
 * @param robustRounds how often values far from the fit are then trusted less; 0 for never
 */
public record Stl(int period, int window, int degree, int rounds, int robustRounds) {
  /** Checks what a window can be. */
  public Stl {
    if (period < 2 || window < 3 || window % 2 == 0 || degree < 0 || degree > 1 || rounds < 1) {
      throw new IllegalArgumentException(
          "a season of %d periods cannot be smoothed over %d seasons with degree %d in %d rounds"
              .formatted(period, window, degree, rounds));
    }
  }

  /**
   * Returns the decomposition that statsforecast uses for one season: eleven seasons, local means.
   *
   * @param period how many periods make a season
   */
  public static Stl of(int period) {
    return new Stl(period, 11, 0, 5, 0);
  }

  /**
   * Returns the same with values far from the fit trusted less: 2 rounds in each robust one.
   *
   * @param robustRounds how often; statsmodels has 15, Cleveland calls 3 very secure
   */
  public Stl robust(int robustRounds) {
    return new Stl(period, window, degree, 2, robustRounds);
  }

  /** Returns whether a history is long enough: it has two whole seasons. */
  public boolean fits(int length) {
    return length >= 2 * period;
  }

  /**
   * Decomposes a series.
   *
   * @param values the series, at least two seasons
   */
  public Decomposition fit(double[] values) {
    return fit(values, null);
  }

  /**
   * Decomposes a series of which some values are trusted less from the start.
   *
   * @param values the series, at least two seasons
   * @param trust how much each value counts, from 0 to 1; null where all count the same
   */
  Decomposition fit(double[] values, double @Nullable [] trust) {
    if (!fits(values.length)) {
      throw new IllegalArgumentException(
          values.length + " values are less than two seasons of " + period);
    }
    return new Fit(this, values, trust).run();
  }

  private static int odd(int number) {
    return number % 2 == 0 ? number + 1 : number;
  }

  /** One series on its way; each buffer serves all rounds. */
  private static final class Fit {
    private final int period;
    private final int rounds;
    private final int robustRounds;
    private final double[] values;
    private final int length;
    private final Loess trendLoess;
    private final Loess lowPassLoess;
    private final Loess longCycle;
    private final Loess shortCycle;
    private final double[] trend;
    private final double[] season;
    private final double[] rest;
    private final double[] low;
    private final double[] extended;
    private final double[] averages;
    private final double[] averagesTwice;
    private final double[] cycle;
    private final double[] smoothCycle;
    private final double[] cycleTrust;
    private double @Nullable [] trust;

    Fit(Stl stl, double[] values, double @Nullable [] trust) {
      this.values = values;
      this.trust = trust;
      period = stl.period;
      rounds = stl.rounds;
      robustRounds = stl.robustRounds;
      length = values.length;
      int trendSpan = odd((int) Math.ceil(1.5 * period / (1 - 1.5 / stl.window)));
      trendLoess = new Loess(length, trendSpan, 1);
      lowPassLoess = new Loess(length, odd(period + 1), 1);
      int cycles = length / period;
      shortCycle = new Loess(cycles, stl.window, stl.degree);
      longCycle = length % period == 0 ? shortCycle : new Loess(cycles + 1, stl.window, stl.degree);
      trend = new double[length];
      season = new double[length];
      rest = new double[length];
      low = new double[length];
      extended = new double[length + 2 * period];
      averages = new double[length + 2 * period];
      averagesTwice = new double[length + period + 1];
      cycle = new double[cycles + 1];
      smoothCycle = new double[cycles + 1];
      cycleTrust = new double[cycles + 1];
    }

    Decomposition run() {
      fitInTurn();
      for (int robust = 0; robust < robustRounds; robust++) {
        trustLessWhatLiesFar();
        fitInTurn();
      }
      for (int i = 0; i < length; i++) {
        rest[i] = values[i] - season[i] - trend[i];
      }
      return new Decomposition(new int[] {period}, trend, new double[][] {season}, rest);
    }

    private void fitInTurn() {
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < length; i++) {
          rest[i] = values[i] - trend[i];
        }
        smoothCycles();
        passLow();
        for (int i = 0; i < length; i++) {
          season[i] = extended[period + i] - low[i];
          rest[i] = values[i] - season[i];
        }
        trendLoess.smooth(rest, trust, trend);
      }
    }

    /** Smooths the values of each phase over the seasons, with one season more at either end. */
    private void smoothCycles() {
      for (int phase = 0; phase < period; phase++) {
        int count = (length - phase - 1) / period + 1;
        for (int i = 0; i < count; i++) {
          cycle[i] = rest[i * period + phase];
        }
        double[] trusted = null;
        if (trust != null) {
          trusted = cycleTrust;
          for (int i = 0; i < count; i++) {
            trusted[i] = trust[i * period + phase];
          }
        }
        Loess loess = count > length / period ? longCycle : shortCycle;
        loess.smooth(cycle, trusted, smoothCycle);
        for (int i = 0; i < count; i++) {
          extended[(i + 1) * period + phase] = smoothCycle[i];
        }
        double before = loess.at(cycle, trusted, 0);
        extended[phase] = Double.isNaN(before) ? smoothCycle[0] : before;
        double after = loess.at(cycle, trusted, count + 1);
        extended[(count + 1) * period + phase] =
            Double.isNaN(after) ? smoothCycle[count - 1] : after;
      }
    }

    /** Finds the level of the smoothed cycles over a season, which is none of the season. */
    private void passLow() {
      average(extended, length + 2 * period, period, averages);
      average(averages, length + period + 1, period, averagesTwice);
      average(averagesTwice, length + 2, 3, averages);
      lowPassLoess.smooth(averages, null, low);
    }

    private static void average(double[] of, int count, int span, double[] averages) {
      double sum = 0;
      for (int i = 0; i < span; i++) {
        sum += of[i];
      }
      averages[0] = sum / span;
      for (int i = span; i < count; i++) {
        sum += of[i] - of[i - span];
        averages[i - span + 1] = sum / span;
      }
    }

    private void trustLessWhatLiesFar() {
      double[] distances = new double[length];
      for (int i = 0; i < length; i++) {
        distances[i] = Math.abs(values[i] - season[i] - trend[i]);
      }
      trust = bisquare(distances);
    }
  }

  /**
   * Returns how much values are trusted by their distances from a fit: not at all from six times
   * the median of the distances on.
   *
   * @param distances at least 0
   */
  static double[] bisquare(double[] distances) {
    int length = distances.length;
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double far = 3 * (sorted[length / 2] + sorted[length - length / 2 - 1]);
    double[] trust = new double[length];
    for (int i = 0; i < length; i++) {
      double part = distances[i] / far;
      double rest = 1 - part * part;
      trust[i] = far == 0 || part <= .001 ? 1 : part <= .999 ? rest * rest : 0;
    }
    return trust;
  }
}
