package io.autopulse.warehouse.serving;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of the last publication of a live job's today, {@code live.json} beside the serving
 * copies. It is written under another name and renamed, and read at once: a reader has one
 * publication or the next, never a half of one.
 */
public final class LiveFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  private LiveFile(Path file) {
    this.file = file;
  }

  /** Returns the file of a folder of serving copies. */
  public static LiveFile of(ServingFolder folder) {
    return new LiveFile(folder.path().resolve("live.json"));
  }

  /** Returns what tells one publication from another without reading it; empty if there is none. */
  public Optional<FileTime> version() throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Puts a publication in the place of the one before. */
  void write(LivePublication publication) throws IOException {
    // Two loaders of one job may write at once, each its own file.
    Path begun = Files.createTempFile(file.getParent(), "live", ".tmp");
    try {
      try (OutputStream out = Files.newOutputStream(begun);
          JsonGenerator json = JSON.getFactory().createGenerator(out)) {
        write(json, publication);
      }
      Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  private static void write(JsonGenerator json, LivePublication publication) throws IOException {
    json.writeStartObject();
    json.writeStringField("job", publication.job());
    json.writeStringField("run_id", publication.runId());
    json.writeStringField("timezone", publication.zone().getId());
    json.writeStringField("day", publication.day().toString());
    json.writeStringField("currency", publication.currency());
    json.writeStringField("origin", publication.origin().name());
    json.writeStringField("written_at", publication.writtenAt().toString());
    if (publication.newestEvent().isPresent()) {
      json.writeStringField("newest_event", publication.newestEvent().get().toString());
    }
    if (publication.newestPane().isPresent()) {
      json.writeStringField("newest_pane", publication.newestPane().get().toString());
    }
    json.writeArrayFieldStart("sales");
    for (LivePublication.Cell cell : publication.cells()) {
      json.writeStartArray();
      json.writeNumber(cell.hour());
      for (String member :
          List.of(
              cell.make(),
              cell.model(),
              cell.segment(),
              cell.powertrain(),
              cell.region(),
              cell.dealer())) {
        json.writeString(member);
      }
      json.writeNumber(cell.sold());
      json.writeString(cell.revenue().toPlainString());
      json.writeString(cell.net().toPlainString());
      json.writeString(cell.list().toPlainString());
      json.writeNumber(cell.cancelled());
      json.writeNumber(cell.returned());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads the last publication; empty if no live job has published.
   *
   * @throws IOException if the file cannot be read, or is none of this program's
   */
  public Optional<LivePublication> read() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(publication(JSON.readTree(bytes)));
    } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
      throw new IOException(file + " is no publication of this program: " + e.getMessage(), e);
    }
  }

  private static LivePublication publication(JsonNode root) {
    List<LivePublication.Cell> cells = new ArrayList<>();
    for (JsonNode cell : root.required("sales")) {
      cells.add(
          new LivePublication.Cell(
              cell.required(0).intValue(),
              cell.required(1).textValue(),
              cell.required(2).textValue(),
              cell.required(3).textValue(),
              cell.required(4).textValue(),
              cell.required(5).textValue(),
              cell.required(6).textValue(),
              cell.required(7).longValue(),
              amount(cell, 8),
              amount(cell, 9),
              amount(cell, 10),
              cell.required(11).longValue(),
              cell.required(12).longValue()));
    }
    return new LivePublication(
        root.required("job").textValue(),
        root.required("run_id").textValue(),
        ZoneId.of(root.required("timezone").textValue()),
        LocalDate.parse(root.required("day").textValue()),
        root.required("currency").textValue(),
        // Programs before this one had loaders only.
        LivePublication.Origin.valueOf(
            root.path("origin").asText(LivePublication.Origin.LOADER.name())),
        Instant.parse(root.required("written_at").textValue()),
        moment(root, "newest_event"),
        moment(root, "newest_pane"),
        cells);
  }

  private static BigDecimal amount(JsonNode cell, int column) {
    return new BigDecimal(cell.required(column).textValue());
  }

  private static Optional<Instant> moment(JsonNode root, String key) {
    return root.has(key) ? Optional.of(Instant.parse(root.get(key).textValue())) : Optional.empty();
  }
}
