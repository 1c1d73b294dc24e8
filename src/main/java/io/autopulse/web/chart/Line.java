package io.autopulse.web.chart;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a chart.
 *
 * @param name what it says at its end
 * @param style its class in the style sheet: now, before, year, target
 * @param values one a step; NaN where there is none
 */
public record Line(String name, String style, List<Double> values) {
  /** Copies the values. */
  public Line {
    values = List.copyOf(values);
  }

  /** Makes a line. */
  public static Line of(String name, String style, double... values) {
    return new Line(name, style, Arrays.stream(values).boxed().toList());
  }

  /** Returns a point of a line; NaN where there is none. */
  public static double point(@Nullable BigDecimal value) {
    return value == null ? Double.NaN : value.doubleValue();
  }

  double[] points() {
    return values.stream().mapToDouble(value -> value).toArray();
  }
}
