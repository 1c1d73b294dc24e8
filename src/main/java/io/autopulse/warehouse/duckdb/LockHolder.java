package io.autopulse.warehouse.duckdb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that holds a DuckDB file.
 *
 * @param processId its process id; 0 if DuckDB does not know it
 * @param command its command line, shortened, as far as this user may read it
 * @param name what it calls itself, such as its run; empty if it does not say
 */
record LockHolder(long processId, String command, String name) {
  private static final String LOCKED = "Could not set lock on file";
  private static final Pattern HELD_IN = Pattern.compile("held in (.*?) ?\\(PID (\\d+)\\)");
  private static final int LONGEST_COMMAND = 160;

  /**
   * Returns the holder that DuckDB's message names, or nothing if the message is about something
   * else.
   */
  static Optional<LockHolder> in(String message) {
    if (!message.contains(LOCKED)) {
      return Optional.empty();
    }
    Matcher held = HELD_IN.matcher(message);
    if (!held.find()) {
      return Optional.of(new LockHolder(0, "", ""));
    }
    long processId = Long.parseLong(held.group(2));
    String command =
        ProcessHandle.of(processId)
            .map(ProcessHandle::info)
            .flatMap(info -> info.commandLine().or(info::command))
            .orElse(held.group(1));
    return Optional.of(new LockHolder(processId, shorten(command), ""));
  }

  /** Returns the holder with the name that it gives itself beside the database. */
  LockHolder named(HolderFile file) {
    return new LockHolder(processId, command, file.read(processId));
  }

  private static String shorten(String command) {
    return command.length() <= LONGEST_COMMAND
        ? command
        : command.substring(0, 60) + " … " + command.substring(command.length() - 95);
  }

  @Override
  public String toString() {
    if (processId == 0) {
      return "another process";
    }
    return (name.isEmpty() ? "" : name + ", ")
        + "process "
        + processId
        + (command.isEmpty() ? "" : " (" + command + ")");
  }
}
