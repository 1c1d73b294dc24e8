package io.autopulse.warehouse.schema;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * The versioned SQL of {@code warehouse/migrations}, applied by Flyway into {@link
 * Warehouse#SCHEMA}. In DuckDB each file is one transaction: a file that fails leaves nothing
 * behind. In Snowflake a statement that defines something commits, so a file that fails leaves what
 * came before. See {@code docs/adr/0002-migrations-by-flyway.md} for Flyway's quirks.
 */
public final class Migrations {
  private static final String LOCATION = "classpath:io/autopulse/migrations";

  private final String place;
  private final Flyway flyway;

  /**
   * Prepares the migrations of a database.
   *
   * @param connections opens connections to it; they are closed here
   * @param place the warehouse's name, for messages
   */
  public Migrations(Connections connections, String place) {
    this(connections, place, LOCATION);
  }

  /** For tests: migrations from elsewhere. */
  Migrations(Connections connections, String place, String location) {
    this.place = place;
    this.flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .loggers(QuietFlywayLogCreator.class.getName())
            .dataSource(new SuppliedDataSource(connections))
            .defaultSchema(Warehouse.SCHEMA)
            .locations(location)
            .failOnMissingLocations(true)
            .cleanDisabled(true)
            .load();
  }

  /**
   * Applies what is pending.
   *
   * @return what was applied
   * @throws InputException if the schema is newer than this program, was edited by hand, or holds
   *     half of a migration
   */
  public MigrationReport apply() {
    try {
      refuseUnusableSchema();
      MigrateResult result = flyway.migrate();
      List<String> applied =
          result.migrations.stream().map(m -> m.version + " " + m.description).toList();
      MigrationInfo current = flyway.info().current();
      return new MigrationReport(
          applied, current == null ? "none" : String.valueOf(current.getVersion()));
    } catch (FlywayValidateException e) {
      throw new InputException(
          place,
          "the schema's history does not agree with this program's migrations: "
              + String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElse(""),
          "A migration is never edited once applied: restore its text, or use a new warehouse",
          e);
    } catch (FlywayException e) {
      throw new IllegalStateException("the migrations failed: " + e.getMessage(), e);
    }
  }

  /**
   * Returns what {@link #apply} would apply, each as {@code version description}.
   *
   * @throws InputException as {@link #apply}
   */
  public List<String> pending() {
    try {
      refuseUnusableSchema();
      return Arrays.stream(flyway.info().pending())
          .map(migration -> migration.getVersion() + " " + migration.getDescription())
          .toList();
    } catch (FlywayException e) {
      throw new IllegalStateException("the migrations cannot be read: " + e.getMessage(), e);
    }
  }

  private void refuseUnusableSchema() {
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState() == MigrationState.FAILED) {
        throw new InputException(
            place,
            "migration "
                + migration.getVersion()
                + " failed half way, and this warehouse keeps what came before",
            "Drop what it made and its row in "
                + Warehouse.SCHEMA
                + ".\"flyway_schema_history\", then run: autopulse migrate");
      }
      if (migration.getState().name().startsWith("FUTURE")) {
        throw new InputException(
            place,
            "the schema has version " + migration.getVersion() + ", newer than this program knows",
            "Use the release of Autopulse that made it, or a later one");
      }
    }
  }

  /** Opens a connection to the database that is migrated. */
  @FunctionalInterface
  public interface Connections {
    /** Returns a new connection, which the caller closes. */
    Connection open() throws SQLException;
  }
}
