package io.autopulse.domain.forecast.season;

import org.jspecify.annotations.Nullable;

/**
 * Smooths regular series of one length by locally weighted regression (Cleveland, 1979). The
 * weights of neighbours depend on the place in the window alone, so they are computed once for all
 * series of the length. Safe for use by several threads.
 */
final class Loess {
  private final int length;
  private final int span;
  private final int width;
  private final boolean linear;

  /** The weights by distance of the values of a window, by the place that is estimated. */
  private final double[][] near;

  /** What each value of a window adds to the estimate where all values are equally trusted. */
  private final double[][] kernel;

  /**
   * Makes a smoother.
   *
   * @param length how many values there are
   * @param span how many neighbours are weighted, odd; may be more than there are values
   * @param degree 0 for a local mean, 1 for a local line
   */
  Loess(int length, int span, int degree) {
    this.length = length;
    this.span = span;
    this.width = Math.min(span, length);
    this.linear = degree > 0;
    near = new double[width + 2][];
    kernel = new double[width + 2][];
    for (int place = 0; place <= (width + 1) / 2; place++) {
      near[place] = near(place);
      kernel[place] = kernel(place, near[place]);
      near[width + 1 - place] = reversed(near[place]);
      kernel[width + 1 - place] = reversed(kernel[place]);
    }
  }

  private double[] near(int place) {
    int beyond = Math.max(0, span - length) / 2;
    double reach = Math.max(place - 1, width - place) + beyond;
    double[] weights = new double[width];
    for (int j = 0; j < width; j++) {
      double distance = Math.abs(j + 1 - place);
      if (distance <= .001 * reach) {
        weights[j] = 1;
      } else if (distance <= .999 * reach) {
        double part = distance / reach;
        double rest = 1 - part * part * part;
        weights[j] = rest * rest * rest;
      }
    }
    return weights;
  }

  private double[] kernel(int place, double[] weights) {
    double sum = 0;
    double mean = 0;
    for (int j = 0; j < width; j++) {
      sum += weights[j];
      mean += weights[j] * (j + 1 - place);
    }
    mean /= sum;
    double spread = 0;
    for (int j = 0; j < width; j++) {
      double off = j + 1 - place - mean;
      spread += weights[j] * off * off;
    }
    spread /= sum;
    double slope = isLine(spread) ? -mean / spread : 0;
    double[] kernel = new double[width];
    for (int j = 0; j < width; j++) {
      kernel[j] = weights[j] / sum * (1 + slope * (j + 1 - place - mean));
    }
    return kernel;
  }

  /** A line is fitted where the neighbours lie apart by more than a thousandth of the range. */
  private boolean isLine(double spread) {
    return linear && Math.sqrt(spread) > .001 * (length - 1);
  }

  private static double[] reversed(double[] values) {
    double[] reversed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  /**
   * Smooths a series.
   *
   * @param values {@code length} values
   * @param trust a weight for each value, at least 0; null where all count the same
   * @param smooth takes {@code length} values; not the array of the values
   */
  void smooth(double[] values, double @Nullable [] trust, double[] smooth) {
    for (int i = 0; i < length; i++) {
      double value = at(values, trust, i + 1);
      smooth[i] = Double.isNaN(value) ? values[i] : value;
    }
  }

  /**
   * Estimates one place; NaN if no neighbour is trusted.
   *
   * @param position 1 for the first value; 0 and one more than the length are extrapolated
   */
  double at(double[] values, double @Nullable [] trust, int position) {
    int first = Math.max(0, Math.min(position - (span + 2) / 2, length - width));
    int place = position - first;
    return trust == null
        ? dot(kernel[place], values, first)
        : trusting(near[place], values, trust, first, place);
  }

  private static double dot(double[] kernel, double[] values, int first) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < kernel.length; j += 4) {
      a += kernel[j] * values[first + j];
      b += kernel[j + 1] * values[first + j + 1];
      c += kernel[j + 2] * values[first + j + 2];
      d += kernel[j + 3] * values[first + j + 3];
    }
    for (; j < kernel.length; j++) {
      a += kernel[j] * values[first + j];
    }
    return (a + b) + (c + d);
  }

  private double trusting(double[] weights, double[] values, double[] trust, int first, int place) {
    double sum = 0;
    double sumX = 0;
    double sumXx = 0;
    double sumY = 0;
    double sumXy = 0;
    for (int j = 0; j < width; j++) {
      double weight = weights[j] * trust[first + j];
      double x = j + 1 - place;
      double y = weight * values[first + j];
      sum += weight;
      sumX += weight * x;
      sumXx += weight * x * x;
      sumY += y;
      sumXy += y * x;
    }
    if (!(sum > 0)) {
      return Double.NaN;
    }
    double mean = sumX / sum;
    double spread = Math.max(0, sumXx / sum - mean * mean);
    return isLine(spread) ? (sumY - mean / spread * (sumXy - mean * sumY)) / sum : sumY / sum;
  }
}
