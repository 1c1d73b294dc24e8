package io.autopulse.cli.marts;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.pipeline.run.RunIds;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The marts of a warehouse: made by dbt from the core tables, tested, and shown when every test has
 * passed.
 *
 * @param warehouse which
 * @param country whose public holidays are no selling days; empty for no holidays
 * @param patience how long to wait while another process holds a DuckDB file
 * @param home where dbt is installed and builds
 * @param environment the variables of the process
 * @param progress told what takes long
 */
record Marts(
    WarehouseUri warehouse,
    Optional<String> country,
    Duration patience,
    MartsHome home,
    Map<String, String> environment,
    Consumer<String> progress) {
  /**
   * Builds and shows the marts.
   *
   * @param now the time
   * @param arguments further arguments of {@code dbt build}
   * @return what was made
   * @throws MartsFailedException if a test failed; readers then see the marts of before
   * @throws InputException if there is no Python, or the warehouse cannot be used
   */
  DbtResults build(Instant now, List<String> arguments) {
    SellingCalendar calendar = calendar(LocalDate.ofInstant(now, ZoneOffset.UTC));
    Map<String, String> variables = DbtVariables.of(warehouse, environment);
    String build = RunIds.next(now);
    DbtProject project = DbtProject.copyTo(home.build(build));
    calendar.write(project.calendar());
    Path python =
        PythonPackages.interpreter(project.requirements(), home.python(), environment, progress);
    progress.accept("building and testing the marts of " + warehouse);
    DbtResults results = new DbtBuild(python, project, build, variables, arguments).run();
    project.delete();
    return results;
  }

  /**
   * Reads what dates the calendar must have, and finds out before dbt does whether the warehouse
   * can be used.
   */
  SellingCalendar calendar(LocalDate today) {
    DuckDbSettings settings = DuckDbSettings.QUERY.withLockWait(patience).withProgress(progress);
    try (Warehouse opened = Warehouses.open(warehouse, settings, environment);
        Connection connection = opened.connect()) {
      if (!opened.pending().isEmpty()) {
        throw new InputException(
            opened.name(),
            "its tables are older than this program",
            "Bring them to its version: autopulse migrate --warehouse " + warehouse);
      }
      return SellingCalendar.of(Session.ofCore(connection), country, today);
    } catch (SQLException e) {
      throw new WarehouseException("read the dates of the core tables", e);
    }
  }
}
