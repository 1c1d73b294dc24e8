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

  private static double student(double[] sorted, double probability) {
    double squares = Arrays.stream(sorted).map(score -> score * score).sum();
    double root = Math.sqrt(squares / sorted.length);
    return StudentT.quantile((1 + probability) / 2, sorted.length) * root;
  }
}
