package io.autopulse.domain.forecast.regress;

import io.autopulse.domain.forecast.Series;
import java.util.List;
import java.util.Optional;

/**
 * The logs of a series' units, regressed on a trend, two waves of the season and regressors.
 * Periods without a sale are left out.
 */
public final class Regression {
  private static final double RIDGE = 1e-6;
  private static final double FEWEST_POSITIVE = 0.8;
  private static final int WAVES = 2;

  private final Series series;
  private final List<Regressor> regressors;
  private final int plain;
  private final LeastSquares fit;

  private Regression(Series series, List<Regressor> regressors, int plain, LeastSquares fit) {
    this.series = series;
    this.regressors = regressors;
    this.plain = plain;
    this.fit = fit;
  }

  /**
   * Fits a series; empty if more than a fifth of its periods has no sale, it is too short, or two
   * regressors say the same.
   *
   * @param series the history
   * @param regressors what it is regressed on; may be empty
   */
  public static Optional<Regression> of(Series series, List<Regressor> regressors) {
    int n = series.length();
    int plain = plain(series);
    int[] used = new int[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      if (series.values()[i] > 0) {
        used[count++] = i;
      }
    }
    if (count == 0 || count < FEWEST_POSITIVE * n) {
      return Optional.empty();
    }
    double[][] rows = new double[count][];
    double[] logs = new double[count];
    for (int r = 0; r < count; r++) {
      rows[r] = row(series, regressors, plain, used[r]);
      logs[r] = Math.log(series.values()[used[r]]);
    }
    return LeastSquares.fit(rows, logs, RIDGE)
        .map(fit -> new Regression(series, List.copyOf(regressors), plain, fit));
  }

  private static int plain(Series series) {
    boolean seasonal = series.season() > 2 * WAVES && series.length() >= 2 * series.season();
    return 2 + (seasonal ? 2 * WAVES : 0);
  }

  private static double[] row(Series series, List<Regressor> regressors, int plain, int period) {
    double[] row = new double[plain + regressors.size()];
    row[0] = 1;
    row[1] = (double) period / series.length() - 0.5;
    for (int wave = 1; 2 * wave < plain; wave++) {
      double angle = 2 * Math.PI * wave * period / series.season();
      row[2 * wave] = Math.sin(angle);
      row[2 * wave + 1] = Math.cos(angle);
    }
    for (int i = 0; i < regressors.size(); i++) {
      row[plain + i] = regressors.get(i).at(period, series.length());
    }
    return row;
  }

  /**
   * Forecasts the periods that follow the history: what is usual of them by the regression.
   *
   * @param horizon how many; a regressor whose future is known has as many values
   */
  public double[] forecast(int horizon) {
    double[] forecast = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      forecast[h] = Math.exp(fit.predict(row(series, regressors, plain, series.length() + h)));
    }
    return forecast;
  }

  /** Returns what it is regressed on. */
  public List<Regressor> regressors() {
    return regressors;
  }

  /** Returns how many periods it has seen. */
  public int periods() {
    return series.length();
  }

  /**
   * Returns the coefficient of a regressor: an elasticity if it enters by its log.
   *
   * @param index its position among {@link #regressors}
   */
  public double coefficient(int index) {
    return fit.coefficients()[plain + index];
  }

  /** Returns the standard error of a regressor's coefficient. */
  public double standardError(int index) {
    return Math.sqrt(covariance(index, index));
  }

  /** Returns the covariance of two regressors' coefficients. */
  double covariance(int one, int other) {
    return fit.covariance()[plain + one][plain + other];
  }
}
