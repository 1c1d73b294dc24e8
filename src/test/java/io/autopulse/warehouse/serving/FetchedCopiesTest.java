package io.autopulse.warehouse.serving;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.ForecastLedger;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.RecordedWarehouse;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DuckDB file stands for the warehouse elsewhere: rows come over JDBC, as from any. */
class FetchedCopiesTest {
  private static final Pattern RELATION =
      Pattern.compile(Warehouse.SCHEMA + "\\.(\\w+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern GRANT =
      Pattern.compile(
          "grant select on (table|view) AUTOPULSE\\.AUTOPULSE_CORE\\.(\\w+) to role AUTOPULSE_REPORTER;");

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection core;
  private ServingFolder folder;

  @BeforeEach
  void open() throws Exception {
    Path file = directory.resolve("elsewhere.duckdb");
    ForecastLedger.at(file).close();
    warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    core = warehouse.connect();
    folder = ServingFolder.at(directory.resolve("fetched"));
    execute(
        """
        insert into sales
        select
            'S' || n, timestamp '2024-01-01 00:00:00.000001', 9007199254740993, 'SOLD',
            timestamp '1969-12-31 23:59:59.999999', date '2024-02-29', null, 'Citroën "É"', '', 'X',
            'BEV', 'D' || n, '🚗', case n when 0 then null else -12345678901234.56 end, 0.01, 'EUR', null, null, 'r1'
        from range(2500) as numbers (n)
        """);
    execute("insert into dealers values ('D1', 'O''Hara', 'X', 'r1')");
    publish("r1", "2024-06-13 04:00:00");
  }

  @AfterEach
  void close() throws SQLException {
    core.close();
    warehouse.close();
  }

  @Test
  void copyHasTheRowsAndTypesOfOneThatTheWarehouseWrites() throws Exception {
    ServingFolder written = ServingFolder.at(directory.resolve("written"));
    written.write(core, "r1");
    assertThat(new FetchedCopies(warehouse, folder).refresh(), is(Optional.of("r1")));
    try (ServingCopy fetched = folder.open("r1");
        ServingCopy expected = written.open("r1");
        Connection found = fetched.connect();
        Connection wanted = expected.connect()) {
      for (ServedTable table : ServedTable.ALL) {
        String rows = "files." + table.name();
        for (String query : List.of("describe " + rows, "select * from " + rows)) {
          assertThat(query, WarehouseRows.of(found, query), is(WarehouseRows.of(wanted, query)));
        }
      }
    }
  }

  @Test
  void runIsFetchedOnce() throws Exception {
    FetchedCopies copies = new FetchedCopies(warehouse, folder);
    copies.refresh();
    assertThat(copies.refresh(), is(Optional.empty()));
    publish("r2", "2024-06-13 05:00:00");
    assertThat(copies.refresh(), is(Optional.of("r2")));
    assertThat(folder.current(), is(Optional.of("r2")));
  }

  @Test
  void runThatPublishesMeanwhileIsFetchedWholeInstead() throws Exception {
    Warehouse busy =
        new RecordedWarehouse(warehouse) {
          @Override
          protected void sending(String sql) throws SQLException {
            if (statements().size() == 3) {
              execute("insert into dealers values ('D2', 'Two', 'X', 'r2')");
              publish("r2", "2024-06-13 05:00:00");
            }
          }
        };
    assertThat(new FetchedCopies(busy, folder).refresh(), is(Optional.of("r2")));
    try (ServingCopy copy = folder.open("r2");
        Connection connection = copy.connect()) {
      assertThat(
          WarehouseRows.of(connection, "select dealer_id from dealers"),
          is(WarehouseRows.of(core, "select dealer_id from dealers")));
    }
    assertThat(Files.exists(folder.path().resolve("r1")), is(false));
  }

  @Test
  void warehouseWithoutARunIsRefused() throws Exception {
    Path empty = MigratedFile.at(directory.resolve("empty.duckdb"));
    try (DuckDbWarehouse none = DuckDbWarehouse.open(empty, DuckDbSettings.RUN)) {
      assertThat(
          assertThrows(InputException.class, () -> new FetchedCopies(none, folder).refresh())
              .getMessage(),
          containsString("no run has published"));
    }
  }

  @Test
  void reporterIsGrantedEveryRelationThatPagesReadAndNoOther() throws Exception {
    execute(
        "insert into load_runs (run_id, job, status, started_at) values ('r2', 'live', 'RUNNING', timestamp '2024-06-13')");
    execute("insert into live_runs values ('r2', 'sales_kpi_live', 'r2', false)");
    execute("insert into sale_versions select * from sales limit 1");
    RecordedWarehouse read = new RecordedWarehouse(warehouse);
    new FetchedCopies(read, folder).refresh();
    new FetchedLive(
            read,
            folder,
            ZoneOffset.UTC,
            Clock.fixed(Instant.parse("2024-02-29T12:00:00Z"), ZoneOffset.UTC))
        .look();
    assertThat(LiveFile.of(folder).read().orElseThrow().cells(), hasSize(1));
    Map<String, String> granted = new TreeMap<>();
    GRANT
        .matcher(
            Files.readString(
                Path.of(System.getProperty("basedir", ""), "warehouse/snowflake/dashboard.sql")))
        .results()
        .forEach(grant -> granted.put(grant.group(2), grant.group(1)));
    Set<String> relations =
        read.statements().stream()
            .flatMap(sql -> RELATION.matcher(sql).results())
            .map(found -> found.group(1).toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(granted.keySet(), is(relations));
    // A grant on a view that says it is of a table is none.
    for (Map.Entry<String, String> relation : granted.entrySet()) {
      assertThat(
          relation.getKey(),
          WarehouseRows.of(
              core,
              "select 1 from information_schema.tables where upper(table_name) = '%s' and table_type = '%s'"
                  .formatted(
                      relation.getKey(),
                      relation.getValue().equals("view") ? "VIEW" : "BASE TABLE")),
          hasSize(1));
    }
  }

  @Test
  void relationThatMayNotBeReadIsNamedWithWhatToDo() {
    Warehouse strict =
        new RecordedWarehouse(warehouse) {
          @Override
          protected void sending(String sql) throws SQLException {
            if (sql.contains("live_runs")) {
              throw new SQLException(
                  "SQL compilation error:\nObject 'LIVE_RUNS' does not exist or not authorized.",
                  "02000",
                  2003);
            }
          }
        };
    assertThat(
        assertThrows(InputException.class, () -> new FetchedCopies(strict, folder).refresh())
            .getMessage(),
        allOf(
            containsString(
                "may not read what the dashboard shows: SQL compilation error: Object 'LIVE_RUNS'"),
            containsString("Run warehouse/snowflake/dashboard.sql")));
  }

  private void publish(String run, String at) throws SQLException {
    execute(
        "insert into load_runs (run_id, job, status, started_at, ended_at) values ('%s', 'erp', 'PUBLISHED', timestamp '%s', timestamp '%s')"
            .formatted(run, at, at));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = core.createStatement()) {
      statement.execute(sql);
    }
  }
}
