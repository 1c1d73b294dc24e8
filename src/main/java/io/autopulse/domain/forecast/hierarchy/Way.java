package io.autopulse.domain.forecast.hierarchy;

import java.util.Locale;

/** How forecasts of nodes become coherent. Of equally good ways, the first is taken. */
public enum Way {
  /**
   * The coherent forecasts nearest to all nodes' own, weighed by the shrunk covariance of their
   * errors, and not negative: MinT (Wickramasuriya, Athanasopoulos, Hyndman 2019).
   */
  MINT,
  /** The total, divided by the forecasts of finer and finer nodes, then by the cells' weights. */
  TOP_DOWN,
  /** The forecasts of the dimension with the most nodes, divided by the cells' weights. */
  BOTTOM_UP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
