package io.autopulse.sink.publish;

/**
 * What one audit found.
 *
 * @param audit its name, such as {@code kpis-re-added}
 * @param passed whether staging may be published, as far as this audit sees
 * @param detail what was checked; if it failed also what was expected, what was found, and what to
 *     look at
 */
public record AuditResult(String audit, boolean passed, String detail) {}
