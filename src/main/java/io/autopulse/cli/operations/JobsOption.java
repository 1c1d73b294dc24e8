package io.autopulse.cli.operations;

import io.autopulse.operations.schedule.JobsFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file of the jobs that recur. */
public final class JobsOption {
  @Option(
      names = "--jobs",
      paramLabel = "FILE",
      defaultValue = "${env:AUTOPULSE_JOBS}",
      description =
          "The YAML file of the jobs (default: AUTOPULSE_JOBS of the environment, or the jobs that ship with Autopulse).")
  private @Nullable Path file;

  /**
   * Reads the file.
   *
   * @throws io.autopulse.domain.problem.InputException with every problem in it
   */
  public JobsFile read() {
    return JobsFile.read(Optional.ofNullable(file), System.getenv());
  }
}
