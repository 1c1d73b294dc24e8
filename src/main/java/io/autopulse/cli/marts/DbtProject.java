package io.autopulse.cli.marts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The dbt project of the marts, {@code warehouse/dbt} in the source tree, which the jar carries: a
 * build works on a copy of its own, with its own calendar.
 *
 * @param folder the copy
 */
record DbtProject(Path folder) {
  private static final String RESOURCE = "/io/autopulse/dbt/dbt_project.yml";

  /** Copies the project. */
  static DbtProject copyTo(Path folder) {
    URL resource = Objects.requireNonNull(DbtProject.class.getResource(RESOURCE), RESOURCE);
    try {
      URI uri = resource.toURI();
      if ("jar".equals(uri.getScheme())) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          copy(Objects.requireNonNull(jar.getPath(RESOURCE).getParent()), folder);
        }
      } else {
        copy(Objects.requireNonNull(Path.of(uri).getParent()), folder);
      }
      return new DbtProject(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target);
      }
    }
  }

  /** Deletes the copy, with all that dbt wrote into it. */
  void delete() {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the list of the packages that run it. */
  Path requirements() {
    return folder.resolve("requirements.txt");
  }

  /** Returns the file of the calendar. */
  Path calendar() {
    return folder.resolve("seeds/calendar.csv");
  }
}
