package io.autopulse.domain.forecast.interval;

import java.util.Arrays;

/** Conformal quantiles: how large the next score is at most, when it is like those before it. */
public final class Conformal {
  private Conformal() {}

  /**
   * Returns the value that the next score does not exceed with a probability: that of rank {@code
   * (n + 1) p}, between two ranks the value between them, for the next rank alone covers up to 1 /
   * (n + 1) more than is said. Above the last rank, where n scores cannot say, the errors are taken
   * as normal: the quantile of Student's t with n degrees of freedom, times the root of the mean of
   * the squared scores, but at least the largest score.
   *
   * @param sorted the scores in ascending order; for an interval around 0 their absolute values
   * @param probability between 0 and 1
   * @return the value; 0 without a score
   */
  public static double quantile(double[] sorted, double probability) {
    int n = sorted.length;
    if (n == 0) {
      return 0;
    }
    double rank = (n + 1) * probability;
    if (rank > n + 1e-9) {
      return student(sorted, probability);
    }
    int below = (int) Math.floor(rank + 1e-9);
    double part = Math.max(0, rank - below);
    double low = sorted[Math.max(0, below - 1)];
    double high = sorted[Math.min(n - 1, below)];
    return low + part * (high - low);
  }

  /**
   * Returns the same of scores that count differently: the next score counts 1, and so does a score
   * that is as like it as can be.
   *
   * @param sorted the scores in ascending order
   * @param weights how much each counts, from 0 to 1
   * @param probability between 0 and 1
   */
  static double quantile(double[] sorted, double[] weights, double probability) {
    double total = Arrays.stream(weights).sum();
    double rank = (total + 1) * probability;
    if (sorted.length == 0 || rank > total + 1e-9) {
      return quantile(sorted, probability);
    }
    double below = 0;
    for (int i = 0; i < sorted.length; i++) {
      double above = below + weights[i];
      if (above >= rank - 1e-9) {
        double low = i == 0 ? sorted[0] : sorted[i - 1];
        return low + (rank - below) / weights[i] * (sorted[i] - low);
      }
      below = above;
    }
    return sorted[sorted.length - 1];
  }

  private static double student(double[] sorted, double probability) {
    double squares = Arrays.stream(sorted).map(score -> score * score).sum();
    double root = Math.sqrt(squares / sorted.length);
    return StudentT.quantile((1 + probability) / 2, sorted.length) * root;
  }
}
