package io.autopulse.sink;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much may be wrong, or different, before a person must look.
 *
 * @param maxRejected the largest rejected fraction of a feed's records, 0 to 1
 * @param maxChange the largest fraction of the published sales that may be gone, and the largest
 *     relative change of the units of windows that are published already; absent: {@link
 *     #DEFAULT_CHANGE} of those that are gone or fall, and any growth
 */
public record AuditLimits(BigDecimal maxRejected, Optional<BigDecimal> maxChange) {
  /** A half. */
  public static final BigDecimal DEFAULT_CHANGE = new BigDecimal("0.5");

  /** Up to a tenth of the records rejected, and the default change. */
  public static final AuditLimits DEFAULT = rejectedAtMost("0.1");

  /** Checks the ranges. */
  public AuditLimits {
    if (maxRejected.signum() < 0 || maxRejected.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "the rejected fraction is between 0 and 1, not " + maxRejected);
    }
    if (maxChange.isPresent() && maxChange.get().signum() < 0) {
      throw new IllegalArgumentException("the change is not negative: " + maxChange.get());
    }
  }

  /** Returns limits with the default bound on the change. */
  public static AuditLimits rejectedAtMost(String fraction) {
    return new AuditLimits(new BigDecimal(fraction), Optional.empty());
  }

  /** Returns the largest fraction of what was published that may be gone. */
  BigDecimal change() {
    return maxChange.orElse(DEFAULT_CHANGE);
  }

  /** Returns these limits with a bound on the change. */
  public AuditLimits changeAtMost(String fraction) {
    return new AuditLimits(maxRejected, Optional.of(new BigDecimal(fraction)));
  }
}
