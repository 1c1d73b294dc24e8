package io.autopulse.domain.forecast.explain;

import java.util.List;

/**
 * The parts of a published forecast. In each period they add up to the published number exactly,
 * but for the last bits of a double (less than 1e-9 of the largest part).
 *
 * <p>The combined path, the mean of the methods' paths by their weights, is split: calendar is what
 * selling days make of it; season and features are the means of the methods'; a straight line is
 * fitted by least squares to what is left, its value at the first period is the level and its rise
 * since the trend. What the line does not meet (a damped trend, a season that a method keeps to
 * itself) belongs to the season. Reconciliation is the number that adds up with the others less the
 * combined one, and bias what is published less that number.
 */
public final class Explanation {
  private final double[][] parts;
  private final double[] published;

  private Explanation(double[][] parts, double[] published) {
    this.parts = parts;
    this.published = published;
  }

  /**
   * Splits a forecast of which a bias may have been taken out.
   *
   * @param methods the combined methods, at least one with a weight above 0; of a simple method
   *     that was chosen alone, that one
   * @param calendar for each period the factor of its selling days, above 0, that the methods'
   *     paths are multiplied by; 1 where it has the usual ones
   * @param coherent the means that would be published with the bias in them
   * @param published the published means
   */
  public static Explanation of(
      List<MethodPath> methods, double[] calendar, double[] coherent, double[] published) {
    double weights = methods.stream().mapToDouble(MethodPath::weight).sum();
    if (!(weights > 0)) {
      throw new IllegalArgumentException("a combination has at least one weight above 0");
    }
    int horizon = published.length;
    double[][] parts = new double[Part.values().length][horizon];
    double[] straight = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      double path = 0;
      for (MethodPath method : methods) {
        double part = method.weight() / weights;
        path += part * method.path()[h];
        parts[Part.SEASON.ordinal()][h] += part * method.season()[h];
        parts[Part.FEATURES.ordinal()][h] += part * method.features()[h];
      }
      parts[Part.CALENDAR.ordinal()][h] = path * (calendar[h] - 1);
      parts[Part.RECONCILIATION.ordinal()][h] = coherent[h] - path * calendar[h];
      parts[Part.BIAS.ordinal()][h] = published[h] - coherent[h];
      straight[h] = path - parts[Part.SEASON.ordinal()][h] - parts[Part.FEATURES.ordinal()][h];
    }
    double slope = slope(straight);
    double level = mean(straight) - slope * (horizon - 1) / 2;
    for (int h = 0; h < horizon; h++) {
      parts[Part.LEVEL.ordinal()][h] = level;
      parts[Part.TREND.ordinal()][h] = slope * h;
      parts[Part.SEASON.ordinal()][h] += straight[h] - level - slope * h;
    }
    return new Explanation(parts, published.clone());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  private static double slope(double[] values) {
    double mean = mean(values);
    double middle = (values.length - 1) / 2.0;
    double products = 0;
    double squares = 0;
    for (int h = 0; h < values.length; h++) {
      products += (h - middle) * (values[h] - mean);
      squares += (h - middle) * (h - middle);
    }
    return squares > 0 ? products / squares : 0;
  }

  /** Returns how many periods are explained. */
  public int horizon() {
    return published.length;
  }

  /** Returns a part in a period, units. */
  public double part(Part part, int period) {
    return parts[part.ordinal()][period];
  }

  /** Returns the published number of a period. */
  public double published(int period) {
    return published[period];
  }

  /** Returns a part in all periods together, units. */
  public double part(Part part) {
    double sum = 0;
    for (double value : parts[part.ordinal()]) {
      sum += value;
    }
    return sum;
  }

  /** Returns the published number of all periods together. */
  public double published() {
    double sum = 0;
    for (double value : published) {
      sum += value;
    }
    return sum;
  }

  /**
   * Returns the parts of a period in units of a given size, rounded so that they add up to the
   * published number rounded to that size: the largest remainders are rounded up.
   *
   * @param period the period; -1 for all together
   * @param unit the size of a unit, such as 1 or 0.000001
   */
  public double[] rounded(int period, double unit) {
    Part[] all = Part.values();
    double[] exact = new double[all.length];
    for (Part part : all) {
      exact[part.ordinal()] = (period < 0 ? part(part) : part(part, period)) / unit;
    }
    long total = Math.round((period < 0 ? published() : published(period)) / unit);
    long[] whole = new long[exact.length];
    long left = total;
    for (int p = 0; p < exact.length; p++) {
      whole[p] = (long) Math.floor(exact[p] + 1e-9);
      left -= whole[p];
    }
    boolean[] raised = new boolean[exact.length];
    for (; left > 0; left--) {
      int most = -1;
      for (int p = 0; p < exact.length; p++) {
        if (!raised[p] && (most < 0 || exact[p] - whole[p] > exact[most] - whole[most] + 1e-9)) {
          most = p;
        }
      }
      raised[most] = true;
    }
    double[] rounded = new double[exact.length];
    for (int p = 0; p < exact.length; p++) {
      rounded[p] = (whole[p] + (raised[p] ? 1 : 0)) * unit;
    }
    return rounded;
  }
}
