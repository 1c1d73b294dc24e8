package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.accuracy.Errors;
import io.autopulse.domain.forecast.interval.Past;
import java.util.Locale;

/**
 * The gate: what is published for a series, by how its combination did against the simple forecasts
 * in windows that did not choose its weights.
 *
 * @param kind what is published
 * @param reason why it is not the combination; empty when it is
 * @param forecasts what it forecast for each window
 * @param backtest the backtest that says so
 */
@SuppressWarnings("ArrayRecordComponent") // read in place, never compared
record Choice(Kind kind, String reason, double[][] forecasts, Backtest backtest) {
  /** What can be published. */
  enum Kind {
    COMBINATION,
    SEASONAL_NAIVE,
    NAIVE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Choice of(Backtest backtest, Combination combination) {
    int windows = backtest.windows();
    double[][] combined = new double[windows][];
    double[][] seasonalNaive = new double[windows][];
    double[][] naive = new double[windows][];
    for (int w = 0; w < windows; w++) {
      combined[w] = combination.forecast(backtest, w);
      seasonalNaive[w] = backtest.seasonalNaive(w);
      naive[w] = backtest.naive(w);
    }
    if (windows == 0) {
      return new Choice(
          Kind.SEASONAL_NAIVE, "the history is too short for a backtest", seasonalNaive, backtest);
    }
    double error = error(backtest, combined);
    boolean seasonal = backtest.isSeasonal();
    double simpleError = error(backtest, seasonal ? seasonalNaive : naive);
    if (error < simpleError) {
      return new Choice(Kind.COMBINATION, "", combined, backtest);
    }
    return seasonal
        ? new Choice(
            Kind.SEASONAL_NAIVE,
            reason(windows, "seasonal naive", simpleError, error),
            seasonalNaive,
            backtest)
        : new Choice(Kind.NAIVE, reason(windows, "naive", simpleError, error), naive, backtest);
  }

  private static String reason(int windows, String simple, double simpleError, double error) {
    return String.format(
        Locale.ROOT,
        "in %d windows the combination had a mean error of %.4g, %s of %.4g",
        windows,
        error,
        simple,
        simpleError);
  }

  private static double error(Backtest backtest, double[][] forecasts) {
    double sum = 0;
    for (int w = 0; w < forecasts.length; w++) {
      sum += Errors.mae(backtest.actual(w), forecasts[w]);
    }
    return sum / forecasts.length;
  }

  Past past(Windows layout, int horizon) {
    double[][] actuals = new double[forecasts.length][];
    for (int w = 0; w < actuals.length; w++) {
      actuals[w] = backtest.actual(w);
    }
    return new Past(forecasts, actuals, backtest.scale(), (horizon - 1) / layout.step());
  }
}
