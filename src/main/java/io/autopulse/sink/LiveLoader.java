package io.autopulse.sink;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.quality.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Loads the files that a live job drops into a {@link LiveFolder}. Each load opens the warehouse,
 * puts what waits into it for two seconds at most, in transactions, deletes the files and closes
 * the warehouse again, so that refreshes and queries get their turn between loads.
 *
 * <p>Small loads leave small row groups. The database merges them when it is closed, but only so
 * often that this takes a hundredth of the time: one merge can take a second.
 *
 * <p>What was loaded before changes nothing: {@code sale_versions} takes versions whose key is new,
 * {@code sales_kpi_live} cells of a higher revision, as the tables of market figures do, {@code
 * trend_features_live} later computations, {@code rejected_records} origins that no run of the job
 * rejected. So a process killed anywhere loses nothing and doubles nothing: before the commit the
 * files are still there, after it they are loaded once more in vain. A file that cannot be read is
 * put aside and named; it holds up no other.
 */
public final class LiveLoader {
  /** The most files of one table that a transaction takes. */
  static final int MOST_FILES = 500;

  /**
   * How long files may follow each other into the warehouse before others get their turn: opening
   * and closing it costs as much as a load.
   */
  private static final Duration TURN = Duration.ofSeconds(2);

  /**
   * A second thread helps no small load and takes time from the job. Row groups are neither written
   * anew before the warehouse is closed nor merged then.
   */
  private static final String FOR_SMALL_LOADS =
      "set threads = 1; set checkpoint_threshold = '256MB'; set max_vacuum_tasks = 0";

  /** How many times as long as merging row groups took they are then left alone. */
  private static final int REST_AFTER_MERGING = 100;

  /** A bundle is written within seconds. */
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  /** A file that waits is safe: nothing is gained by giving up. */
  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(3650);

  private final Path database;
  private final LiveFolder folder;
  private final RunStart run;
  private final String currency;
  private final Clock clock;
  private final Consumer<String> progress;
  private final StatementListener listener;
  private final Duration lockWait;

  /** When row groups may be merged again, by {@link System#nanoTime}. */
  private long mergeAgain = System.nanoTime();

  /**
   * Makes a loader.
   *
   * @param database the DuckDB file
   * @param folder where the files wait
   * @param run what loaded rows and {@code load_runs} carry
   * @param currency the reporting currency: the only one of accepted sales
   * @param clock gives {@code computed_at} and the end of the run
   * @param progress told who holds the warehouse, and which files were put aside
   */
  public LiveLoader(
      Path database,
      LiveFolder folder,
      RunStart run,
      String currency,
      Clock clock,
      Consumer<String> progress) {
    this(database, folder, run, currency, clock, progress, step -> {}, AS_LONG_AS_IT_TAKES);
  }

  /** For tests also: a loader that is watched. */
  LiveLoader(
      Path database,
      LiveFolder folder,
      RunStart run,
      String currency,
      Clock clock,
      Consumer<String> progress,
      StatementListener listener,
      Duration lockWait) {
    this.database = database;
    this.folder = folder;
    this.run = run;
    this.currency = currency;
    this.clock = clock;
    this.progress = progress;
    this.listener = listener;
    this.lockWait = lockWait;
  }

  /**
   * Returns the same loader with another patience while another process holds the warehouse; by
   * default it waits as long as it takes.
   */
  public LiveLoader waitingAtMost(Duration patience) {
    return new LiveLoader(database, folder, run, currency, clock, progress, listener, patience);
  }

  /** Looks at the warehouse while it is open. */
  @FunctionalInterface
  public interface Look {
    /** Looks at nothing. */
    Look AWAY = (load, connection) -> {};

    /**
     * Is called after each load, in no transaction; the warehouse stays open as long as it takes.
     */
    void at(LiveLoad load, Connection connection) throws SQLException;
  }

  /**
   * Makes the folders, brings the warehouse to this program's version and logs the run as RUNNING.
   *
   * @throws InputException if the warehouse cannot be opened or migrated
   */
  public void start() {
    folder.create();
    folder.deleteAbandoned(clock.instant().minus(ABANDONED_AFTER));
    try (Warehouse warehouse = open()) {
      warehouse.migrate();
      new RunLog(warehouse, clock).start(run);
    }
  }

  /** Tells whether a file waits. */
  public boolean hasWork() {
    return Arrays.stream(LiveTable.values()).anyMatch(table -> !folder.waiting(table).isEmpty());
  }

  /**
   * Loads what waits, at most {@value #MOST_FILES} files of a table in a transaction, and goes on
   * while more come, for two seconds.
   *
   * @param look looks at the warehouse before it is closed, also if nothing waited
   * @throws InputException if the warehouse cannot be opened, another process still holds it when
   *     the patience ends, or the thread is interrupted while it waits
   */
  public LiveLoad load(Look look) {
    LiveLoad total = LiveLoad.NOTHING;
    boolean merges = System.nanoTime() - mergeAgain >= 0;
    long closing;
    try (Warehouse warehouse = open();
        Connection connection = warehouse.connect()) {
      Session session = new Session(connection, Map.of());
      session.execute(FOR_SMALL_LOADS);
      long turnEnds = System.nanoTime() + TURN.toNanos();
      do {
        LiveLoad load = load(connection);
        look.at(load, connection);
        total = total.and(load);
      } while (hasWork() && System.nanoTime() < turnEnds);
      if (merges) {
        session.execute("set max_vacuum_tasks = 1");
      }
      closing = System.nanoTime();
    } catch (SQLException e) {
      throw new WarehouseException("load the files of " + folder.root(), e);
    }
    if (merges) {
      long closed = System.nanoTime();
      mergeAgain = closed + REST_AFTER_MERGING * (closed - closing);
    }
    return total;
  }

  /** Logs that the run has ended well. */
  public void end() {
    log(runs -> runs.publish(run.runId()));
  }

  /**
   * Logs that the run failed; what it loaded stays.
   *
   * @param message why, for people
   */
  public void fail(String message) {
    log(runs -> runs.fail(run.runId(), message));
  }

  // Who stops a job does not wait for row groups to be merged.
  private void log(Consumer<RunLog> entry) {
    try (Warehouse warehouse = open();
        Connection connection = warehouse.connect()) {
      new Session(connection, Map.of()).execute(FOR_SMALL_LOADS);
      entry.accept(new RunLog(warehouse, clock));
    } catch (SQLException e) {
      throw new WarehouseException("log the run " + run.runId(), e);
    }
  }

  private Warehouse open() {
    return DuckDbWarehouse.open(
        database, DuckDbSettings.RUN.withLockWait(lockWait).withProgress(progress));
  }

  // The files are listed while the warehouse is held, so that two loaders never take the same ones.
  private LiveLoad load(Connection connection) throws SQLException {
    Session session = new Session(connection, names());
    Map<LiveTable, List<Path>> files = new EnumMap<>(LiveTable.class);
    int quarantined = 0;
    int waiting = 0;
    for (LiveTable table : LiveTable.values()) {
      List<Path> all = folder.waiting(table);
      List<Path> taken = all.subList(0, Math.min(MOST_FILES, all.size()));
      List<Path> read = taken.isEmpty() ? taken : read(session, table, taken);
      files.put(table, read);
      quarantined += taken.size() - read.size();
      waiting += all.size() - taken.size();
    }
    LiveLoad left =
        new LiveLoad(0, 0, 0, 0, 0, 0, Map.of(), quarantined, waiting, Optional.empty());
    if (files.values().stream().allMatch(List::isEmpty)) {
      return left;
    }
    LiveLoad load = publish(session, files).and(left);
    listener.before("delete the files");
    files.values().forEach(LiveLoader::delete);
    return load;
  }

  private Map<String, String> names() {
    return Map.of(
        "core", Warehouse.SCHEMA,
        "run_id", SqlNames.literal(run.runId()),
        "job", "'" + run.job().replace("'", "''") + "'",
        "currency", SqlNames.literal(currency),
        "now", SqlNames.literal(clock.instant()));
  }

  /** Reads the files into the batch's relation, and returns those that could be read. */
  private List<Path> read(Session session, LiveTable table, List<Path> files) throws SQLException {
    try {
      make(session, table, files);
      return files;
    } catch (SQLException e) {
      List<Path> readable = new ArrayList<>();
      for (Path file : files) {
        if (isReadable(session, table, file)) {
          readable.add(file);
        }
      }
      if (readable.size() == files.size()) {
        throw e;
      }
      make(session, table, readable);
      return readable;
    }
  }

  private boolean isReadable(Session session, LiveTable table, Path file) throws SQLException {
    try {
      make(session, table, List.of(file));
      return true;
    } catch (SQLException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      // A machine without memory or space says nothing about the file.
      if (reason.contains("Out of Memory") || reason.contains("No space left")) {
        throw e;
      }
      Path kept = folder.quarantine(table, file);
      progress.accept(
          file.getFileName() + " could not be read and is kept as " + kept + ": " + reason);
      return false;
    }
  }

  private static void make(Session session, LiveTable table, List<Path> files) throws SQLException {
    session.execute(table.make());
    if (files.isEmpty()) {
      return;
    }
    session.execute(table.read(files));
    if (session.any(table.broken())) {
      throw new SQLException("a value is missing that every row must have");
    }
  }

  private LiveLoad publish(Session session, Map<LiveTable, List<Path>> files) throws SQLException {
    Connection connection = session.connection();
    LiveTables tables = new LiveTables(session, listener);
    boolean committed = false;
    connection.setAutoCommit(false);
    try {
      LiveTables.Versions versions = LiveTables.Versions.NONE;
      long panes = 0;
      long figures = 0;
      long features = 0;
      Map<String, Long> rejected = Map.of();
      if (waits(files, LiveTable.VERSIONS)) {
        versions = tables.addVersions();
      }
      if (waits(files, LiveTable.PANES)) {
        panes =
            tables.replace(LiveTable.PANES, Map.of("is_final", "false", "computed_at", "{now}"));
      }
      for (MarketTable table : MarketTable.values()) {
        if (waits(files, LiveTable.of(table))) {
          figures += tables.replace(LiveTable.of(table), Map.of("computed_at", "{now}"));
        }
      }
      if (waits(files, LiveTable.TREND_FEATURES)) {
        features = tables.replace(LiveTable.TREND_FEATURES, Map.of());
      }
      if (waits(files, LiveTable.REJECTED)) {
        rejected = tables.addRejected();
      }
      listener.before("commit");
      connection.commit();
      committed = true;
      return new LiveLoad(
          files.values().stream().mapToInt(List::size).sum(),
          versions.added(),
          versions.superseded(),
          panes,
          figures,
          features,
          rejected,
          0,
          0,
          versions.newest());
    } finally {
      if (!committed) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  private static boolean waits(Map<LiveTable, List<Path>> files, LiveTable table) {
    return !files.getOrDefault(table, List.of()).isEmpty();
  }

  private static void delete(List<Path> files) {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
