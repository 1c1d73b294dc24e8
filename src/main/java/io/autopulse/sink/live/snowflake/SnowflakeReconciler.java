package io.autopulse.sink.live.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.live.snowflake.Reconciliation.Load;
import io.autopulse.sink.live.snowflake.Reconciliation.Staged;
import io.autopulse.sink.staging.snowflake.SnowflakeStagingArea;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.snowflake.SnowflakePipe;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * Compares the files that live jobs staged with those that Snowflake loaded, by its copy history,
 * and names to Snowpipe again what is missing. The history reaches back {@link #HISTORY}, and so
 * does the memory by which a pipe passes over a file that it has loaded; a row that is loaded twice
 * all the same does no harm.
 */
public final class SnowflakeReconciler {
  /** Snowflake keeps 14 days: what is compared must not be forgotten while it is. */
  public static final Duration HISTORY = Duration.ofDays(13);

  private final SnowflakeWarehouse warehouse;
  private final String stage;
  private final Map<PipeTable, SnowflakePipe> pipes = new HashMap<>();

  private SnowflakeReconciler(SnowflakeWarehouse warehouse, String stage) {
    this.warehouse = warehouse;
    this.stage = stage;
    for (PipeTable table : PipeTable.values()) {
      pipes.put(table, warehouse.settings().pipe(table.pipe()));
    }
  }

  /**
   * Returns the reconciler of a warehouse.
   *
   * @throws InputException if no stage is named, or the user does not log in by a key pair
   */
  public static SnowflakeReconciler of(SnowflakeWarehouse warehouse) {
    return new SnowflakeReconciler(warehouse, SnowflakeStagingArea.stage(warehouse.settings()));
  }

  /**
   * Compares all tables.
   *
   * @param from files staged before it are not compared
   * @param until files staged after it are not compared
   * @throws InputException if Snowflake does not let the user in, or the stage cannot be read
   */
  public List<Reconciliation> compare(Instant from, Instant until) {
    List<Reconciliation> tables = new ArrayList<>();
    try (Connection connection = warehouse.connect()) {
      for (PipeTable table : PipeTable.values()) {
        // Files first: one that is staged and loaded meanwhile is then found in both.
        List<Staged> files = files(table);
        tables.add(
            Reconciliation.of(table.toString(), files, loads(connection, table), from, until));
      }
    } catch (SQLException e) {
      throw new WarehouseException("compare staged files with loaded ones", e);
    }
    return tables;
  }

  /**
   * Names missing files to Snowpipe again; they are not loaded yet when this returns.
   *
   * @throws InputException if Snowpipe refuses
   */
  public void ingest(List<Reconciliation> tables) {
    for (Reconciliation reconciled : tables) {
      PipeTable table = PipeTable.valueOf(reconciled.table().toUpperCase(Locale.ROOT));
      SnowflakePipe pipe = pipes.get(table);
      if (pipe != null && !reconciled.missing().isEmpty()) {
        pipe.ingest(reconciled.missing().stream().map(Reconciliation.Missing::name).toList());
      }
    }
  }

  private List<Staged> files(PipeTable table) {
    String location = table.folder(stage);
    List<Staged> files = new ArrayList<>();
    try {
      for (Metadata file :
          FileSystems.match(location + "**", EmptyMatchTreatment.ALLOW).metadata()) {
        String name = file.resourceId().toString().substring(location.length());
        OwnFolder.identity(name)
            .ifPresent(
                identity ->
                    files.add(
                        new Staged(
                            name, identity, Instant.ofEpochMilli(file.lastModifiedMillis()))));
      }
    } catch (IOException e) {
      throw new InputException(
          location,
          "the stage cannot be listed: " + e.getMessage(),
          "Give the rights of AWS to this command too, s3:ListBucket; and its region: -- --awsRegion=NAME",
          e);
    }
    return files;
  }

  private Map<String, Load> loads(Connection connection, PipeTable table) throws SQLException {
    Map<String, Load> loads = new HashMap<>();
    String sql =
        SqlFile.read(
            SnowflakeReconciler.class,
            "copy-history",
            Map.of(
                "database",
                warehouse.settings().uri().database(),
                "core",
                Warehouse.SCHEMA,
                "table",
                table.name()));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String status = String.valueOf(rows.getString(2)).toLowerCase(Locale.ROOT);
        Load load =
            new Load(
                status.equals("loaded") || status.equals("partially loaded"),
                Optional.ofNullable(rows.getString(3)));
        OwnFolder.identity(String.valueOf(rows.getString(1)))
            .ifPresent(identity -> loads.merge(identity, load, Load::or));
      }
    }
    return loads;
  }
}
