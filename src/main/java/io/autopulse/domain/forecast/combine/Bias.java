package io.autopulse.domain.forecast.combine;

/**
 * How far recent forecasts of a region, a powertrain or the like lay above or below what came,
 * together.
 *
 * @param share the sum of forecasts less actuals as a share of the actuals; 0 where it is not known
 * @param marked whether it is large enough to be shown and shrunk
 */
public record Bias(double share, boolean marked) {
  /** How many of the last vintages count. */
  public static final int VINTAGES = 4;

  /** A bias of more than this is marked. */
  public static final double MOST = 0.05;

  private static final Bias UNKNOWN = new Bias(0, false);

  /**
   * Measures the bias of the last {@value #VINTAGES} vintages. With fewer of them, or without
   * sales, it is not known, and nothing is marked.
   *
   * @param forecasts the sum of each vintage's forecasts over the periods that have come, oldest
   *     first
   * @param actuals the sums of what came in these periods
   */
  public static Bias of(double[] forecasts, double[] actuals) {
    if (forecasts.length != actuals.length) {
      throw new IllegalArgumentException(
          forecasts.length + " vintages of forecasts, but " + actuals.length + " of actuals");
    }
    double forecast = 0;
    double actual = 0;
    int first = forecasts.length - VINTAGES;
    if (first < 0) {
      return UNKNOWN;
    }
    for (int v = first; v < forecasts.length; v++) {
      forecast += forecasts[v];
      actual += actuals[v];
    }
    if (!(actual > 0)) {
      return UNKNOWN;
    }
    double share = (forecast - actual) / actual;
    return new Bias(share, Math.abs(share) > MOST);
  }

  /**
   * Returns by what the next forecasts are multiplied: half of a marked bias is taken out, for the
   * other half may be chance; 1 where nothing is marked.
   */
  public double factor() {
    return marked ? 1 / (1 + share / 2) : 1;
  }
}
