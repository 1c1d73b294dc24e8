package io.autopulse.cli.marts;

import io.autopulse.testing.ReadyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A Python with dbt whose runs are forks of a process that has started dbt already: {@code
 * src/test/python/marts/warm.py}. For tests that start dbt often and are not about its start.
 */
final class WarmPython implements AutoCloseable {
  private final ReadyProcess process;
  private final Path command;

  private WarmPython(ReadyProcess process, Path command) {
    this.process = process;
    this.command = command;
  }

  /**
   * Starts it.
   *
   * @param python the Python that has dbt
   * @param sources the folder of {@code warm.py}
   * @param project what is parsed to warm dbt up
   * @param folder keeps its socket, command and log
   */
  static WarmPython start(Path python, Path sources, DbtProject project, Path folder)
      throws IOException {
    Path script = sources.resolve("warm.py");
    Path socket = folder.resolve("warm.sock");
    Path log = folder.resolve("warm.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                python.toString(),
                script.toString(),
                socket.toString(),
                project.folder().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("DBT_SEND_ANONYMOUS_USAGE_STATS", "false");
    ReadyProcess process = ReadyProcess.start(builder, log);
    Path command =
        Files.writeString(
            folder.resolve("warm"),
            "#!/bin/sh\nexec '%s' -SE '%s' --call '%s' \"$@\"\n".formatted(python, script, socket));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    return new WarmPython(process, command);
  }

  /** Returns what is run in the place of {@code python}. */
  Path command() {
    return command;
  }

  @Override
  public void close() {
    process.close();
  }
}
