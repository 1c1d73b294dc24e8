package io.autopulse.warehouse;

/**
 * Told before each statement of the publishing transaction, and before and after its commit: tests
 * stop the process there.
 */
@FunctionalInterface
public interface StatementListener {
  /** Called before a step. What it throws ends the publication. */
  void before(String step);
}
