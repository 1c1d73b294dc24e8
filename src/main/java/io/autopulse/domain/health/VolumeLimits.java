package io.autopulse.domain.health;

/**
 * When the number of a day's sales is not what was expected: it is away from it by more than a
 * share, by more than a count, and by more than it usually is.
 *
 * @param low the share by which it may be below; half a day's sales missing must be seen, so below
 *     0.5
 * @param high the share by which it may be above; a day loaded twice must be seen, so below 1
 * @param count the count by which it may be away: a branch that sells three cars a day is not
 *     judged by the day
 * @param spreads how many robust standard deviations it may be away. Chance alone exceeds 3.5 on
 *     one day in 4,000 on each side
 */
public record VolumeLimits(double low, double high, long count, double spreads) {
  /** Checks the limits. */
  public VolumeLimits {
    if (low <= 0 || low > 1 || high <= 0 || count < 1 || spreads <= 0) {
      throw new IllegalArgumentException(
          "low is from 0 to 1, high and spreads are above 0, count is at least 1");
    }
  }

  /** How a volume is. */
  public enum Verdict {
    /** As expected, or too little is known to tell. */
    USUAL,
    /** Far below. */
    LOW,
    /** Far above. */
    HIGH
  }

  /** Judges the sales of a day. */
  public Verdict judge(long found, ExpectedVolume.Day expected) {
    if (isAway(expected.low() - found, low, expected.low())
        && -expected.deviation(found, expected.low()) > spreads) {
      return Verdict.LOW;
    }
    if (isAway(found - expected.high(), high, expected.high())
        && expected.deviation(found, expected.high()) > spreads) {
      return Verdict.HIGH;
    }
    return Verdict.USUAL;
  }

  private boolean isAway(double distance, double share, double expected) {
    return distance >= count && distance > share * expected;
  }
}
