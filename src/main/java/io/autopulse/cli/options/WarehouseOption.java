package io.autopulse.cli.options;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.warehouse.Finding;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which warehouse to use, for the commands that need no manifest. */
public final class WarehouseOption {
  private static final String VARIABLE = "AUTOPULSE_WAREHOUSE";
  private static final String DEFAULT = "duckdb:autopulse.duckdb";

  @Option(
      names = "--warehouse",
      paramLabel = "URI",
      description =
          "The warehouse: duckdb:PATH, or snowflake://ACCOUNT/DATABASE/AUTOPULSE_CORE?warehouse=NAME&role=NAME (default: "
              + VARIABLE
              + " of the environment, or "
              + DEFAULT
              + ").")
  private @Nullable String uri;

  /**
   * Opens the warehouse.
   *
   * @throws InputException if the URI is none, or the warehouse cannot be opened
   */
  public Warehouse open(DuckDbSettings settings) {
    return Warehouses.open(uri(), settings, System.getenv());
  }

  /** Reads from the warehouse. */
  @FunctionalInterface
  public interface Reading {
    /** Reads by a connection that is closed afterwards. */
    void by(Connection connection) throws SQLException;
  }

  /**
   * Reads from the warehouse, without keeping anybody out for longer.
   *
   * @param purpose what is done, for the message of an error
   * @throws InputException as {@link #open}
   */
  public void read(String purpose, Reading reading) {
    try (Warehouse warehouse = open(DuckDbSettings.QUERY);
        Connection connection = warehouse.connect()) {
      reading.by(connection);
    } catch (SQLException e) {
      throw new WarehouseException(purpose, e);
    }
  }

  /**
   * Finds out whether a run could use the warehouse.
   *
   * @throws InputException if the URI is none, or a variable must be mended first
   */
  public void check(Consumer<Finding> findings) {
    Warehouses.check(uri(), System.getenv(), findings);
  }

  /**
   * Returns the warehouse that the call names, if it names one.
   *
   * @throws InputException if the URI is none
   */
  public Optional<WarehouseUri> given() {
    return Optional.ofNullable(uri).map(text -> parse(text, "--warehouse"));
  }

  /**
   * Returns the warehouse that the call names, or else the environment.
   *
   * @throws InputException if the URI is none
   */
  public WarehouseUri uri() {
    return given().orElseGet(WarehouseOption::usual);
  }

  private static WarehouseUri usual() {
    String environment = System.getenv(VARIABLE);
    return environment == null || environment.isEmpty()
        ? WarehouseUri.parse(DEFAULT)
        : parse(environment, VARIABLE);
  }

  private static WarehouseUri parse(String text, String place) {
    try {
      return WarehouseUri.parse(text);
    } catch (InputException e) {
      throw e.at(place);
    }
  }
}
