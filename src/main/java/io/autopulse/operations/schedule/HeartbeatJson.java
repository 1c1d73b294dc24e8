package io.autopulse.operations.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.problem.InputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A heartbeat as JSON. Keys that a later version adds are passed over. */
final class HeartbeatJson {
  private static final JsonMapper JSON = new JsonMapper();

  private HeartbeatJson() {}

  static String text(Heartbeat heartbeat) {
    ObjectNode node = JSON.createObjectNode();
    node.put("job", heartbeat.job());
    node.put("due", heartbeat.due().toString());
    node.put("started_at", heartbeat.startedAt().toString());
    heartbeat.endedAt().ifPresent(ended -> node.put("ended_at", ended.toString()));
    node.put("outcome", heartbeat.outcome().name());
    node.put("exit_code", heartbeat.exitCode());
    node.put("attempts", heartbeat.attempts());
    heartbeat.runIds().forEach(node.putArray("run_ids")::add);
    node.put("message", heartbeat.message());
    node.put("started_by", heartbeat.startedBy());
    node.put("host", heartbeat.host());
    node.put("process_id", heartbeat.processId());
    return node.toPrettyString() + "\n";
  }

  /**
   * Reads a heartbeat.
   *
   * @param place the file, for messages
   * @throws InputException if it is none
   */
  static Heartbeat read(String place, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      List<String> runIds = new ArrayList<>();
      node.required("run_ids").forEach(id -> runIds.add(id.asText()));
      return new Heartbeat(
          node.required("job").asText(),
          Instant.parse(node.required("due").asText()),
          Instant.parse(node.required("started_at").asText()),
          Optional.ofNullable(node.get("ended_at")).map(JsonNode::asText).map(Instant::parse),
          Outcome.valueOf(node.required("outcome").asText()),
          node.required("exit_code").asInt(),
          node.required("attempts").asInt(),
          runIds,
          node.required("message").asText(),
          node.required("started_by").asText(),
          node.required("host").asText(),
          node.required("process_id").asLong());
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw new InputException(
          place,
          "is not a heartbeat of a job",
          "Restore the file, or delete it: the run then counts as not made",
          e);
    }
  }
}
