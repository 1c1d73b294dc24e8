package io.autopulse.web.chart;

import java.util.Arrays;

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
    StringBuilder line = new StringBuilder();
    boolean pen = false;
    double x = 0;
    double y = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        pen = false;
        continue;
      }
      x = EDGE + i * (WIDTH - 2 * EDGE) / (values.length - 1);
      y = HEIGHT - EDGE - (values[i] - least) / range * (HEIGHT - 2 * EDGE);
      line.append(pen ? 'L' : 'M')
          .append(Svg.shortNumber(x))
          .append(' ')
          .append(Svg.shortNumber(y));
      pen = true;
    }
    return new Svg("spark", WIDTH, HEIGHT, "")
        .path("line", line.toString())
        .dot("end", x, y, 2.5, "")
        .end();
  }
}
