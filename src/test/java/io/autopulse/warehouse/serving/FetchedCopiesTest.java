package io.autopulse.warehouse.serving;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.ForecastLedger;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DuckDB file stands for the warehouse elsewhere: rows come over JDBC, as from any. */
class FetchedCopiesTest {
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
        new Forwarding(warehouse) {
          private int statements;

          @Override
          public Connection connect() {
            Connection connection = super.connect();
            return (Connection)
                Proxy.newProxyInstance(
                    FetchedCopiesTest.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                      statements += method.getName().equals("createStatement") ? 1 : 0;
                      if (statements == 3) {
                        statements++;
                        execute("insert into dealers values ('D2', 'Two', 'X', 'r2')");
                        publish("r2", "2024-06-13 05:00:00");
                      }
                      try {
                        return method.invoke(connection, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    });
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
  void reporterIsGrantedEveryRelationThatPagesRead() throws Exception {
    String script =
        Files.readString(
            Path.of(System.getProperty("basedir", ""), "warehouse/snowflake/dashboard.sql"));
    for (ServedTable table : ServedTable.ALL) {
      List<String> read =
          Pattern.compile("\\{core}\\.(\\w+)")
              .matcher(table.rows())
              .results()
              .map(found -> found.group(1))
              .toList();
      assertThat(table.name(), read.isEmpty(), is(false));
      for (String relation : read) {
        assertThat(
            script,
            containsString(
                " AUTOPULSE.AUTOPULSE_CORE."
                    + relation.toUpperCase(Locale.ROOT)
                    + " to role AUTOPULSE_REPORTER;"));
      }
    }
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

  /** A warehouse that another does the work of. */
  private static class Forwarding implements Warehouse {
    private final Warehouse other;

    Forwarding(Warehouse other) {
      this.other = other;
    }

    @Override
    public Connection connect() {
      return other.connect();
    }

    @Override
    public MigrationReport migrate() {
      return other.migrate();
    }

    @Override
    public List<String> pending() {
      return other.pending();
    }

    @Override
    public String name() {
      return other.name();
    }

    @Override
    public void close() {
      other.close();
    }
  }
}
