package io.autopulse.warehouse.duckdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file beside a DuckDB file that says which run holds it, {@code w.duckdb.holder}: its log of
 * runs cannot be read while it is held. Only a note: what it says of another process than the
 * holder is passed over, and a note that cannot be written or read stops nobody.
 */
final class HolderNote {
  private final Path file;

  private HolderNote(Path file) {
    this.file = file;
  }

  /** Returns the note of a database file. */
  static HolderNote of(Path database) {
    return new HolderNote(database.resolveSibling(database.getFileName() + ".holder"));
  }

  /** Notes that this process holds the file for a run. */
  void write(String runId) {
    try {
      Files.writeString(file, ProcessHandle.current().pid() + " " + runId);
    } catch (IOException e) {
      delete();
    }
  }

  /** Returns the run that a process holds the file for, if it has noted it. */
  Optional<String> run(long processId) {
    try {
      String[] note = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ");
      return note.length == 2 && note[0].equals(String.valueOf(processId))
          ? Optional.of(note[1])
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Takes the note away. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It names a process that holds nothing, and is passed over.
    }
  }
}
