package io.autopulse.operations.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Incident;
import java.time.Instant;
import java.util.List;

/**
 * What is sent when an incident opens or is over.
 *
 * @param subject a line
 * @param text all of it, for people
 * @param json all of it, for programs; its {@code text} is what chats show
 */
record Alert(String subject, String text, String json) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int SHOWN = 10;

  static Alert opened(Incident incident, Instant at) {
    Finding cause = incident.cause();
    StringBuilder text = new StringBuilder(lines(cause));
    List<Finding> followed = incident.followed();
    if (!followed.isEmpty()) {
      text.append("From it follow ").append(followed.size()).append(":\n");
      followed.stream()
          .limit(SHOWN)
          .forEach(
              f ->
                  text.append("  ")
                      .append(f.subject())
                      .append(' ')
                      .append(f.message())
                      .append('\n'));
      if (followed.size() > SHOWN) {
        text.append("  and ").append(followed.size() - SHOWN).append(" more\n");
      }
    }
    text.append("Remedy: ").append(cause.remedy()).append('\n');
    text.append("Runbook: ").append(cause.symptom().runbook()).append('\n');
    return of("opened", cause, followed, text.toString(), at);
  }

  static Alert closed(Finding finding, Instant at) {
    String text = lines(finding) + "It is over. It was known since " + finding.since() + ".\n";
    return of("closed", finding, List.of(), text, at);
  }

  private static String lines(Finding finding) {
    return finding.severity() + " " + finding.subject() + ": " + finding.message() + "\n";
  }

  private static Alert of(
      String status, Finding cause, List<Finding> followed, String text, Instant at) {
    String subject =
        "Autopulse: "
            + cause.subject()
            + " "
            + cause.symptom()
            + (status.equals("closed") ? " is over" : "");
    ObjectNode json = JSON.createObjectNode();
    json.put("status", status);
    json.put("at", at.toString());
    HealthJson.write(cause, json);
    followed.stream().map(Finding::key).forEach(json.putArray("followed")::add);
    json.put("text", text);
    return new Alert(subject, text, json.toString());
  }

  ObjectNode toJson() {
    return JSON.createObjectNode().put("subject", subject).put("text", text).put("json", json);
  }

  static Alert of(JsonNode node) {
    return new Alert(
        node.required("subject").asText(),
        node.required("text").asText(),
        node.required("json").asText());
  }
}
