package io.autopulse.operations.health;

import io.autopulse.domain.health.ErrorBudget;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Incident;
import io.autopulse.domain.health.Severity;
import io.autopulse.domain.problem.ExitCode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a look at the health saw.
 *
 * @param at when
 * @param warehouse which
 * @param incidents what is wrong, by cause
 * @param closed what was alerted before and is over
 * @param budgets the error budgets by objective
 * @param measures the numbers
 * @param undelivered what could not be delivered and waits, and why; without secrets
 * @param dropped alerts that waited for a channel which is not set up any more
 */
public record HealthReport(
    Instant at,
    String warehouse,
    List<Incident> incidents,
    List<Finding> closed,
    Map<String, ErrorBudget> budgets,
    List<Measure> measures,
    List<String> undelivered,
    List<String> dropped) {
  /** What {@code autopulse health} ends with when something is wrong: it has done its work. */
  public static final int UNHEALTHY = ExitCode.AUDIT;

  /** Keeps its own copies. */
  public HealthReport {
    incidents = List.copyOf(incidents);
    closed = List.copyOf(closed);
    budgets = Collections.unmodifiableMap(new TreeMap<>(budgets));
    measures = List.copyOf(measures);
    undelivered = List.copyOf(undelivered);
    dropped = List.copyOf(dropped);
  }

  /** Returns how many incidents have a cause of that severity. */
  public long count(Severity severity) {
    return incidents.stream().filter(i -> i.cause().severity() == severity).count();
  }

  /** Tells whether nothing is wrong but what is a warning. */
  public boolean isHealthy() {
    return count(Severity.ERROR) == 0;
  }
}
