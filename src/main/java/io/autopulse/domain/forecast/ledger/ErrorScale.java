package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.Series;

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
    double[] values = series.values();
    int known = Math.max(0, Math.min(length, values.length));
    int lag = known > series.season() ? series.season() : 1;
    double absolute = 0;
    for (int i = lag; i < known; i++) {
      absolute += Math.abs(values[i] - values[i - lag]);
    }
    double square = 0;
    for (int i = 1; i < known; i++) {
      square += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
    }
    return new ErrorScale(
        known > lag ? absolute / (known - lag) : 0, known > 1 ? square / (known - 1) : 0);
  }
}
