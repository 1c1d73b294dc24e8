package io.autopulse.sink.staging.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.autopulse.sink.staging.StagedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.util.MimeTypes;

/** The files of a run's staging: Parquet, and the indexes that say which of them count. */
final class StagedFiles {
  /** The end of a staged file's name. */
  static final String SUFFIX = ".parquet";

  private static final String INDEX = "index";
  private static final String BRANCH = "--";

  private StagedFiles() {}

  /** Creates a file of a run's staging, on any file system that Beam knows. */
  static WritableByteChannel create(String staging, String file) throws IOException {
    return FileSystems.create(
        FileSystems.matchNewResource(staging + "/" + file, false), MimeTypes.BINARY);
  }

  /** Returns the name of the index of what one branch of a pipeline stages for a table. */
  static String index(StagedTable table, String branch) {
    return INDEX + "/" + table + BRANCH + branch.replace(' ', '-');
  }

  /**
   * Returns the files of a table that the indexes of the run's staging name; one without rows if
   * there are none.
   */
  static List<Path> of(Path staging, StagedTable table) {
    List<Path> files = new ArrayList<>();
    try {
      Path indexes = staging.resolve(INDEX);
      if (Files.isDirectory(indexes)) {
        try (Stream<Path> entries = Files.list(indexes)) {
          for (Path index : entries.sorted().toList()) {
            if (String.valueOf(index.getFileName()).startsWith(table + BRANCH)) {
              Files.readAllLines(index).forEach(file -> files.add(staging.resolve(file)));
            }
          }
        }
      }
      if (files.isEmpty()) {
        files.add(withoutRows(staging, table));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static Path withoutRows(Path staging, StagedTable table) throws IOException {
    Path file = staging.resolve(table.toString()).resolve("none" + SUFFIX);
    Files.createDirectories(staging.resolve(table.toString()));
    table.write(Files.newByteChannel(file, CREATE, TRUNCATE_EXISTING, WRITE)).close();
    return file;
  }
}
