package io.autopulse.domain.forecast.interval;

/** Student's t distribution. */
final class StudentT {
  private StudentT() {}

  /**
   * Returns a quantile, found by halving: the distribution function is a finite sum for a whole
   * number of degrees (Abramowitz and Stegun, 26.7.3 and 26.7.4).
   *
   * @param probability above one half
   * @param degrees of freedom, at least 1
   */
  static double quantile(double probability, int degrees) {
    double low = 0;
    double high = 1e6;
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if ((1 + between(middle, degrees)) / 2 < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the probability of a value between -t and t. */
  private static double between(double t, int degrees) {
    double angle = Math.atan(t / Math.sqrt(degrees));
    double cosine = Math.cos(angle);
    double term = degrees % 2 == 0 ? 1 : cosine;
    double sum = degrees == 1 ? 0 : term;
    for (int k = degrees % 2 == 0 ? 1 : 2; k <= degrees - 3; k += 2) {
      term *= cosine * cosine * k / (k + 1);
      sum += term;
    }
    return degrees % 2 == 0 ? Math.sin(angle) * sum : 2 / Math.PI * (angle + Math.sin(angle) * sum);
  }
}
