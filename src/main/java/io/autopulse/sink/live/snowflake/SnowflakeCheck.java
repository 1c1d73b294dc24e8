package io.autopulse.sink.live.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Finding;
import io.autopulse.warehouse.SchemaVersion;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.snowflake.SnowflakeProblem;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeVariables;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import io.autopulse.warehouse.table.CoreTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Finds out whether a run could use an account as it was set up. It does what a run does instead of
 * reading grants, which say little where roles inherit: it makes and drops a table of its own, and
 * changes no row of others. What stays is one small file in the stage, the same at every check.
 */
public final class SnowflakeCheck {
  private static final String SET_UP = "Run warehouse/snowflake/setup.sql again";

  private static final int NO_WAREHOUSE = 606;

  private final SnowflakeSettings settings;
  private final WarehouseUri.Snowflake uri;
  private final Consumer<Finding> findings;
  private final String table =
      "STG_AUTOPULSE_CHECK__" + UUID.randomUUID().toString().substring(0, 8);

  private SnowflakeCheck(SnowflakeSettings settings, Consumer<Finding> findings) {
    this.settings = settings;
    this.uri = settings.uri();
    this.findings = findings;
  }

  /**
   * Checks an account, and tells each finding when it is made.
   *
   * @param settings how to reach it
   * @param findings told of each subject
   */
  public static void run(SnowflakeSettings settings, Consumer<Finding> findings) {
    new SnowflakeCheck(settings, findings).run();
  }

  private void run() {
    SnowflakeWarehouse warehouse = SnowflakeWarehouse.open(settings, false);
    try (Connection session = warehouse.session()) {
      findings.accept(
          Finding.ok(
              "login", settings.user() + " by " + settings.means() + " at " + settings.server()));
      findings.accept(role(session));
      findings.accept(virtualWarehouse(session));
      if (schema(session)) {
        tables(warehouse, session);
      } else {
        skip("the schema is not there", "schema version", "create table", "core tables", "stage");
      }
      pipes(session);
    } catch (InputException e) {
      findings.accept(Finding.failed("login", String.valueOf(e.getMessage()), ""));
      skip(
          "there is no login",
          "role",
          "warehouse",
          "schema",
          "schema version",
          "create table",
          "core tables",
          "stage",
          "pipes");
    } catch (SQLException e) {
      // The session could not be closed; everything has been said.
      findings.accept(Finding.failed("login", SnowflakeProblem.firstLine(e), ""));
    }
  }

  private void tables(SnowflakeWarehouse warehouse, Connection session) {
    Finding version = SchemaVersion.of(warehouse);
    findings.accept(version);
    Finding ownTable = ownTable(session);
    findings.accept(ownTable);
    if (version.outcome() == Finding.Outcome.OK) {
      findings.accept(coreTables(session));
    } else {
      skip("their version is another", "core tables");
    }
    if (ownTable.outcome() == Finding.Outcome.OK) {
      findings.accept(stage(session));
    } else {
      skip("no table can be made to read it into", "stage");
    }
  }

  private void skip(String reason, String... subjects) {
    for (String subject : subjects) {
      findings.accept(Finding.skipped(subject, reason));
    }
  }

  private Finding role(Connection session) {
    try {
      if (uri.role().isEmpty()) {
        return Finding.ok("role", "the user's own, " + text(session, "select current_role()"));
      }
      String role = uri.role().get();
      run(session, "use role " + role);
      return Finding.ok("role", role);
    } catch (SQLException e) {
      String role = uri.role().orElse("NAME");
      return failed("role", e, "Grant it: grant role " + role + " to user " + settings.user());
    }
  }

  /** A statement that computes: a suspended warehouse resumes for it, or says that it does not. */
  private Finding virtualWarehouse(Connection session) {
    String name = uri.warehouse().orElse("the user's own");
    try {
      if (uri.warehouse().isPresent()) {
        run(session, "use warehouse " + name);
      }
      text(session, "select sum(column1) from values (1), (2)");
      return Finding.ok("warehouse", name + ", which answered");
    } catch (SQLException e) {
      return failed("warehouse", e, warehouseRemedy());
    }
  }

  private String warehouseRemedy() {
    return uri.warehouse()
        .map(
            name ->
                "Grant it, and let it resume: grant usage on warehouse "
                    + name
                    + " to role "
                    + uri.role().orElse("NAME")
                    + "; alter warehouse "
                    + name
                    + " set auto_resume = true")
        .orElse("Name one in the URI: ?warehouse=NAME");
  }

  private boolean schema(Connection session) {
    String schema = uri.database() + "." + Warehouse.SCHEMA;
    try {
      run(session, "use schema " + schema);
      findings.accept(Finding.ok("schema", schema));
      return true;
    } catch (SQLException e) {
      findings.accept(failed("schema", e, SET_UP + ", then: autopulse migrate"));
      return false;
    }
  }

  private Finding ownTable(Connection session) {
    try {
      run(session, "create table " + table + " (n bigint)");
      try {
        run(session, "insert into " + table + " select 1");
      } finally {
        run(session, "drop table " + table);
      }
      return Finding.ok("create table", "made, filled and dropped " + table);
    } catch (SQLException e) {
      return failed(
          "create table",
          e,
          e.getErrorCode() == NO_WAREHOUSE
              ? warehouseRemedy()
              : "Grant it: grant create table on schema "
                  + uri.database()
                  + "."
                  + Warehouse.SCHEMA
                  + " to role "
                  + uri.role().orElse("NAME"));
    }
  }

  private Finding coreTables(Connection session) {
    List<String> refused = new ArrayList<>();
    String said = "";
    for (CoreTable core : CoreTable.values()) {
      try {
        run(session, "insert into " + core + " select * from " + core + " where false");
        run(session, "delete from " + core + " where false");
      } catch (SQLException e) {
        refused.add(core.toString());
        said = SnowflakeProblem.firstLine(e);
      }
    }
    return refused.isEmpty()
        ? Finding.ok(
            "core tables", CoreTable.values().length + " may be read, added to and deleted from")
        : Finding.failed(
            "core tables",
            "no right to write " + String.join(", ", refused) + " (" + said + ")",
            SET_UP);
  }

  private Finding stage(Connection session) {
    if (settings.stage().isEmpty() || settings.integration().isEmpty()) {
      return Finding.skipped(
          "stage",
          (settings.stage().isEmpty() ? SnowflakeVariables.STAGE : SnowflakeVariables.INTEGRATION)
              + " is not set");
    }
    String folder = settings.stage().get() + "autopulse-check/";
    String by = " storage_integration = " + settings.integration().get();
    String format = " file_format = (type = csv compression = gzip)";
    try {
      run(
          session,
          "copy into '" + folder + "' from (select 1 as n)" + by + format + " overwrite = true");
      run(session, "create table " + table + " (n bigint)");
      try {
        run(session, "copy into " + table + " from '" + folder + "'" + by + format);
        String rows = text(session, "select count(*) from " + table);
        return rows.equals("1")
            ? Finding.ok("stage", "wrote and read a file in " + folder)
            : Finding.failed("stage", folder + " holds other files", "Empty it");
      } finally {
        run(session, "drop table " + table);
      }
    } catch (SQLException e) {
      return failed(
          "stage",
          e,
          "Compare the bucket, "
              + SnowflakeVariables.INTEGRATION
              + ", its storage_allowed_locations, and the rights of its AWS role (s3:GetObject, s3:PutObject, s3:ListBucket)");
    }
  }

  // Whoever only runs refreshes needs none.
  private void pipes(Connection session) {
    List<Finding> found = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    for (PipeTable table : PipeTable.values()) {
      try {
        found.add(pipe(session, table.pipe()));
      } catch (SQLException e) {
        absent.add(table.pipe());
        found.add(failed("pipe " + table.pipe(), e, "Run warehouse/snowflake/pipes.sql"));
      }
    }
    if (absent.size() == found.size()) {
      skip("there are none that this role may see; a live job needs those of pipes.sql", "pipes");
    } else {
      found.forEach(findings);
    }
  }

  private Finding pipe(Connection session, String pipe) throws SQLException {
    String name = uri.database() + "." + Warehouse.SCHEMA + "." + pipe;
    String status = text(session, "select system$pipe_status('" + name + "')");
    return status.contains("\"executionState\":\"RUNNING\"")
        ? Finding.ok("pipe " + pipe, "running")
        : Finding.failed(
            "pipe " + pipe,
            status,
            "Let it run: alter pipe " + name + " set pipe_execution_paused = false");
  }

  private static Finding failed(String subject, SQLException problem, String remedy) {
    return Finding.failed(subject, SnowflakeProblem.firstLine(problem), remedy);
  }

  private static void run(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
