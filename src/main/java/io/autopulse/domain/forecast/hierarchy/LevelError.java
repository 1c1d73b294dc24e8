package io.autopulse.domain.forecast.hierarchy;

/**
 * How well a way forecast the nodes of a dimension in the backtest.
 *
 * @param dimension the dimension
 * @param way {@link #BASE} for the forecasts before reconciliation, or the name of a {@link Way}
 * @param forecasts how many forecasts of nodes and periods are compared
 * @param wape sum of the absolute errors, as a share of what was sold; NaN if nothing was
 * @param bias sum of the errors, forecast minus sold, as a share of what was sold; NaN if nothing
 *     was
 */
public record LevelError(String dimension, String way, int forecasts, double wape, double bias) {
  /** The forecasts as they were, not coherent. */
  public static final String BASE = "base";
}
