package io.autopulse.operations.health;

import io.autopulse.domain.health.ErrorBudget.Look;
import io.autopulse.domain.health.OpenFindings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one look at the health leaves for the next.
 *
 * @param firstLook when health was first looked at
 * @param lastLook when it was last
 * @param open what is open
 * @param looks what the looks of 30 days saw, by objective
 * @param pending alerts that were not delivered yet, the oldest first
 */
record HealthState(
    Instant firstLook,
    Instant lastLook,
    OpenFindings open,
    Map<String, List<Look>> looks,
    List<Pending> pending) {
  /**
   * An alert on its way.
   *
   * @param channel the channel's name
   * @param alert what is sent
   */
  record Pending(String channel, Alert alert) {}

  HealthState {
    looks = Map.copyOf(looks);
    pending = List.copyOf(pending);
  }

  /** Returns the state before the first look. */
  static HealthState before(Instant first) {
    return new HealthState(first, first, OpenFindings.none(), Map.of(), List.of());
  }

  HealthState withPending(List<Pending> left) {
    return new HealthState(firstLook, lastLook, open, looks, left);
  }
}
