package io.autopulse.pipeline.flink;

import io.autopulse.pipeline.live.LiveStateFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints that a live job left in a folder: {@code <folder>/<Flink's job id>/chk-<n>}, a
 * folder a job, of which the newest complete one is where the next start goes on. A checkpoint is
 * complete if its metadata can be read.
 *
 * @param folder where the job's starts keep their checkpoints
 */
public record Checkpoints(Path folder) {
  private static final String METADATA = "_metadata";

  /** Flink's id of a job. */
  private static final Pattern START = Pattern.compile("[0-9a-f]{32}");

  /**
   * Returns the newest complete checkpoint, if there is one.
   *
   * @param progress told of newer ones that cannot be read
   */
  public Optional<Path> newest(Consumer<String> progress) {
    for (Path checkpoint : newestFirst()) {
      if (isComplete(checkpoint)) {
        return Optional.of(checkpoint);
      }
      progress.accept("the checkpoint " + checkpoint + " is not complete and is left out");
    }
    return Optional.empty();
  }

  /** Tells whether any start has left a checkpoint, complete or not. */
  public boolean exist() {
    return starts().stream().anyMatch(start -> !list(start).isEmpty());
  }

  /**
   * Deletes the folders of all starts but the one that wrote a checkpoint. None of them is needed
   * by it: a start's first checkpoint shares nothing with the one that it was restored from. The
   * folder is one job's alone ({@link LiveStateFile}); what Flink did not make there stays.
   */
  public void deleteAllBut(Path checkpoint) {
    for (Path start : starts()) {
      if (!checkpoint.startsWith(start)) {
        delete(start);
      }
    }
  }

  private List<Path> starts() {
    return list(folder).stream()
        .filter(start -> START.matcher(start.getFileName().toString()).matches())
        .filter(Files::isDirectory)
        .toList();
  }

  private List<Path> newestFirst() {
    List<Found> found = new ArrayList<>();
    for (Path start : starts()) {
      for (Path checkpoint : list(start)) {
        Path metadata = checkpoint.resolve(METADATA);
        if (Files.isRegularFile(metadata)) {
          try {
            found.add(new Found(Files.getLastModifiedTime(metadata), checkpoint));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
    return found.stream()
        .sorted(Comparator.comparing(Found::written).reversed())
        .map(Found::checkpoint)
        .toList();
  }

  private record Found(FileTime written, Path checkpoint) {}

  private static boolean isComplete(Path checkpoint) {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(checkpoint.resolve(METADATA)))) {
      org.apache.flink.runtime.checkpoint.Checkpoints.loadCheckpointMetadata(
          in, Checkpoints.class.getClassLoader(), checkpoint.toString());
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
