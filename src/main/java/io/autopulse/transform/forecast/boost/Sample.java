package io.autopulse.transform.forecast.boost;

/** Which rows are trained on: a share that depends on nothing but the rows. */
final class Sample {
  private Sample() {}

  /**
   * Returns whether a row is taken.
   *
   * @param series what tells the series apart
   * @param origin how many periods are known
   * @param ahead how far ahead the target is
   * @param share the share of all rows that is taken; from 1 on, all are
   */
  static boolean takes(int series, int origin, int ahead, double share) {
    if (share >= 1) {
      return true;
    }
    long mixed = mix(mix(mix(series) ^ origin) ^ ahead);
    return (mixed >>> 11) * 0x1.0p-53 < share;
  }

  // The finaliser of SplitMix64.
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
