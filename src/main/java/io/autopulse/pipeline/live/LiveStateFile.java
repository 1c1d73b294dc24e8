package io.autopulse.pipeline.live;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.live.LiveFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code job.yaml} beside the checkpoints of a live job: what they belong to. It is there
 * before the first of them is, and goes with them when they are moved.
 *
 * @param state the run that began the state
 * @param knownSince the first date whose sales were taken from the warehouse then; empty for none
 * @param readWarehouse whether the warehouse could be read then
 * @param manifest what the state depends on
 */
public record LiveStateFile(
    String state, Optional<LocalDate> knownSince, boolean readWarehouse, StateManifest manifest) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String HEAD =
      "# What the checkpoints beside this file belong to; written by each start of the job. Do not edit.\n";

  /** Returns the file of a folder, if it is there. */
  public static Optional<LiveStateFile> read(LiveFolder folder) {
    Path file = path(folder);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode root = YAML.readTree(Files.readString(file));
      JsonNode since = root.path("known_since");
      Map<String, String> values =
          YAML.convertValue(root.required("manifest"), new TypeReference<Map<String, String>>() {});
      return Optional.of(
          new LiveStateFile(
              root.required("state").textValue(),
              since.isMissingNode()
                  ? Optional.empty()
                  : Optional.of(LocalDate.parse(since.textValue())),
              root.required("read_warehouse").booleanValue(),
              new StateManifest(values)));
    } catch (IOException | IllegalArgumentException | DateTimeException | NullPointerException e) {
      throw new InputException(
          file.toString(),
          "this file cannot be read, so it is not known what the checkpoints beside it belong to",
          LiveStart.REMEDY,
          e);
    }
  }

  /** Writes the file: it is there whole, or as it was. */
  void write(LiveFolder folder) {
    ObjectNode root = YAML.createObjectNode();
    root.put("state", state);
    knownSince.ifPresent(date -> root.put("known_since", date.toString()));
    root.put("read_warehouse", readWarehouse);
    ObjectNode values = root.putObject("manifest");
    manifest.values().forEach(values::put);
    Path file = path(folder);
    Path begun = file.resolveSibling(".job.yaml");
    try {
      Files.writeString(begun, HEAD + YAML.writeValueAsString(root));
      try (FileChannel channel = FileChannel.open(begun, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(LiveFolder folder) {
    return folder.checkpoints().resolve("job.yaml");
  }
}
