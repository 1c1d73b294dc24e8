package io.autopulse.operations.rundeck;

import io.autopulse.operations.schedule.JobsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder {@code rundeck} of the source tree, as it is and in copies that tests change. */
final class ShippedFolder {
  static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "rundeck");

  private ShippedFolder() {}

  static RundeckFolder read() {
    return RundeckFolder.read(FOLDER, Optional.empty());
  }

  static JobFile job(String name) {
    return read().jobs().stream().filter(job -> job.name().equals(name)).findFirst().orElseThrow();
  }

  /** Copies the project and its jobs. */
  static Path copy(Path to) {
    try {
      Files.createDirectories(to.resolve("jobs"));
      Files.copy(FOLDER.resolve("project.properties"), to.resolve("project.properties"));
      for (Path file : files()) {
        Files.copy(file, to.resolve("jobs").resolve(file.getFileName()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text, which must be there, in the file of a job. */
  static void change(Path folder, String job, String text, String by) {
    Path file = folder.resolve("jobs").resolve(job + ".yaml");
    try {
      String before = Files.readString(file);
      if (!before.contains(text)) {
        throw new IllegalArgumentException(file + " has no \"" + text + "\"");
      }
      Files.writeString(file, before.replace(text, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the check of a folder says, without the folder's own name. */
  static List<String> problems(Path folder) {
    return new JobsLint(RundeckFolder.read(folder, Optional.empty()), JobsFile.shipped(Map.of()))
        .problems().stream()
            .map(problem -> problem.getMessage().replace(folder + "/", ""))
            .toList();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("jobs"))) {
      return files.sorted().toList();
    }
  }
}
