package io.autopulse.operations.schedule;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs that recur.
 *
 * @param name what messages call the file
 * @param zone the time zone of all fire times and of {@code {today}}
 * @param state the folder of heartbeats and locks, one for all hosts
 * @param jobs the jobs, in the order written
 */
public record JobsFile(String name, ZoneId zone, Path state, List<ScheduledJob> jobs) {
  /** Keeps its own copy. */
  public JobsFile {
    jobs = List.copyOf(jobs);
  }

  /**
   * Reads a file of jobs, or the one that ships with Autopulse.
   *
   * @param environment the variables that <code>${NAME}</code> stands for
   * @throws InputException with every problem found
   */
  public static JobsFile read(Optional<Path> file, Map<String, String> environment) {
    JobsFileReader reader = new JobsFileReader(environment);
    return file.map(reader::read).orElseGet(reader::shipped);
  }

  /**
   * Reads the jobs that ship with Autopulse.
   *
   * @throws InputException if a variable that they need is wrong
   */
  public static JobsFile shipped(Map<String, String> environment) {
    return read(Optional.empty(), environment);
  }

  /**
   * Returns the job of that name.
   *
   * @throws InputException if there is none
   */
  public ScheduledJob job(String job) {
    return jobs.stream()
        .filter(j -> j.name().equals(job))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    name,
                    "has no job \"" + job + "\"",
                    NearestName.hint(job, jobs.stream().map(ScheduledJob::name).toList())));
  }
}
