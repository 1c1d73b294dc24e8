package io.autopulse.sink;

import io.autopulse.domain.quality.InputException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * The versioned SQL of {@code warehouse/migrations}, applied by Flyway into {@link
 * Warehouse#SCHEMA}. Each file is one transaction: a file that fails leaves nothing behind. See
 * {@code docs/adr/0002-migrations-by-flyway.md} for Flyway's quirks.
 */
final class Migrations {
  private static final String LOCATION = "classpath:io/autopulse/migrations";

  private final String place;
  private final Flyway flyway;

  Migrations(DataSource dataSource, String place) {
    this(dataSource, place, LOCATION);
  }

  /** For tests: migrations from elsewhere. */
  Migrations(DataSource dataSource, String place, String location) {
    this.place = place;
    this.flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .loggers(QuietFlywayLogCreator.class.getName())
            .dataSource(dataSource)
            .defaultSchema(Warehouse.SCHEMA)
            .locations(location)
            .failOnMissingLocations(true)
            .cleanDisabled(true)
            .load();
  }

  /** Applies what is pending. */
  MigrationReport apply() {
    try {
      refuseNewerSchema();
      MigrateResult result = flyway.migrate();
      List<String> applied =
          result.migrations.stream().map(m -> m.version + " " + m.description).toList();
      MigrationInfo current = flyway.info().current();
      return new MigrationReport(
          applied, current == null ? "none" : String.valueOf(current.getVersion()));
    } catch (FlywayValidateException e) {
      throw explained(
          "the schema's history does not agree with this program's migrations: "
              + String.valueOf(e.getMessage()).lines().skip(1).findFirst().orElse(""),
          "A migration is never edited once applied: restore its text, or use a new warehouse",
          e);
    } catch (FlywayException e) {
      throw new IllegalStateException("the migrations failed: " + e.getMessage(), e);
    }
  }

  private void refuseNewerSchema() {
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState().name().startsWith("FUTURE")) {
        throw new InputException(
            place,
            "the schema has version " + migration.getVersion() + ", newer than this program knows",
            "Use the release of Autopulse that made it, or a later one");
      }
    }
  }

  private InputException explained(String problem, String remedy, Exception cause) {
    InputException input = new InputException(place, problem, remedy);
    input.initCause(cause);
    return input;
  }
}
