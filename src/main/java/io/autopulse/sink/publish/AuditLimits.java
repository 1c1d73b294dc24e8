package io.autopulse.sink.publish;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How much may be wrong, or different, before a person must look.
 *
 * @param maxRejected the largest rejected fraction of a feed's records, 0 to 1
 * @param maxChange the largest fraction of the published sales that may be gone, and the largest
 *     relative change of the units of windows that are published already; absent: {@link
 *     #DEFAULT_CHANGE} of those that are gone or fall, and any growth
 * @param maxConflicting the largest fraction of a feed's records, 0 to 1, that share the key and
 *     moment of another and not its content; absent: {@link #DEFAULT_CONFLICTING}, and any that are
 *     fewer than {@link #FEW_CONFLICTING}
 */
public record AuditLimits(
    BigDecimal maxRejected, Optional<BigDecimal> maxChange, Optional<BigDecimal> maxConflicting) {
  /** A tenth of the records. */
  public static final BigDecimal DEFAULT_CONFLICTING = new BigDecimal("0.1");

  /** How many conflicting records a person must look at, however few there are in all. */
  public static final int FEW_CONFLICTING = 20;

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
    if (maxConflicting.isPresent()
        && (maxConflicting.get().signum() < 0
            || maxConflicting.get().compareTo(BigDecimal.ONE) > 0)) {
      throw new IllegalArgumentException(
          "the conflicting fraction is between 0 and 1, not " + maxConflicting.get());
    }
  }

  /** Returns limits with the default bound on the change. */
  public static AuditLimits rejectedAtMost(String fraction) {
    return new AuditLimits(new BigDecimal(fraction), Optional.empty(), Optional.empty());
  }

  /** Returns the largest fraction of what was published that may be gone. */
  public BigDecimal change() {
    return maxChange.orElse(DEFAULT_CHANGE);
  }

  /** Returns these limits with a bound on the change. */
  public AuditLimits changeAtMost(String fraction) {
    return new AuditLimits(maxRejected, Optional.of(new BigDecimal(fraction)), maxConflicting);
  }

  /** Returns these limits with a bound on conflicting records, however few there are. */
  public AuditLimits conflictingAtMost(String fraction) {
    return new AuditLimits(maxRejected, maxChange, Optional.of(new BigDecimal(fraction)));
  }
}
