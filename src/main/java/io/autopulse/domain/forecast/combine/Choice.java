package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.interval.Past;
import java.util.List;
import java.util.Locale;

/**
 * What is published for a series. The combination must beat the simple forecast in windows that did
 * not choose its weights. A handful of windows is mostly chance, so what the siblings' windows say
 * counts as much as two of its own; a series alone is judged by its own.
 *
 * @param kind what is published
 * @param reason why it is not the combination; empty when it is
 * @param trial what says so
 */
record Choice(Kind kind, String reason, Trial trial) {
  /** How many windows of a series count as much as what its siblings say. */
  private static final double TRUST = 2;

  /** What can be published. */
  enum Kind {
    COMBINATION,
    SEASONAL_NAIVE,
    NAIVE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Chooses for each series of a panel. */
  static List<Choice> of(List<Trial> trials) {
    double siblings =
        trials.stream()
            .filter(trial -> trial.windows() > 0)
            .mapToDouble(Trial::ratio)
            .average()
            .orElse(0);
    return trials.stream().map(trial -> of(trial, siblings)).toList();
  }

  private static Choice of(Trial trial, double siblings) {
    Kind simple = trial.backtest().isSeasonal() ? Kind.SEASONAL_NAIVE : Kind.NAIVE;
    if (trial.windows() == 0) {
      return new Choice(simple, "the history is too short for a backtest", trial);
    }
    double own = trial.ratio();
    if (trial.windows() * own + TRUST * siblings < 0) {
      return new Choice(Kind.COMBINATION, "", trial);
    }
    String reason =
        String.format(
            Locale.ROOT,
            "in %d windows the combination had on average %.3f times the error of %s",
            trial.backtest().windows(),
            Math.exp(own),
            simple.text().replace('_', ' '));
    return new Choice(
        simple, own < 0 ? reason + ", but more in those of its siblings" : reason, trial);
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
