package io.autopulse.operations.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.health.ErrorBudget.Look;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.OpenFindings;
import io.autopulse.domain.health.OpenFindings.Open;
import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.health.HealthState.Pending;
import io.autopulse.operations.schedule.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state in the jobs' folder, {@code STATE/health/state.json}: written whole, so that a kill
 * leaves the one before or after, and by one look at a time.
 */
final class HealthStateFile implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final FileChannel lock;

  private HealthStateFile(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Opens the state of a folder, and waits for another look to end.
   *
   * @param state the jobs' folder
   * @throws InputException if it cannot be written
   */
  static HealthStateFile open(Path state) {
    Path folder = state.resolve("health");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return new HealthStateFile(folder.resolve("state.json"), channel);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /**
   * Returns the state; empty before the first look.
   *
   * @throws InputException if the file is damaged
   */
  Optional<HealthState> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(state(JSON.readTree(Files.readString(file))));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
      throw new InputException(
          file.toString(),
          "is no state of autopulse health",
          "Restore the file, or delete it: what is open is then alerted again",
          e);
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be read", "Allow this user to read it", e);
    }
  }

  /**
   * Writes the state in the place of the one before.
   *
   * @throws InputException if it cannot be written
   */
  void write(HealthState state) {
    try {
      WholeFile.write(
          file.resolveSibling(".state.json.part"), file, json(state).toPrettyString() + "\n");
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static InputException unwritable(Path file, IOException cause) {
    return new InputException(
        file.toString(),
        "cannot be written",
        "Give the jobs' state folder to the user that runs autopulse health, and room on its disk",
        cause);
  }

  private static ObjectNode json(HealthState state) {
    ObjectNode root = JSON.createObjectNode();
    root.put("first_look", state.firstLook().toString());
    root.put("last_look", state.lastLook().toString());
    ArrayNode open = root.putArray("open");
    new TreeMap<>(state.open().findings())
        .values()
        .forEach(
            one -> {
              Finding finding = one.finding();
              open.addObject()
                  .put("symptom", finding.symptom().toString())
                  .put("subject", finding.subject())
                  .put("message", finding.message())
                  .put("remedy", finding.remedy())
                  .put("since", finding.since().toString())
                  .put("alerted", one.alerted());
            });
    ObjectNode looks = root.putObject("looks");
    new TreeMap<>(state.looks())
        .forEach(
            (objective, all) -> {
              ArrayNode array = looks.putArray(objective);
              all.forEach(
                  look ->
                      array.addObject().put("at", look.at().toString()).put("good", look.good()));
            });
    ArrayNode pending = root.putArray("pending");
    state
        .pending()
        .forEach(
            one ->
                pending
                    .addObject()
                    .put("channel", one.channel())
                    .set("alert", one.alert().toJson()));
    return root;
  }

  private static HealthState state(JsonNode root) {
    Map<String, Open> open = new TreeMap<>();
    root.required("open")
        .forEach(
            node -> {
              Finding finding =
                  new Finding(
                      Symptom.valueOf(
                          node.required("symptom")
                              .asText()
                              .toUpperCase(Locale.ROOT)
                              .replace('-', '_')),
                      node.required("subject").asText(),
                      node.required("message").asText(),
                      node.required("remedy").asText(),
                      Instant.parse(node.required("since").asText()));
              open.put(finding.key(), new Open(finding, node.required("alerted").asBoolean()));
            });
    Map<String, List<Look>> looks = new TreeMap<>();
    root.required("looks")
        .properties()
        .forEach(
            entry -> {
              List<Look> all = new ArrayList<>();
              entry
                  .getValue()
                  .forEach(
                      node ->
                          all.add(
                              new Look(
                                  Instant.parse(node.required("at").asText()),
                                  node.required("good").asBoolean())));
              looks.put(entry.getKey(), all);
            });
    List<Pending> pending = new ArrayList<>();
    root.required("pending")
        .forEach(
            node ->
                pending.add(
                    new Pending(
                        node.required("channel").asText(), Alert.of(node.required("alert")))));
    return new HealthState(
        Instant.parse(root.required("first_look").asText()),
        Instant.parse(root.required("last_look").asText()),
        new OpenFindings(open),
        looks,
        pending);
  }
}
