package io.autopulse.warehouse.duckdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file beside a database that says what the process that holds it is doing: DuckDB tells who
 * waits no more than the process. It is only for messages, so whatever goes wrong with it is passed
 * over; what a killed process leaves is told by its number.
 *
 * @param path the file: a process id and a name, in one line
 */
record HolderFile(Path path) {
  /** Returns the file of a database. */
  static HolderFile of(Path database) {
    return new HolderFile(Path.of(database + ".holder"));
  }

  /** Says that this process holds the database. */
  void write(String name) {
    try {
      Files.write(path, (ProcessHandle.current().pid() + " " + name + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      delete();
    }
  }

  /** Returns what a process calls itself; empty if it does not say. */
  String read(long processId) {
    try {
      String[] words = Files.readString(path).strip().split(" ", 2);
      return words.length == 2 && words[0].equals(String.valueOf(processId)) ? words[1] : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Says that this process does not hold the database any more. */
  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // It names this process, which does not hold the database any more: nobody is told.
    }
  }
}
