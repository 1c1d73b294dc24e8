package io.autopulse.warehouse.duckdb;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbWarehouseTest {
  @TempDir private Path directory;

  @Test
  void connectionsOfOneProcessShareTheDatabase() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    try (DuckDbWarehouse first = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        DuckDbWarehouse second = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection writer = first.connect();
        Connection reader = second.connect()) {
      writer.createStatement().execute("insert into dealers values ('d1', null, 'NORTH', 'r1')");
      assertThat(StagedRun.rows(reader, "select dealer_id from dealers"), contains("d1"));
    }
  }

  @Test
  void nothingIsDownloadedAndMemoryIsBounded() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    DuckDbSettings settings =
        DuckDbSettings.RUN.withMemoryLimit("512MiB").withTempDirectory(directory.resolve("spill"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, settings);
        Connection connection = warehouse.connect()) {
      assertThat(
          StagedRun.rows(
              connection,
              "select current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions'), "
                  + "current_setting('preserve_insertion_order'), current_setting('memory_limit'), current_setting('temp_directory')"),
          contains("false|false|false|512.0 MiB|" + directory.resolve("spill")));
    }
  }

  @Test
  void bundledLibraryCarriesWhatTheStatementsUse() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      assertThat(
          StagedRun.rows(
              connection,
              "select extension_name from duckdb_extensions() where loaded and install_mode = 'STATICALLY_LINKED' order by 1"),
          contains("core_functions", "icu", "json", "parquet"));
    }
  }

  @Test
  void readOnlyWarehouseTakesNoWrites() throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.QUERY);
        Connection connection = warehouse.connect()) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> connection.createStatement().execute("delete from sales"));
      assertThat(refused.getMessage(), containsString("read-only"));
    }
  }

  @Test
  void warehouseThatIsNotThereIsNotMadeByReading() {
    Path file = directory.resolve("absent.duckdb");
    assertThat(
        refusal(file, DuckDbSettings.QUERY),
        is(file + ": there is no warehouse. Make one with: autopulse migrate, or a first run"));
    assertThat(Files.exists(file), is(false));
  }

  @Test
  void directoryThatIsNotThereIsNamed() {
    Path file = directory.resolve("absent/a.duckdb");
    assertThat(
        refusal(file, DuckDbSettings.RUN),
        is(file + ": the directory " + directory.resolve("absent") + " does not exist. Create it"));
  }

  @Test
  void fileOfAnotherKindIsRefused() throws IOException {
    Path file = directory.resolve("notes.txt");
    Files.writeString(file, "not a database ".repeat(1000));
    assertThat(
        refusal(file, DuckDbSettings.RUN),
        is(file + ": this is not a DuckDB database. Name another file, or move this one away"));
  }

  @Test
  void pathIsNotTakenForOptions() {
    Path file = directory.resolve("a;threads=1");
    assertThat(refusal(file, DuckDbSettings.RUN), containsString("DuckDB takes ';' in a path"));
  }

  @Test
  void otherSettingsInOneProcessAreRefused() throws IOException {
    Path file = MigratedFile.at(directory.resolve("a.duckdb"));
    DuckDbWarehouse open = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    try {
      assertThat(
          refusal(file, DuckDbSettings.QUERY),
          is(
              file
                  + ": the warehouse is already open in this process with other settings. Close it first"));
    } finally {
      open.close();
    }
  }

  @Test
  void databaseWithoutTheSchemaIsToldApart() {
    Path file = directory.resolve("a.duckdb");
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN)) {
      InputException refused = assertThrows(InputException.class, warehouse::connect);
      assertThat(
          refused.getMessage(),
          is(
              file
                  + ": the database holds no schema AUTOPULSE_CORE. Make it with: autopulse migrate"));
      assertThat(warehouse.name(), is("duckdb:" + file));
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> DuckDbSettings.RUN.withLockWait(Duration.ofSeconds(-1)));
  }

  private static String refusal(Path file, DuckDbSettings settings) {
    return assertThrows(InputException.class, () -> DuckDbWarehouse.open(file, settings).close())
        .getMessage();
  }
}
