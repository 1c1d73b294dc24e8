package io.autopulse.domain.forecast.smoothing;

import io.autopulse.domain.forecast.Method;

/**
 * Simple exponential smoothing, named {@code ses}: a level that follows the values. It starts at
 * the first value, and its weight has the smallest sum of squared one-step errors; a golden-section
 * search between 0.01 and 0.99 finds it. Every history is fitted but an empty one, which is
 * forecast by 0, and one whose numbers are too large, which is forecast by its mean.
 */
public final class SimpleSmoothing implements Method {
  private static final double LOWEST = 0.01;
  private static final double HIGHEST = 0.99;
  private static final double NEAR = 1e-12;
  private static final double GOLDEN = (Math.sqrt(5) + 1) / 2;

  @Override
  public String name() {
    return "ses";
  }

  @Override
  public double[] forecast(double[] history, int season, int horizon) {
    if (history.length == 0) {
      return PlainForecast.flat(0, horizon);
    }
    double level = level(history, weight(history));
    return PlainForecast.finite(PlainForecast.flat(level, horizon), history);
  }

  /** Returns the weight of the newest value that has the smallest squared errors. */
  static double weight(double[] y) {
    double low = LOWEST;
    double high = HIGHEST;
    double left = high - (high - low) / GOLDEN;
    double right = low + (high - low) / GOLDEN;
    double atLeft = squares(y, left);
    double atRight = squares(y, right);
    while (high - low >= NEAR && atLeft != atRight) {
      if (atLeft < atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - (high - low) / GOLDEN;
        atLeft = squares(y, left);
      } else if (atRight < atLeft) {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + (high - low) / GOLDEN;
        atRight = squares(y, right);
      } else {
        break; // not a number
      }
    }
    return (low + high) / 2;
  }

  /** Returns the level after a history. */
  static double level(double[] y, double weight) {
    double level = y[0];
    for (int i = 1; i < y.length; i++) {
      level = weight * y[i] + (1 - weight) * level;
    }
    return level;
  }

  private static double squares(double[] y, double weight) {
    double kept = 1 - weight;
    double level = y[0];
    double squares = 0;
    for (int i = 1; i < y.length; i++) {
      double error = y[i] - level;
      squares += error * error;
      level = weight * y[i] + kept * level;
    }
    return squares;
  }
}
