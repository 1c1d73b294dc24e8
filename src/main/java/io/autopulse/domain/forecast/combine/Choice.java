package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.interval.Past;
import java.util.Locale;

/**
 * What is published for a series. The combination must beat the simple forecast in those windows of
 * the series that did not choose its weights; what its siblings say does not count.
 *
 * @param kind what is published
 * @param reason why it is not the combination; empty when it is
 * @param trial what says so
 */
record Choice(Kind kind, String reason, Trial trial) {
  /** What can be published. */
  enum Kind {
    COMBINATION,
    SEASONAL_NAIVE,
    NAIVE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Chooses for a series. */
  static Choice of(Trial trial) {
    Backtest backtest = trial.backtest();
    Kind simple = backtest.isSeasonal() ? Kind.SEASONAL_NAIVE : Kind.NAIVE;
    if (backtest.windows() == 0) {
      return new Choice(simple, "the history is too short for a backtest", trial);
    }
    double ratio = trial.ratio();
    if (ratio < 0) {
      return new Choice(Kind.COMBINATION, "", trial);
    }
    String reason =
        String.format(
            Locale.ROOT,
            "in %d windows the combination had on average %.3f times the error of %s",
            backtest.windows(),
            Math.exp(ratio),
            simple.text().replace('_', ' '));
    return new Choice(simple, reason, trial);
  }

  /** Returns what was forecast by this choice and what came. */
  Past past(Windows layout, int horizon) {
    Backtest backtest = trial.backtest();
    double[][] actuals = new double[backtest.windows()][];
    for (int w = 0; w < actuals.length; w++) {
      actuals[w] = backtest.actual(w);
    }
    return new Past(
        kind == Kind.COMBINATION ? trial.combined() : trial.simple(),
        actuals,
        backtest.scale(),
        (horizon - 1) / layout.step());
  }
}
