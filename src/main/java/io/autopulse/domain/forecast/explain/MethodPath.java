package io.autopulse.domain.forecast.explain;

/**
 * What one method forecasts for a series, as its parts are known. All arrays have one value for
 * each period of the horizon, in units.
 *
 * @param weight its weight in the combination, at least 0; weights need not add up to 1
 * @param path its forecast
 * @param season what of it is due to the season, from seasonal indices or an STL decomposition;
 *     zeros for a method without one
 * @param features what of it is due to regressors that are known ahead; zeros without any
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of a forecast are read, never compared
public record MethodPath(double weight, double[] path, double[] season, double[] features) {
  /** Checks that all have one length. */
  public MethodPath {
    if (path.length != season.length || path.length != features.length) {
      throw new IllegalArgumentException(
          "a path of "
              + path.length
              + " periods has season and features of "
              + season.length
              + " and "
              + features.length);
    }
    if (!(weight >= 0)) {
      throw new IllegalArgumentException("a weight must be at least 0, not " + weight);
    }
  }

  /**
   * Returns a path whose season is multiplied.
   *
   * @param indices the seasonal index of each period, above 0; 1 where the season changes nothing
   */
  public static MethodPath indexed(double weight, double[] path, double[] indices) {
    double[] season = new double[path.length];
    for (int h = 0; h < season.length; h++) {
      season[h] = path[h] - path[h] / indices[h];
    }
    return new MethodPath(weight, path, season, new double[path.length]);
  }

  /** Returns a path of a method without season and features. */
  public static MethodPath plain(double weight, double[] path) {
    return new MethodPath(weight, path, new double[path.length], new double[path.length]);
  }
}
