package io.autopulse.domain.forecast.accuracy;

import io.autopulse.domain.forecast.interval.Bounds;
import org.jspecify.annotations.Nullable;

/** Adds up how well forecasts of several series did. Not for use by several threads. */
public final class Tally {
  private final int season;
  private int forecasts;
  private int scaled;
  private int moved;
  private int bounded;
  private double mase;
  private double naive2Mase;
  private double smape;
  private double naive2Smape;
  private double rmsse;
  private double msis95;
  private double absoluteError;
  private double signedError;
  private double absoluteActual;
  private long periods;
  private long within80;
  private long within95;

  /**
   * Makes an empty tally.
   *
   * @param season the season of the scale and of naive 2; 1 for none
   */
  public Tally(int season) {
    this.season = season;
  }

  /**
   * Adds a forecast.
   *
   * @param history what was known when it was made
   * @param actual what came: its length says how much of the forecast is measured
   * @param mean the forecast
   * @param bounds its intervals; null when it has none
   */
  public void add(double[] history, double[] actual, double[] mean, @Nullable Bounds bounds) {
    if (actual.length == 0) {
      return;
    }
    forecasts++;
    double scale = Errors.scale(history, season);
    double[] naive2 = Naive2.forecast(history, season, actual.length);
    smape += Errors.smape(actual, mean);
    naive2Smape += Errors.smape(actual, naive2);
    if (scale > 0) {
      scaled++;
      mase += Errors.mase(actual, mean, scale);
      naive2Mase += Errors.mase(actual, naive2, scale);
    }
    double root = Errors.rmsse(actual, mean, history);
    if (Double.isFinite(root)) {
      moved++;
      rmsse += root;
    }
    for (int h = 0; h < actual.length; h++) {
      absoluteError += Math.abs(mean[h] - actual[h]);
      signedError += mean[h] - actual[h];
      absoluteActual += Math.abs(actual[h]);
    }
    if (bounds != null) {
      addBounds(actual, bounds, scale);
    }
  }

  private void addBounds(double[] actual, Bounds bounds, double scale) {
    if (scale > 0) {
      bounded++;
      msis95 += Errors.msis95(actual, bounds.lower95(), bounds.upper95(), scale);
    }
    for (int h = 0; h < actual.length; h++) {
      periods++;
      within80 += bounds.lower80()[h] <= actual[h] && actual[h] <= bounds.upper80()[h] ? 1 : 0;
      within95 += bounds.lower95()[h] <= actual[h] && actual[h] <= bounds.upper95()[h] ? 1 : 0;
    }
  }

  /** Returns the measures of all forecasts that were added. */
  public Measures measures() {
    return new Measures(
        forecasts,
        forecasts - scaled,
        share(mase, scaled),
        share(smape, forecasts),
        (share(smape, naive2Smape) + share(mase, naive2Mase)) / 2,
        share(absoluteError, absoluteActual),
        share(rmsse, moved),
        share(msis95, bounded),
        share(signedError, absoluteActual),
        share((double) within80, (double) periods),
        share((double) within95, (double) periods));
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : Double.NaN;
  }
}
