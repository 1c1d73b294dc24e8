package io.autopulse.sink.staging.files;

import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.sink.staging.StagingArea;
import io.autopulse.sink.staging.StagingNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that holds the staged files of runs, a folder a run. Only folders named as runs are
 * ever deleted.
 */
public final class StagingFolder implements StagingArea {
  private static final Pattern FOLDER = Pattern.compile(RUN_ID);

  private final Path root;

  private StagingFolder(Path root) {
    this.root = root;
  }

  /** Returns the folder at a path; it need not exist yet. */
  public static StagingFolder of(Path root) {
    return new StagingFolder(root);
  }

  /** Returns the folder of a run's staged files. */
  Path ofRun(String runId) {
    return root.resolve(runId);
  }

  @Override
  public Staging staging(String runId, long bytes, Set<StagedTable> tables) {
    return new DuckDbStaging(ofRun(runId), new StagingNames(runId), tables);
  }

  @Override
  public void delete(String runId) {
    try {
      delete(ofRun(runId));
      deleteIfEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void deleteAllBut(Supplier<List<String>> running) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try {
      List<Path> folders;
      try (Stream<Path> entries = Files.list(root)) {
        folders =
            entries.filter(f -> FOLDER.matcher(f.getFileName().toString()).matches()).toList();
      }
      List<String> runIds = running.get();
      for (Path folder : folders) {
        if (!runIds.contains(folder.getFileName().toString())) {
          delete(folder);
        }
      }
      deleteIfEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void deleteIfEmpty() throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    boolean empty;
    try (Stream<Path> entries = Files.list(root)) {
      empty = entries.findAny().isEmpty();
    }
    if (empty) {
      Files.deleteIfExists(root);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
