package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.accuracy.Errors;
import io.autopulse.domain.forecast.intermittent.DemandClass;

/**
 * What kind of series one is: those of a kind are siblings. What suits a series of years says
 * little of one that has just begun or is sold now and then.
 */
enum SeriesKind {
  /** Of two seasons or more, or without a season, and sold in most periods. */
  STEADY,

  /** Of less than two seasons, and sold in most periods. */
  YOUNG,

  /** Sold now and then. */
  RARE;

  /**
   * Returns the kind of a series.
   *
   * @param series as it was known
   */
  static SeriesKind of(Series series) {
    if (DemandClass.of(series.values()).isIntermittent()) {
      return RARE;
    }
    return series.season() > 1 && series.length() < 2 * series.season() ? YOUNG : STEADY;
  }

  /**
   * Returns how far a forecast lies from what came: the mean absolute error, or the root of the
   * mean squared error where something is sold now and then. Half of such periods have no sale, so
   * the least absolute error is that of a forecast of nothing (Kolassa, 2016).
   */
  double error(double[] actual, double[] forecast) {
    return this == RARE ? Errors.rmse(actual, forecast) : Errors.mae(actual, forecast);
  }
}
