package io.autopulse.cli.dashboard;

import io.autopulse.pipeline.Warehouses;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.serving.FetchedLive;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The serving copies that a dashboard is made of, the first of them written. Of a DuckDB file the
 * runs write the others; of Snowflake this program fetches them, for runs elsewhere cannot.
 */
final class Copies implements Closeable {
  private final ServingFolder folder;
  private final Optional<FetchingCopies> fetching;
  private final Closeable end;

  private Copies(ServingFolder folder, Closeable end) {
    this.folder = folder;
    this.end = end;
    fetching = Optional.empty();
  }

  private Copies(FetchingCopies fetching) {
    folder = fetching.folder();
    end = fetching;
    this.fetching = Optional.of(fetching);
  }

  /**
   * Returns the copies of a dashboard that is served.
   *
   * @param fetched where those of Snowflake go; empty for a folder named like the database
   * @param every how often Snowflake is asked for a new run
   * @param notice told who is waited for, and if an older copy has to do
   */
  static Copies toServe(
      WarehouseUri uri, Optional<Path> fetched, Duration every, Consumer<String> notice)
      throws IOException {
    if (uri instanceof WarehouseUri.Snowflake snowflake) {
      FetchingCopies copies = fetching(snowflake, fetched, notice);
      copies.keepFresh(every);
      return new Copies(copies);
    }
    return new Copies(FirstCopy.of(uri.duckDbFile(), notice), () -> {});
  }

  /**
   * Returns the copies that a file is made of. If nobody serves the DuckDB file, it is a copy that
   * goes with this object: no run has to write copies from then on.
   */
  static Copies toWrite(WarehouseUri uri, Optional<Path> fetched, Consumer<String> notice)
      throws IOException {
    if (uri instanceof WarehouseUri.Snowflake snowflake) {
      FetchingCopies copies = fetching(snowflake, fetched, notice);
      return new Copies(copies);
    }
    Path database = uri.duckDbFile();
    if (ServingFolder.of(database).exists()) {
      return new Copies(FirstCopy.of(database, notice), () -> {});
    }
    ServingFolder own = ServingFolder.at(Files.createTempDirectory("autopulse-dashboard"));
    Copies copies = new Copies(own, own::delete);
    try {
      FirstCopy.into(own, database, notice);
      return copies;
    } catch (RuntimeException e) {
      copies.close();
      throw e;
    }
  }

  private static FetchingCopies fetching(
      WarehouseUri.Snowflake uri, Optional<Path> fetched, Consumer<String> notice)
      throws IOException {
    Warehouse warehouse = Warehouses.open(uri, DuckDbSettings.QUERY, System.getenv());
    Path folder = fetched.orElse(Path.of(uri.account() + "-" + uri.database() + ".serving"));
    return FetchingCopies.of(warehouse, ServingFolder.at(folder), notice);
  }

  /**
   * Keeps what is live fresh while somebody wants to see it. Beside a DuckDB file its live job does
   * that.
   *
   * @param zone of business dates
   * @param isWanted tells whether somebody wants to see it
   */
  void keepLive(ZoneId zone, BooleanSupplier isWanted) {
    fetching.ifPresent(
        copies -> copies.keepLive(zone, Clock.systemUTC(), FetchedLive.PERIOD, isWanted));
  }

  ServingFolder folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    end.close();
  }
}
