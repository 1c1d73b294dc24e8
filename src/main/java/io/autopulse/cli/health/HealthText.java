package io.autopulse.cli.health;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Incident;
import io.autopulse.domain.health.Severity;
import io.autopulse.operations.health.HealthReport;
import java.util.Locale;

/** A report for people. */
final class HealthText {
  private HealthText() {}

  static String of(HealthReport report, boolean colours) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Health of %s at %s: %s%n".formatted(report.warehouse(), report.at(), verdict(report)));
    report.incidents().forEach(incident -> append(text, incident));
    if (!report.closed().isEmpty()) {
      text.append("\nOver since the last look\n");
      report
          .closed()
          .forEach(
              finding -> text.append("  %s %s%n".formatted(finding.subject(), finding.symptom())));
    }
    if (!report.budgets().isEmpty()) {
      text.append('\n');
      TextTable table =
          TextTable.of(
              Column.text("objective"),
              Column.number("holds"),
              Column.number("bad hours"),
              Column.number("allowed"),
              Column.number("budget used"));
      report
          .budgets()
          .forEach(
              (name, budget) ->
                  table.row(
                      name,
                      percent(budget.objective()),
                      hours(budget.bad().toMinutes()),
                      hours(budget.allowed().toMinutes()),
                      percent(budget.used())));
      table.render(text, colours);
    }
    return text.toString();
  }

  private static String verdict(HealthReport report) {
    long errors = report.count(Severity.ERROR);
    long warnings = report.count(Severity.WARNING);
    return errors + warnings == 0
        ? "nothing is wrong"
        : errors
            + (errors == 1 ? " error, " : " errors, ")
            + warnings
            + (warnings == 1 ? " warning" : " warnings");
  }

  private static void append(StringBuilder text, Incident incident) {
    Finding cause = incident.cause();
    text.append(
        "%n%s  %s  %s, since %s%n"
            .formatted(cause.severity().name(), cause.subject(), cause.symptom(), cause.since()));
    text.append("  %s%n".formatted(cause.message()));
    for (Finding followed : incident.followed()) {
      text.append(
          "  so: %s  %s: %s%n"
              .formatted(followed.subject(), followed.symptom(), followed.message()));
    }
    text.append("  Remedy: %s%n".formatted(cause.remedy()));
    text.append("  Runbook: %s%n".formatted(cause.symptom().runbook()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String hours(long minutes) {
    return String.format(Locale.ROOT, "%.1f", minutes / 60.0);
  }
}
