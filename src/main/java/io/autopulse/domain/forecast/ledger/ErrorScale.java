package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.accuracy.Errors;
import java.util.Arrays;

/**
 * What is a large error of a series: how much it changes from one season to the next, and from one
 * period to the next. Errors divided by it can be compared between series of any size.
 *
 * @param absolute mean absolute change over a season, or over a period where the history is not
 *     longer than a season; 0 if nothing ever changed
 * @param square mean squared change from one period to the next; 0 if nothing ever changed
 */
record ErrorScale(double absolute, double square) {
  /** Returns the scale of the first periods of a series. */
  static ErrorScale of(Series series, int length) {
    double[] known = Arrays.copyOf(series.values(), Math.max(0, Math.min(length, series.length())));
    return new ErrorScale(
        orZero(Errors.scale(known, series.season())), orZero(Errors.squareScale(known)));
  }

  private static double orZero(double scale) {
    return Double.isNaN(scale) ? 0 : scale;
  }
}
