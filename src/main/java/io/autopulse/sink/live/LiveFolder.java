package io.autopulse.sink.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder between a live job and the process that loads its files: {@code <root>/<table>/} holds
 * the files of a table that wait, {@code <root>/quarantine/<table>/} those that could not be read,
 * {@code <root>/checkpoints} the job's checkpoints, {@code <root>/known} the sales that the job
 * took from the warehouse when it began. A file of another name than {@code *.parquet}, or one that
 * begins with a dot, is still being written.
 *
 * @param root shared by the job's workers and the loader
 */
public record LiveFolder(Path root) {
  /** The end of a complete file's name. */
  public static final String SUFFIX = ".parquet";

  /** The beginning of the name of a file that is still being written. */
  public static final String HIDDEN = ".";

  private static final String QUARANTINE = "quarantine";

  /** Returns the folder of a table's waiting files. */
  public Path of(LiveTable table) {
    return root.resolve(table.toString());
  }

  /** Returns the folder of the job's checkpoints. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Returns the folder of the sales that the job took from the warehouse. */
  public Path known() {
    return root.resolve("known");
  }

  /** Makes the folders that are absent. */
  public void create() {
    try {
      for (LiveTable table : LiveTable.values()) {
        Files.createDirectories(of(table));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    createCheckpoints();
  }

  /** Makes the folder of the job's checkpoints, for a job that drops no files. */
  public void createCheckpoints() {
    try {
      Files.createDirectories(checkpoints());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the complete files of a table, oldest first. */
  public List<Path> waiting(LiveTable table) {
    if (!Files.isDirectory(of(table))) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(of(table))) {
      return entries
          .filter(file -> isComplete(file.getFileName().toString()))
          .map(Waiting::of)
          .filter(Objects::nonNull)
          .sorted()
          .map(Waiting::file)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isComplete(String name) {
    return name.endsWith(SUFFIX) && !name.startsWith(HIDDEN);
  }

  /** Deletes files that were begun, and not written to since an instant: their workers are gone. */
  public void deleteAbandoned(Instant before) {
    for (LiveTable table : LiveTable.values()) {
      try (Stream<Path> entries = Files.list(of(table))) {
        for (Path file : entries.toList()) {
          if (file.getFileName().toString().startsWith(HIDDEN)
              && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          }
        }
      } catch (NoSuchFileException e) {
        // It has got its name since the folder was read.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Moves a file out of the way, and returns where it is kept. */
  public Path quarantine(LiveTable table, Path file) {
    try {
      Path folder = Files.createDirectories(root.resolve(QUARANTINE).resolve(table.toString()));
      return Files.move(
          file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Waiting(FileTime written, Path file) implements Comparable<Waiting> {
    private static final Comparator<Waiting> ORDER =
        Comparator.comparing(Waiting::written).thenComparing(Waiting::file);

    /** Returns nothing if the file has gone since its folder was read. */
    static @Nullable Waiting of(Path file) {
      try {
        return new Waiting(Files.getLastModifiedTime(file), file);
      } catch (NoSuchFileException e) {
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int compareTo(Waiting other) {
      return ORDER.compare(this, other);
    }
  }
}
