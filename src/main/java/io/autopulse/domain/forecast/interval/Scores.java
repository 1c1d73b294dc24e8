package io.autopulse.domain.forecast.interval;

import java.util.Arrays;

/**
 * Scaled errors, actual less forecast, and how many windows ago they were. They are sorted once;
 * whatever is asked of them later goes through them in order.
 */
final class Scores {
  private final double[] values;
  private final int[] windows;

  private Scores(double[] values, int[] windows) {
    this.values = values;
    this.windows = windows;
  }

  /**
   * Sorts scores.
   *
   * @param byWindow the scaled errors of each window, the last one first
   */
  static Scores of(double[][] byWindow) {
    int count = Arrays.stream(byWindow).mapToInt(window -> window.length).sum();
    double[] values = new double[count];
    int[] windows = new int[count];
    int[] next = new int[byWindow.length];
    double[][] sorted = new double[byWindow.length][];
    for (int w = 0; w < sorted.length; w++) {
      sorted[w] = byWindow[w].clone();
      Arrays.sort(sorted[w]);
    }
    for (int i = 0; i < count; i++) {
      int least = -1;
      for (int w = 0; w < sorted.length; w++) {
        if (next[w] < sorted[w].length
            && (least < 0 || sorted[w][next[w]] < sorted[least][next[least]])) {
          least = w;
        }
      }
      values[i] = sorted[least][next[least]++];
      windows[i] = least;
    }
    return new Scores(values, windows);
  }

  int size() {
    return values.length;
  }

  double value(int index) {
    return values[index];
  }

  /**
   * Returns the scores of the windows before some, as they were known then.
   *
   * @param first the last of the older windows; it becomes window 0
   */
  Scores from(int first) {
    double[] older = new double[values.length];
    int[] ago = new int[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (windows[i] >= first) {
        older[count] = values[i];
        ago[count++] = windows[i] - first;
      }
    }
    return new Scores(Arrays.copyOf(older, count), Arrays.copyOf(ago, count));
  }

  /** Returns the scores of one window. */
  double[] of(int window) {
    double[] those = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (windows[i] == window) {
        those[count++] = values[i];
      }
    }
    return Arrays.copyOf(those, count);
  }

  /** Returns what the next score does not exceed with a probability. */
  double above(double probability, double fading) {
    double[] weights = new double[values.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.pow(fading, windows[i]);
    }
    return Conformal.quantile(values, weights, probability);
  }

  /** Returns below what negative value the next score does not lie with a probability. */
  double below(double probability, double fading) {
    int n = values.length;
    double[] turned = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      turned[i] = -values[n - 1 - i];
      weights[i] = Math.pow(fading, windows[n - 1 - i]);
    }
    return Conformal.quantile(turned, weights, probability);
  }

  /** Returns what the size of the next score does not exceed with a probability. */
  double size(double probability, double fading) {
    int n = values.length;
    double[] sizes = new double[n];
    double[] weights = new double[n];
    int found = Arrays.binarySearch(values, 0);
    int positive = found < 0 ? -found - 1 : found;
    int negative = positive - 1;
    for (int i = 0; i < n; i++) {
      boolean down = positive == n || negative >= 0 && -values[negative] <= values[positive];
      int next = down ? negative-- : positive++;
      sizes[i] = Math.abs(values[next]);
      weights[i] = Math.pow(fading, windows[next]);
    }
    return Conformal.quantile(sizes, weights, probability);
  }
}
