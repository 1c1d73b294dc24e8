package io.autopulse.warehouse.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that runs a job.
 *
 * @param host the name of its machine
 * @param processId its process id there
 */
public record RunningProcess(String host, long processId) {
  /** How far the operating system's start of a process and the clock may disagree. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  /** Returns this process. */
  public static RunningProcess current() {
    return new RunningProcess(hostName(), ProcessHandle.current().pid());
  }

  /**
   * Tells whether this process, of this machine, can still be the one that ran at the instant: it
   * lives, and it is not a later one with the same id.
   */
  public boolean stillRunsSince(Instant instant) {
    Optional<ProcessHandle> process = ProcessHandle.of(processId).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return false;
    }
    return process
        .get()
        .info()
        .startInstant()
        .map(started -> started.isBefore(instant.plus(TOLERANCE)))
        .orElse(true);
  }

  // Not InetAddress: it asks the network.
  private static String hostName() {
    try {
      Path kernel = Path.of("/proc/sys/kernel/hostname");
      if (Files.isReadable(kernel)) {
        String name = Files.readString(kernel, StandardCharsets.UTF_8).strip();
        if (!name.isEmpty()) {
          return name;
        }
      }
    } catch (IOException e) {
      // The environment may know it.
    }
    for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
      String name = System.getenv(variable);
      if (name != null && !name.isBlank()) {
        return name;
      }
    }
    return "localhost";
  }
}
