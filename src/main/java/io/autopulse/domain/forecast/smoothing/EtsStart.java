package io.autopulse.domain.forecast.smoothing;

/**
 * First states of exponential smoothing, from which the fit starts: a season by moving averages,
 * then a mean or a straight line through the first values without it (Hyndman et al. 2008).
 */
final class EtsStart {
  private static final double LEAST_FACTOR = 1e-2;
  private static final int FIRST_VALUES = 10;

  private EtsStart() {}

  /**
   * Writes the first level, growth and seasonal states as far as the form has them.
   *
   * @param y the history
   * @param form the components
   * @param season how many periods make a season
   * @param into where they are written
   * @param offset the place of the first one
   */
  static void write(double[] y, EtsForm form, int season, double[] into, int offset) {
    double[] adjusted = y;
    int first = FIRST_VALUES;
    if (form.seasonal()) {
      boolean factors = form.season() == EtsForm.Season.MULTIPLICATIVE;
      double[] seasonal = seasonal(y, season, factors);
      adjusted = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        double s = seasonal[i % seasonal.length];
        adjusted[i] = factors ? y[i] / Math.max(s, LEAST_FACTOR) : y[i] - s;
      }
      writeSeason(seasonal, season, factors, into, offset + (form.trend() ? 2 : 1));
      first = Math.max(first, 2 * season);
    }
    int count = Math.min(first, y.length);
    if (form.trend()) {
      writeLine(adjusted, count, into, offset);
    } else {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += adjusted[i];
      }
      into[offset] = sum / count;
    }
  }

  private static void writeSeason(
      double[] seasonal, int season, boolean factors, double[] into, int offset) {
    double sum = 0;
    for (int i = 0; i < season - 1; i++) {
      double state = seasonal[season - 1 - i];
      into[offset + i] = factors ? Math.max(state, LEAST_FACTOR) : state;
      sum += into[offset + i];
    }
    if (factors && sum > season) {
      double scale = sum + (season - 1) * LEAST_FACTOR;
      for (int i = 0; i < season - 1; i++) {
        into[offset + i] /= scale;
      }
    }
  }

  private static void writeLine(double[] values, int count, double[] into, int offset) {
    double middle = (count + 1) / 2.0;
    double mean = 0;
    for (int i = 0; i < count; i++) {
      mean += values[i] / count;
    }
    double products = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double time = i + 1 - middle;
      products += time * (values[i] - mean);
      squares += time * time;
    }
    double growth = products / squares;
    double level = mean - growth * middle;
    if (Math.abs(level + growth) < 1e-8) { // a first forecast of 0 breaks relative errors
      level *= 1 + 1e-3;
      growth *= 1 - 1e-3;
    }
    into[offset] = level;
    into[offset + 1] = growth;
  }

  /** Returns the season: a pattern of one season, or a value a period if the history is short. */
  private static double[] seasonal(double[] y, int season, boolean factors) {
    if (y.length >= 3 * season) {
      return ClassicalDecomposition.season(y, season, factors);
    }
    // too short for averages: a line and one wave; what is off the line is the season
    int count = y.length;
    double[][] columns = new double[season == 2 ? 3 : 4][count];
    for (int i = 0; i < count; i++) {
      double angle = 2 * Math.PI * (i + 1) / season;
      columns[0][i] = Math.cos(angle);
      columns[columns.length - 2][i] = 1;
      columns[columns.length - 1][i] = i + 1;
      if (season > 2) { // the sine of a season of two is 0
        columns[1][i] = Math.sin(angle);
      }
    }
    double[] line = lastTwoCoefficients(columns, y);
    double[] seasonal = new double[count];
    for (int i = 0; i < count; i++) {
      double trend = line[0] + line[1] * (i + 1);
      seasonal[i] = factors ? y[i] / trend : y[i] - trend;
    }
    return seasonal;
  }

  /** Solves a least-squares problem by orthogonal columns and returns its last two coefficients. */
  private static double[] lastTwoCoefficients(double[][] columns, double[] y) {
    int last = columns.length - 1;
    double[] left = y.clone();
    double between = 0;
    double[] parts = new double[columns.length];
    for (int j = 0; j <= last; j++) {
      for (int k = 0; k < j; k++) {
        double share = dot(columns[j], columns[k]) / dot(columns[k], columns[k]);
        subtract(columns[j], share, columns[k]);
        if (j == last && k == last - 1) {
          between = share;
        }
      }
      parts[j] = dot(left, columns[j]) / dot(columns[j], columns[j]);
      subtract(left, parts[j], columns[j]);
    }
    return new double[] {parts[last - 1] - between * parts[last], parts[last]};
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double share, double[] column) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= share * column[i];
    }
  }
}
