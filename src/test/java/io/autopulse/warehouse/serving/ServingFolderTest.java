package io.autopulse.warehouse.serving;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingFolderTest {
  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection core;
  private ServingFolder folder;

  @BeforeEach
  void open() throws IOException {
    // Characters that mean something in SQL or in patterns of files.
    Path file = Files.createDirectory(directory.resolve("it's [a] *"));
    file = MigratedFile.at(file.resolve("test.duckdb"));
    warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    core = warehouse.connect();
    folder = ServingFolder.of(file);
  }

  @AfterEach
  void close() throws SQLException {
    core.close();
    warehouse.close();
  }

  @Test
  void copyHasWhatTheWarehouseHadAndStaysSo() throws Exception {
    target(100);
    folder.write(core, "r1");
    target(200);
    folder.write(core, "r2");
    try (ServingCopy first = folder.open("r1");
        ServingCopy second = folder.open("r2")) {
      assertThat(units(first), is(100L));
      assertThat(units(second), is(200L));
      assertThat(folder.current(), is(Optional.of("r2")));
    }
  }

  @Test
  void copyReadsNoOtherFileAndChangesNothing() throws Exception {
    target(100);
    folder.write(core, "r1");
    Path secret = Files.writeString(directory.resolve("secret.csv"), "a\n1\n");
    try (ServingCopy copy = folder.open("r1");
        Connection connection = copy.connect()) {
      assertThat(
          refusal(connection, "select * from read_csv('" + secret + "')"),
          containsString("Permission"));
      assertThat(
          refusal(connection, "set enable_external_access = true"), containsString("locked"));
      assertThat(
          refusal(connection, "attach '" + directory.resolve("other.duckdb") + "'"),
          containsString("Permission"));
    }
  }

  @Test
  void copyThatFailsLeavesTheOneBefore() throws Exception {
    target(100);
    folder.write(core, "r1");
    execute("drop view AUTOPULSE_CORE.trend_movers");
    assertThrows(SQLException.class, () -> folder.write(core, "r2"));
    assertThat(folder.current(), is(Optional.of("r1")));
    assertThat(Files.exists(folder.path().resolve("r2.tmp")), is(false));
    try (ServingCopy copy = folder.open("r1")) {
      assertThat(units(copy), is(100L));
    }
  }

  @Test
  void pointerToAFolderThatIsGoneIsNone() throws Exception {
    assertThat(folder.exists(), is(false));
    assertThat(folder.current(), is(Optional.empty()));
    folder.write(core, "r1");
    assertThat(folder.exists(), is(true));
    Files.writeString(folder.path().resolve("current"), "gone\n");
    assertThat(folder.current(), is(Optional.empty()));
  }

  @Test
  void copyOfAnOlderProgramIsReplaced() throws Exception {
    folder.write(core, "r1");
    Files.delete(folder.path().resolve("r1").resolve(ServingFolder.TABLES));
    assertThat(folder.current(), is(Optional.empty()));
    target(100);
    folder.write(core, "r1");
    try (ServingCopy copy = folder.open(folder.current().orElseThrow())) {
      assertThat(units(copy), is(100L));
    }
  }

  @Test
  void threeCopiesStayAndThoseThatAreRead() throws Exception {
    target(100);
    folder.write(core, "r1");
    age("r1", 1);
    try (ServingCopy read = folder.open("r1")) {
      for (int run = 2; run <= 6; run++) {
        folder.write(core, "r" + run);
        age("r" + run, run);
      }
      assertThat(copies(), contains("r1", "r4", "r5", "r6"));
      assertThat("still there while it is read", units(read), is(100L));
    }
    folder.write(core, "r7");
    assertThat(copies(), contains("r5", "r6", "r7"));
  }

  @Test
  void whatAKillLeftIsDeletedByTheNextCopy() throws Exception {
    Files.createDirectories(folder.path().resolve("r0.tmp"));
    Files.writeString(folder.path().resolve("r0.tmp").resolve(ServingFolder.TABLES), "half");
    folder.write(core, "r1");
    assertThat(copies(), contains("r1"));
  }

  @Test
  void readersSeeOneCopyOrTheNextWhileTheyAreExchanged() throws Exception {
    target(0);
    folder.write(core, "r0");
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> problem = new AtomicReference<>();
    List<Thread> readers = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      readers.add(new Thread(() -> readUntil(done, problem)));
      readers.get(reader).start();
    }
    for (int run = 1; run <= 8; run++) {
      target(run);
      folder.write(core, "r" + run);
    }
    done.set(true);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(problem.get(), is((Throwable) null));
  }

  private void readUntil(AtomicBoolean done, AtomicReference<Throwable> problem) {
    try {
      while (!done.get()) {
        String name = folder.current().orElseThrow();
        try (ServingCopy copy = folder.open(name)) {
          assertThat("r" + units(copy), is(name));
        } catch (NoSuchFileException e) {
          assertThat("gone while it is the latest", folder.current(), not(Optional.of(name)));
        }
      }
    } catch (Exception | AssertionError e) {
      problem.compareAndSet(null, e);
    }
  }

  private void target(long units) throws SQLException {
    execute("delete from AUTOPULSE_CORE.sales_targets");
    execute(
        "insert into AUTOPULSE_CORE.sales_targets values (date '2024-01-01', 'ALL', 'ALL', 'ALL', "
            + units
            + ", null, 'EUR', null, 'r')");
  }

  private static long units(ServingCopy copy) throws SQLException {
    try (Connection connection = copy.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select sum(units) from sales_targets")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static String refusal(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return String.valueOf(
          assertThrows(SQLException.class, () -> statement.execute(sql)).getMessage());
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = core.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Sets when a copy was made: the clock of files is coarser than copies are quick. */
  private void age(String copy, int seconds) throws IOException {
    Files.setLastModifiedTime(
        folder.path().resolve(copy).resolve(ServingFolder.TABLES),
        FileTime.from(Instant.ofEpochSecond(1_700_000_000L + seconds)));
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> entries = Files.list(folder.path())) {
      return entries
          .filter(Files::isDirectory)
          .map(copy -> copy.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
