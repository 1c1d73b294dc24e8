package io.autopulse.cli.marts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

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
          Folders.copy(Objects.requireNonNull(jar.getPath(RESOURCE).getParent()), folder);
        }
      } else {
        Folders.copy(Objects.requireNonNull(Path.of(uri).getParent()), folder);
      }
      return new DbtProject(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
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
