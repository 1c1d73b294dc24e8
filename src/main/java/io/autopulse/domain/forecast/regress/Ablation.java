package io.autopulse.domain.forecast.regress;

import io.autopulse.domain.forecast.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each regressor is worth out of sample. From several origins, the horizon is forecast with
 * all regressors and with all but one; a regressor is kept if it makes the mean absolute error
 * smaller by at least 2 % and does so from more than half of the origins.
 *
 * @param lines one a regressor, in their order
 * @param kept the regressors to use; none if together they do not forecast better than none
 */
public record Ablation(List<Line> lines, List<Regressor> kept) {
  private static final double GAIN = 0.02;

  /**
   * One regressor.
   *
   * @param name its name
   * @param with the mean absolute error with all regressors, in units
   * @param without the same without this one
   * @param kept whether it wins
   */
  public record Line(String name, double with, double without, boolean kept) {}

  /** Copies the lists. */
  public Ablation {
    lines = List.copyOf(lines);
    kept = List.copyOf(kept);
  }

  /**
   * Compares from rolling origins. Where a series is too short for any origin, or cannot be
   * regressed, no regressor is kept, and the errors are NaN.
   *
   * @param series the history
   * @param regressors what is compared
   * @param horizon how many periods are forecast from each origin
   * @param origins how many origins, a horizon apart
   */
  public static Ablation of(Series series, List<Regressor> regressors, int horizon, int origins) {
    double[] all = errors(series, regressors, horizon, origins);
    List<Line> lines = new ArrayList<>();
    List<Regressor> kept = new ArrayList<>();
    for (Regressor regressor : regressors) {
      List<Regressor> others = new ArrayList<>(regressors);
      others.remove(regressor);
      double[] without = errors(series, others, horizon, origins);
      boolean wins = wins(all, without);
      lines.add(new Line(regressor.name(), mean(all), mean(without), wins));
      if (wins) {
        kept.add(regressor);
      }
    }
    boolean better =
        wins(errors(series, kept, horizon, origins), errors(series, List.of(), horizon, origins));
    return new Ablation(lines, better ? kept : List.of());
  }

  private static boolean wins(double[] with, double[] without) {
    int better = 0;
    for (int i = 0; i < Math.min(with.length, without.length); i++) {
      better += with[i] < without[i] ? 1 : 0;
    }
    return with.length == without.length
        && 2 * better > with.length
        && mean(with) <= (1 - GAIN) * mean(without);
  }

  private static double mean(double[] errors) {
    double sum = 0;
    for (double error : errors) {
      sum += error;
    }
    return sum / errors.length;
  }

  /** Returns the mean absolute error from each origin; none if one cannot be forecast from. */
  private static double[] errors(
      Series series, List<Regressor> regressors, int horizon, int origins) {
    double[] errors = new double[origins];
    for (int k = 0; k < origins; k++) {
      int origin = series.length() - horizon * (k + 1);
      Optional<Regression> regression =
          origin < 1 ? Optional.empty() : Regression.of(series.first(origin), regressors);
      if (regression.isEmpty()) {
        return new double[0];
      }
      double[] forecast = regression.get().forecast(horizon);
      for (int h = 0; h < horizon; h++) {
        errors[k] += Math.abs(forecast[h] - series.values()[origin + h]) / horizon;
      }
    }
    return errors;
  }
}
