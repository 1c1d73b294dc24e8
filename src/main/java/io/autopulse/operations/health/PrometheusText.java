package io.autopulse.operations.health;

import io.autopulse.domain.health.Incident;
import io.autopulse.domain.health.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report in the text format of Prometheus, version 0.0.4: all gauges. */
public final class PrometheusText {
  private static final String PREFIX = "autopulse_";

  private PrometheusText() {}

  /** Returns the text. */
  public static String of(HealthReport report) {
    StringBuilder text = new StringBuilder();
    family(text, "healthy", "1 if nothing is wrong but what is a warning, else 0.");
    sample(text, "healthy", Map.of(), report.isHealthy() ? 1 : 0);
    family(text, "health_look_timestamp_seconds", "When health was looked at.");
    sample(text, "health_look_timestamp_seconds", Map.of(), (double) report.at().getEpochSecond());
    family(text, "incidents", "Open incidents by the severity of their cause.");
    for (Severity severity : Severity.values()) {
      sample(
          text,
          "incidents",
          Map.of("severity", severity.toString()),
          (double) report.count(severity));
    }
    if (!report.incidents().isEmpty()) {
      family(text, "incident_followed", "An open incident: how many findings follow from it.");
      report.incidents().forEach(incident -> incident(text, incident));
    }
    for (Measure.Name name : Measure.Name.values()) {
      List<Measure> measures =
          report.measures().stream().filter(measure -> measure.name() == name).toList();
      if (!measures.isEmpty()) {
        String metric = name.name().toLowerCase(Locale.ROOT);
        family(text, metric, name.help());
        measures.forEach(measure -> sample(text, metric, measure.labels(), measure.value()));
      }
    }
    return text.toString();
  }

  private static void incident(StringBuilder text, Incident incident) {
    sample(
        text,
        "incident_followed",
        Map.of(
            "symptom", incident.cause().symptom().toString(),
            "subject", incident.cause().subject(),
            "severity", incident.cause().severity().toString()),
        incident.followed().size());
  }

  private static void family(StringBuilder text, String name, String help) {
    text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
  }

  private static void sample(
      StringBuilder text, String name, Map<String, String> labels, double value) {
    text.append(PREFIX).append(name);
    if (!labels.isEmpty()) {
      text.append(
          labels.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
              .collect(Collectors.joining(",", "{", "}")));
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
