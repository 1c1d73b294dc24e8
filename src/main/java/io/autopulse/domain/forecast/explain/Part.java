package io.autopulse.domain.forecast.explain;

import java.util.Locale;

/** What a forecast is made of. */
public enum Part {
  /** The size of the series at the end of its history, without its season. */
  LEVEL,
  /** How the deseasonalised path moves away from the level, in a straight line. */
  TREND,
  /** The time of the year, and what the combined methods add to a straight line. */
  SEASON,
  /** More or fewer selling days than usual. */
  CALENDAR,
  /** Regressors that are known ahead, such as promotions and prices. */
  FEATURES,
  /** What changes so that all nodes add up, and the rounding to whole units. */
  RECONCILIATION,
  /** What is taken out because the last forecasts lay above or below what was sold. */
  BIAS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
