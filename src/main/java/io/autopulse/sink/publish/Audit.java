package io.autopulse.sink.publish;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule that staging must follow before it is published, as a query that returns what breaks it.
 *
 * @param name the name in {@code load_run_audits}
 * @param rule what must hold, one sentence without a final stop
 * @param lookAt where a person finds the cause
 * @param suspects a cheap count that is zero only if nothing breaks the rule, so that the
 *     violations need not be looked for; absent: always look
 * @param violations the query: columns {@code place}, {@code expected}, {@code found}, one row a
 *     violation
 * @param warns whether what breaks the rule is only reported: staging is published all the same
 */
public record Audit(
    String name,
    String rule,
    String lookAt,
    Optional<String> suspects,
    String violations,
    boolean warns) {
  private static final int EXAMPLES = 5;

  /** Returns an audit that always looks for violations. */
  public static Audit of(String name, String rule, String lookAt, String violations) {
    return new Audit(name, rule, lookAt, Optional.empty(), violations, false);
  }

  /** Returns an audit that looks for violations only when a cheap count finds suspects. */
  public static Audit ofSuspects(
      String name, String rule, String lookAt, String suspects, String violations) {
    return new Audit(name, rule, lookAt, Optional.of(suspects), violations, false);
  }

  /** Returns the same audit, which lets staging be published whatever it finds. */
  public Audit asWarning() {
    return new Audit(name, rule, lookAt, suspects, violations, true);
  }

  /** Checks the rule. */
  AuditResult check(Session session) throws SQLException {
    if (suspects.isPresent() && session.number(suspects.get()) == 0) {
      return new AuditResult(name, true, rule);
    }
    List<Violation> examples =
        session.query(
            SqlFile.read(
                Audit.class,
                "audits/violations",
                Map.of("violations", violations, "examples", String.valueOf(EXAMPLES))),
            row ->
                new Violation(
                    row.getString(1), row.getString(2), row.getString(3), row.getLong(4)));
    return examples.isEmpty()
        ? new AuditResult(name, true, rule)
        : new AuditResult(name, warns, (warns ? AuditResult.WARNING : "") + explain(examples));
  }

  private String explain(List<Violation> examples) {
    long total = examples.get(0).total();
    String listed = examples.stream().map(Violation::toString).collect(Collectors.joining("\n"));
    long more = total - examples.size();
    return rule
        + "\n"
        + listed
        + (more == 0 ? "" : "\nand " + more + " more")
        + "\nlook at: "
        + lookAt;
  }

  private record Violation(String place, String expected, String found, long total) {
    @Override
    public String toString() {
      return place + ": expected " + expected + ", found " + found;
    }
  }
}
