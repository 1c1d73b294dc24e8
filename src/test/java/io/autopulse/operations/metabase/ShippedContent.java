package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.operations.metabase.Content.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files that ship in {@code dashboards/metabase}. */
public final class ShippedContent {
  static final Path FOLDER = Path.of("dashboards/metabase");

  private ShippedContent() {}

  static ContentFolder read() {
    return ContentFolder.read(FOLDER, ContentFolder.DASHBOARD);
  }

  static Path copy(Path to) {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(FOLDER.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(Path folder, String name) {
    return folder.resolve("collections/main/autopulse/" + name + ".yaml");
  }

  /** Replaces a text of a file, which must be in it. */
  static void change(Path folder, String name, String from, String to) {
    try {
      Path file = file(folder, name);
      String text = Files.readString(file);
      if (!text.contains(from)) {
        throw new IllegalArgumentException(file + " has no " + from);
      }
      Files.writeString(file, text.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the columns that filters of the questions name, in small letters as DuckDB has them.
   */
  public static Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    for (Content card : read().of(Kind.CARD)) {
      for (JsonNode tag : card.sql().tags().values()) {
        JsonNode field = tag.path("dimension").path(2);
        if (field.isArray()) {
          columns.add(
              field.get(1).asText()
                  + "."
                  + field.get(2).asText().toLowerCase(Locale.ROOT)
                  + "."
                  + field.get(3).asText().toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns;
  }
}
