package io.autopulse.pipeline.manifest;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a run may differ by and still be published.
 *
 * @param maxChange the largest relative change of the units sold in the covered windows against the
 *     last published run, as a fraction of at least 0; empty for no limit
 * @param maxRejected the largest share of the records read that may be rejected, from 0 to 1
 */
public record AuditLimits(Optional<BigDecimal> maxChange, BigDecimal maxRejected) {
  /** Any change, and up to a tenth of the records rejected. */
  public static final AuditLimits DEFAULT =
      new AuditLimits(Optional.empty(), new BigDecimal("0.1"));

  /** Checks the ranges. */
  public AuditLimits {
    if (maxChange.isPresent() && maxChange.get().signum() < 0) {
      throw new IllegalArgumentException("max_change must not be negative");
    }
    if (maxRejected.signum() < 0 || maxRejected.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("max_rejected must be from 0 to 1");
    }
  }
}
