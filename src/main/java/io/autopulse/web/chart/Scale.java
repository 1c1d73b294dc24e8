package io.autopulse.web.chart;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * A vertical scale with a few round marks. It has zero, unless told otherwise: a bar or an area
 * that begins elsewhere lies.
 *
 * @param low the lowest mark
 * @param high the highest mark
 * @param step between marks
 */
record Scale(double low, double high, double step) {
  private static final int MARKS = 4;
  private static final int FEW_MARKS = 2;

  /** Returns the scale of values; those that are NaN do not count. */
  static Scale of(List<Double> values) {
    DoubleSummaryStatistics known = known(values);
    double least = Math.min(0, known.getMin());
    double most = Math.max(0, known.getMax());
    if (least == most) {
      most = 1;
    }
    double step = round((most - least) / MARKS);
    return new Scale(Math.floor(least / step) * step, Math.ceil(most / step) * step, step);
  }

  /**
   * Returns a scale from about the least value to the greatest, for a line whose changes are small
   * beside it.
   */
  static Scale around(List<Double> values) {
    DoubleSummaryStatistics known = known(values);
    if (known.getCount() == 0) {
      return of(values);
    }
    double least = known.getMin();
    double most = known.getMax();
    double step = round(least == most ? Math.max(1, Math.abs(least)) : (most - least) / FEW_MARKS);
    double low = Math.floor(least / step) * step;
    return new Scale(low, Math.max(low + step, Math.ceil(most / step) * step), step);
  }

  private static DoubleSummaryStatistics known(List<Double> values) {
    return values.stream()
        .mapToDouble(Double::doubleValue)
        .filter(value -> !Double.isNaN(value))
        .summaryStatistics();
  }

  /** Returns the next of 1, 2, 2.5, 5 and 10 times a power of ten. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (step <= factor * power * (1 + 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Returns the marks, from the lowest. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    for (int i = 0; low + i * step <= high + step / 2; i++) {
      marks.add(low + i * step);
    }
    return marks;
  }

  /** Returns where a value is on a scale that ends at one height and begins at a lower one. */
  double at(double value, double top, double bottom) {
    return bottom - (value - low) / (high - low) * (bottom - top);
  }
}
