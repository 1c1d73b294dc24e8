package io.autopulse.operations.schedule;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The heartbeats of all jobs: a file a due run, {@code STATE/heartbeats/JOB/DUE.json}. A file is
 * written whole, so that a reader on any host sees the state before or after, whatever kills the
 * writer.
 */
public final class Heartbeats {
  private static final DateTimeFormatter DUE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String SUFFIX = ".json";

  /** How long heartbeats are kept. */
  public static final Duration KEPT = Duration.ofDays(400);

  private final Path folder;

  /**
   * Opens the heartbeats of a state folder, which need not be there yet.
   *
   * @param state the folder that all hosts see
   */
  public Heartbeats(Path state) {
    this.folder = state.resolve("heartbeats");
  }

  /**
   * Writes a heartbeat in the place of the earlier one of the same due run.
   *
   * @throws InputException if the folder cannot be written
   */
  public void write(Heartbeat heartbeat) {
    Path file = folder.resolve(heartbeat.job()).resolve(DUE.format(heartbeat.due()) + SUFFIX);
    try {
      Files.createDirectories(file.getParent());
      Path whole =
          file.resolveSibling("." + file.getFileName() + "." + heartbeat.processId() + ".part");
      WholeFile.write(whole, file, HeartbeatJson.text(heartbeat));
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "cannot be written",
          "Give the state folder to the user that runs jobs, and room on its disk",
          e);
    }
  }

  /**
   * Returns the heartbeats of a job, the oldest due run first. A run whose process is gone from
   * this machine counts as failed.
   *
   * @throws InputException if a file is damaged
   */
  public List<Heartbeat> of(String job) {
    return files(job).stream().map(Heartbeats::read).toList();
  }

  /**
   * Returns the heartbeats of the runs that were due at an instant or later, the oldest first.
   *
   * @throws InputException if a file is damaged
   */
  public List<Heartbeat> since(String job, Instant due) {
    String first = DUE.format(due);
    return files(job).stream()
        .filter(file -> String.valueOf(file.getFileName()).compareTo(first) >= 0)
        .map(Heartbeats::read)
        .toList();
  }

  /** Returns when the first run that has a heartbeat was due. */
  public Optional<Instant> firstDue(String job) {
    return files(job).stream().findFirst().map(Heartbeats::due);
  }

  private static Instant due(Path file) {
    return DUE.parse(String.valueOf(file.getFileName()).replace(SUFFIX, ""), Instant::from);
  }

  /** Returns the heartbeat of the job's latest due run. */
  public Optional<Heartbeat> latest(String job) {
    List<Path> files = files(job);
    return files.isEmpty() ? Optional.empty() : Optional.of(read(files.get(files.size() - 1)));
  }

  /** Deletes the heartbeats of a job that are due {@link #KEPT} before its latest one. */
  public void deleteOld(String job) {
    List<Path> files = files(job);
    if (files.isEmpty()) {
      return;
    }
    Instant oldest = due(files.get(files.size() - 1)).minus(KEPT);
    try {
      for (Path file : files) {
        if (!due(file).isBefore(oldest)) {
          return;
        }
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files(String job) {
    Path of = folder.resolve(job);
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(of)) {
      return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Heartbeat read(Path file) {
    try {
      Heartbeat heartbeat = HeartbeatJson.read(file.toString(), Files.readString(file));
      return isLost(heartbeat) ? heartbeat.lost() : heartbeat;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLost(Heartbeat heartbeat) {
    return heartbeat.outcome() == Outcome.RUNNING
        && heartbeat.host().equals(RunningProcess.current().host())
        && !new RunningProcess(heartbeat.host(), heartbeat.processId())
            .stillRunsSince(heartbeat.startedAt());
  }
}
