package io.autopulse.sink.live.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.sink.live.DropRows;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.staging.parquet.TextRows;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a live job drops, and the loader that takes them. */
class DropBlocksTest {
  @TempDir private Path directory;

  private LiveFolder folder;
  private Path database;

  @BeforeEach
  void make() throws IOException {
    folder = new LiveFolder(directory.resolve("live"));
    database = MigratedFile.at(directory.resolve("test.duckdb"));
  }

  @Test
  void droppedRowsAreLoaded() throws SQLException, IOException {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of("a.csv:1", "a.csv:2", "a.csv:3"))
        .apply(
            DropRows.into(
                new LiveFolderSink(folder),
                LiveTable.REJECTED,
                origin ->
                    Arrays.asList(
                        "sales", origin, "BAD_DATE", "parse", null, "m", "{}", "json", null)));
    pipeline.run().waitUntilFinish();

    assertThat(folder.waiting(LiveTable.REJECTED), is(not(empty())));
    assertThat(load(), contains("a.csv:1|null|m", "a.csv:2|null|m", "a.csv:3|null|m"));
    assertThat(names(), is(empty()));
  }

  @Test
  void fileHasNoNameForReadersBeforeItsBundleEnds() throws Exception {
    DropBlocks.WriteFn write = new DropBlocks.WriteFn(folder.root().toString(), LiveTable.REJECTED);
    write.write(record("a.csv:1"));
    assertThat(folder.waiting(LiveTable.REJECTED), is(empty()));
    assertThat(names(), hasSize(1));

    write.write(record("a.csv:2"));
    write.finishBundle();
    assertThat(folder.waiting(LiveTable.REJECTED), hasSize(1));
    write.finishBundle();
    assertThat(names(), hasSize(1));
    assertThat(load(), contains("a.csv:1|null|m", "a.csv:2|null|m"));
  }

  @Test
  void bundleThatFailsLeavesNoFile() throws Exception {
    DropBlocks.WriteFn write = new DropBlocks.WriteFn(folder.root().toString(), LiveTable.REJECTED);
    write.write(record("a.csv:1"));
    assertThrows(IndexOutOfBoundsException.class, () -> write.write(new byte[] {1}));
    write.tearDown();

    assertThat(names(), is(empty()));
  }

  private static byte[] record(String origin) {
    return TextRows.encode(
        Arrays.asList("sales", origin, "BAD_DATE", "parse", null, "m", "{}", "json", null));
  }

  private List<String> load() throws SQLException {
    LiveLoader loader = new DroppedFiles(folder).loader(database, "r1");
    loader.start();
    loader.load(LiveLoader.Look.AWAY);
    return DroppedFiles.rows(
        database, "select origin, field, message from rejected_records order by all");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.of(LiveTable.REJECTED))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
