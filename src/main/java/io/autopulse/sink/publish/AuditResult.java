package io.autopulse.sink.publish;

/**
 * What one audit found.
 *
 * @param audit its name, such as {@code kpis-re-added}
 * @param passed whether staging may be published, as far as this audit sees
 * @param detail what was checked; if it failed or warns also what was expected, what was found, and
 *     what to look at
 */
public record AuditResult(String audit, boolean passed, String detail) {
  /** What the detail of a warning begins with. */
  static final String WARNING = "warning: ";

  /** Tells whether the rule is broken, and staging may be published all the same. */
  public boolean warns() {
    return passed && detail.startsWith(WARNING);
  }
}
