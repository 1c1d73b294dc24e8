package io.autopulse.web.chart;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** A small line without marks: the way a figure went. */
public final class Sparkline {
  private static final double WIDTH = 120;
  private static final double HEIGHT = 28;
  private static final double EDGE = 3;

  private Sparkline() {}

  /**
   * Draws the line from its least to its greatest value: it shows a way, not sizes.
   *
   * @param values the last of which is marked; NaN breaks the line
   * @return the picture; empty if there are less than two values
   */
  public static String of(double... values) {
    double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
    if (known.length < 2) {
      return "";
    }
    double least = Arrays.stream(known).min().orElseThrow();
    double most = Arrays.stream(known).max().orElseThrow();
    double range = most == least ? 1 : most - least;
    IntToDoubleFunction x = i -> EDGE + i * (WIDTH - 2 * EDGE) / (values.length - 1);
    DoubleUnaryOperator y = value -> HEIGHT - EDGE - (value - least) / range * (HEIGHT - 2 * EDGE);
    int last = values.length - 1;
    while (Double.isNaN(values[last])) {
      last--;
    }
    return new Svg("spark", WIDTH, HEIGHT, "")
        .path("line", Svg.line(values, x, y))
        .dot("end", x.applyAsDouble(last), y.applyAsDouble(values[last]), 2.5, "")
        .end();
  }
}
