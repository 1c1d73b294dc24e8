package io.autopulse.operations.health;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Severity;
import java.util.Locale;

/** A report as JSON. Keys are never renamed; new ones may come. */
public final class HealthJson {
  private static final JsonMapper JSON = new JsonMapper();

  private HealthJson() {}

  /** Returns the text, which ends with a newline. */
  public static String of(HealthReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("at", report.at().toString());
    root.put("warehouse", report.warehouse());
    root.put("healthy", report.isHealthy());
    root.put("errors", report.count(Severity.ERROR));
    root.put("warnings", report.count(Severity.WARNING));
    ArrayNode incidents = root.putArray("incidents");
    report
        .incidents()
        .forEach(
            incident -> {
              ObjectNode node = incidents.addObject();
              write(incident.cause(), node);
              ArrayNode followed = node.putArray("followed");
              incident.followed().forEach(finding -> write(finding, followed.addObject()));
            });
    ArrayNode closed = root.putArray("closed");
    report.closed().forEach(finding -> write(finding, closed.addObject()));
    ArrayNode budgets = root.putArray("objectives");
    report
        .budgets()
        .forEach(
            (name, budget) ->
                budgets
                    .addObject()
                    .put("name", name)
                    .put("objective", budget.objective())
                    .put("bad_seconds", budget.bad().toSeconds())
                    .put("allowed_seconds", budget.allowed().toSeconds())
                    .put("used", budget.used()));
    ArrayNode measures = root.putArray("measures");
    report
        .measures()
        .forEach(
            measure -> {
              ObjectNode node = measures.addObject();
              node.put("name", measure.name().name().toLowerCase(Locale.ROOT));
              ObjectNode labels = node.putObject("labels");
              measure.labels().forEach(labels::put);
              node.put("value", measure.value());
            });
    report.undelivered().forEach(root.putArray("undelivered")::add);
    return root.toPrettyString() + "\n";
  }

  /** Adds what a finding is, in the keys that alerts have too. */
  static void write(Finding finding, ObjectNode node) {
    node.put("key", finding.key());
    node.put("severity", finding.severity().toString());
    node.put("symptom", finding.symptom().toString());
    node.put("subject", finding.subject());
    node.put("message", finding.message());
    node.put("remedy", finding.remedy());
    node.put("runbook", finding.symptom().runbook());
    node.put("since", finding.since().toString());
  }
}
