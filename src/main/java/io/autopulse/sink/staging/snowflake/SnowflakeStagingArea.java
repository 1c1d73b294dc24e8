package io.autopulse.sink.staging.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.Staging;
import io.autopulse.sink.staging.StagingArea;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeVariables;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The staging tables of a warehouse in Snowflake, and the folder in object storage that their files
 * lie in, a folder a run. Only what is named as a run's is ever deleted.
 */
public final class SnowflakeStagingArea implements StagingArea {
  private static final Pattern RELATION =
      Pattern.compile("STG_[A-Z_]+__(" + RUN_ID + ")", Pattern.CASE_INSENSITIVE);

  private final SnowflakeWarehouse warehouse;
  private final String stage;
  private final String integration;
  private final Pattern file;

  private SnowflakeStagingArea(SnowflakeWarehouse warehouse, String stage, String integration) {
    this.warehouse = warehouse;
    this.stage = stage;
    this.integration = integration;
    this.file = Pattern.compile(Pattern.quote(stage) + "(" + RUN_ID + ")/.+");
  }

  /**
   * Returns the area that the environment names.
   *
   * @throws InputException if it names none
   */
  public static SnowflakeStagingArea of(SnowflakeWarehouse warehouse) {
    SnowflakeSettings settings = warehouse.settings();
    return new SnowflakeStagingArea(
        warehouse,
        stage(settings),
        settings
            .integration()
            .orElseThrow(
                () ->
                    unset(
                        SnowflakeVariables.INTEGRATION,
                        "Set it to the storage integration by which Snowflake reads that folder")));
  }

  /**
   * Returns the folder in object storage that files are staged in.
   *
   * @throws InputException if the environment names none
   */
  public static String stage(SnowflakeSettings settings) {
    return settings
        .stage()
        .orElseThrow(
            () ->
                unset(
                    SnowflakeVariables.STAGE,
                    "Set it to a folder in S3 that files are staged in, such as s3://bucket/path/"));
  }

  private static InputException unset(String variable, String remedy) {
    return new InputException(variable, "it is not set, and a run stages by it", remedy);
  }

  @Override
  public Staging staging(String runId, long bytes, Set<StagedTable> tables) {
    return new SnowflakeStaging(
        warehouse, new StagingNames(runId), stage + runId + "/", integration, bytes, tables);
  }

  @Override
  public void delete(String runId) {
    deleteWhere(() -> runId::equals);
  }

  @Override
  public void deleteAllBut(Supplier<List<String>> running) {
    deleteWhere(
        () -> {
          List<String> kept = running.get();
          return runId -> !kept.contains(runId);
        });
  }

  private void deleteWhere(Supplier<Predicate<String>> runs) {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      List<Found> relations = relations(statement);
      List<Metadata> files = FileSystems.match(stage + "**", EmptyMatchTreatment.ALLOW).metadata();
      Predicate<String> run = runs.get();
      for (Found relation : relations) {
        if (run.test(relation.runId())) {
          statement.execute("drop " + relation.kind() + " if exists " + relation.name());
        }
      }
      delete(files, run);
    } catch (SQLException e) {
      throw new WarehouseException("drop staging tables", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A relation of a run's staging.
   *
   * @param kind table or view
   */
  private record Found(String kind, String name, String runId) {}

  private static List<Found> relations(Statement statement) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (ResultSet relations =
        statement.executeQuery(
            SqlFile.read(
                SnowflakeStagingArea.class,
                "staging-relations",
                Map.of("core", Warehouse.SCHEMA)))) {
      while (relations.next()) {
        String name = relations.getString(1);
        Matcher relation = RELATION.matcher(name);
        if (relation.matches()) {
          found.add(
              new Found(
                  relations.getString(2).equals("VIEW") ? "view" : "table",
                  name,
                  relation.group(1).toLowerCase(Locale.ROOT)));
        }
      }
    }
    return found;
  }

  private void delete(List<Metadata> found, Predicate<String> run) throws IOException {
    List<ResourceId> files = new ArrayList<>();
    for (Metadata metadata : found) {
      Matcher name = file.matcher(metadata.resourceId().toString());
      if (name.matches() && run.test(name.group(1))) {
        files.add(metadata.resourceId());
      }
    }
    if (!files.isEmpty()) {
      FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
