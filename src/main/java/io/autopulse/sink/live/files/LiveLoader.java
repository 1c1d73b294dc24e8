package io.autopulse.sink.live.files;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.problem.InputException;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.Transaction;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.runs.RunLog;
import io.autopulse.warehouse.runs.RunStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Loads the files that a live job drops into a {@link LiveFolder}. Each load opens the warehouse,
 * puts what waits into it, in transactions, deletes the files and closes the warehouse again, so
 * that refreshes and queries get their turn between loads. Panes come first: they are what readers
 * look at while it is live.
 *
 * <p>Small loads leave small row groups. The database merges them when it is closed, but only so
 * often that this takes a three-hundredth of the time: one merge can take a second or two.
 *
 * <p>What was loaded before changes nothing: {@code sale_versions} takes versions whose key is new,
 * {@code sales_kpi_live} all panes, of which {@code sales_kpi_current} shows the highest revision,
 * the tables of market figures vintages of a higher revision, {@code trend_features_live} later
 * computations, {@code rejected_records} records that no run of the job rejected at their place. So
 * a process killed anywhere loses nothing and doubles nothing: before the commit the files are
 * still there, after it they are loaded once more in vain. A file that cannot be read is put aside
 * and named; it holds up no other.
 */
public final class LiveLoader {
  /** The most files of one table that a transaction takes. */
  static final int MOST_FILES = 500;

  /**
   * After which time a busy stream gives others their turn: opening and closing the warehouse costs
   * as much as a load.
   */
  private static final Duration TURN = Duration.ofSeconds(2);

  /** A stream that changes so many cells at once waits for the next with the warehouse open. */
  private static final long PANES_OF_A_BUSY_STREAM = 5_000;

  /** From what a pane brought until the next one, of a second, brings something. */
  private static final Duration NEXT_PANE = Duration.ofMillis(800);

  /** From one worker's file of a pane to the next one's. */
  private static final Duration SAME_PANE = Duration.ofMillis(150);

  /** How often files are looked for meanwhile: one from another machine raises no event here. */
  private static final Duration STEP = Duration.ofMillis(25);

  /** Restatements never keep records waiting for longer than so many loads. */
  private static final int MOST_LOADS = 8;

  /**
   * A second thread helps no small load and takes time from the job. Row groups are neither written
   * anew before the warehouse is closed nor merged then.
   */
  private static final String FOR_SMALL_LOADS =
      "set threads = 1; set checkpoint_threshold = '256MB'; set max_vacuum_tasks = 0";

  /** How many times as long as merging row groups took they are then left alone. */
  private static final int REST_AFTER_MERGING = 300;

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
  private final boolean hurried;

  private final OutdonePanes outdone;

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
    this(database, folder, run, currency, clock, progress, step -> {}, AS_LONG_AS_IT_TAKES, false);
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
      Duration lockWait,
      boolean hurried) {
    this.database = database;
    this.folder = folder;
    this.run = run;
    this.currency = currency;
    this.clock = clock;
    this.progress = progress;
    this.listener = listener;
    this.lockWait = lockWait;
    this.hurried = hurried;
    this.outdone = new OutdonePanes(run.startedAt());
  }

  /**
   * Returns the same loader in a hurry: it leaves the upkeep of the tables to others.
   *
   * @param patience how long it waits while another process holds the warehouse; by default as long
   *     as it takes
   */
  public LiveLoader inAHurry(Duration patience) {
    return new LiveLoader(
        database, folder, run, currency, clock, progress, listener, patience, true);
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
    start(warehouse -> new RunLog(warehouse, clock).start(run));
  }

  /**
   * The same with another way to log the run.
   *
   * @param log logs it in the warehouse, or refuses it
   */
  public void start(Consumer<Warehouse> log) {
    folder.create();
    folder.deleteAbandoned(clock.instant().minus(ABANDONED_AFTER));
    try (Warehouse warehouse = open()) {
      warehouse.migrate();
      log.accept(warehouse);
    }
  }

  /** Loads all that waits, then hands the warehouse out while it is open. */
  public void loadAllThen(Consumer<Warehouse> work) {
    while (hasWork()) {
      load(Look.AWAY);
    }
    try (Warehouse warehouse = open()) {
      work.accept(warehouse);
    }
  }

  /** Tells whether a file waits. */
  public boolean hasWork() {
    return hasFiles(LiveTable.RESTATED) || hasFiles(LiveTable.RECORDS);
  }

  /**
   * Tells whether a file waits whose rows restate others: what readers look at while it is live.
   */
  public boolean hasRestatements() {
    return hasFiles(LiveTable.RESTATED);
  }

  private boolean hasFiles(Set<LiveTable> tables) {
    return tables.stream().anyMatch(table -> !folder.waiting(table).isEmpty());
  }

  /**
   * Loads what waits, at most {@value #MOST_FILES} files of a table in a transaction: first what
   * restates other rows, while more of it comes, then records. A busy stream goes on so for two
   * seconds, and ends when a pane is loaded: its next one finds the warehouse free again.
   *
   * @param look looks at the warehouse after each transaction, also if nothing waited
   * @throws InputException if the warehouse cannot be opened, another process still holds it when
   *     the patience ends, or the thread is interrupted while it waits
   */
  public LiveLoad load(Look look) {
    LiveLoad total = LiveLoad.NOTHING;
    boolean merges = !hurried && System.nanoTime() - mergeAgain >= 0;
    long closing;
    try (Warehouse warehouse = open();
        Connection connection = warehouse.connect()) {
      Session session = new Session(connection, names());
      session.execute(FOR_SMALL_LOADS);
      long turnEnds = System.nanoTime() + TURN.toNanos();
      boolean goesOn;
      do {
        LiveLoad restated = loadRestatements(connection, look);
        LiveLoad records = load(connection, LiveTable.RECORDS);
        look.at(records, connection);
        if (!hurried) {
          keepDownOutdone(session);
        }
        total =
            total
                .and(restated)
                .and(records)
                .and(LiveLoad.leaving(0, restated.waiting() + records.waiting()));
        goesOn =
            restated.panes() >= PANES_OF_A_BUSY_STREAM
                && System.nanoTime() - turnEnds < 0
                && awaitRestatements(NEXT_PANE);
      } while (goesOn);
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

  private void keepDownOutdone(Session session) throws SQLException {
    Transaction.run(
        session.connection(),
        () -> {
          outdone.keepDown(new LiveTables(session, listener), clock.instant());
          return outdone;
        });
  }

  private LiveLoad loadRestatements(Connection connection, Look look) throws SQLException {
    LiveLoad total = LiveLoad.NOTHING;
    for (int i = 0; i < MOST_LOADS && awaitRestatements(i == 0 ? Duration.ZERO : SAME_PANE); i++) {
      LiveLoad load = load(connection, LiveTable.RESTATED);
      look.at(load, connection);
      total = total.and(load);
    }
    return total;
  }

  /** Waits until a restatement is there; returns whether one is. */
  private boolean awaitRestatements(Duration patience) {
    long deadline = System.nanoTime() + (hurried ? 0 : patience.toNanos());
    while (!hasRestatements()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        Thread.sleep(STEP.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
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
  private LiveLoad load(Connection connection, Set<LiveTable> kind) throws SQLException {
    Session session = new Session(connection, names());
    Map<LiveTable, List<Path>> files = new EnumMap<>(LiveTable.class);
    int waiting = 0;
    for (LiveTable table : kind) {
      List<Path> all = folder.waiting(table);
      List<Path> taken = all.subList(0, Math.min(MOST_FILES, all.size()));
      if (!taken.isEmpty()) {
        files.put(table, taken);
      }
      waiting += all.size() - taken.size();
    }
    LiveLoad load;
    try {
      load = publish(session, kind, files);
    } catch (SQLException e) {
      Map<LiveTable, List<Path>> readable = readable(session, files);
      int unreadable = count(files) - count(readable);
      if (unreadable == 0) {
        throw e;
      }
      files = readable;
      load = publish(session, kind, files).and(LiveLoad.leaving(unreadable, 0));
    }
    listener.before("delete the files of " + name(kind));
    files.values().forEach(LiveLoader::delete);
    return load.and(LiveLoad.leaving(0, waiting));
  }

  private static String name(Set<LiveTable> kind) {
    return kind.equals(LiveTable.RECORDS) ? "records" : "restatements";
  }

  private static int count(Map<LiveTable, List<Path>> files) {
    return files.values().stream().mapToInt(List::size).sum();
  }

  private Map<String, String> names() {
    return Map.of(
        "core", Warehouse.SCHEMA,
        "run_id", SqlNames.literal(run.runId()),
        "job", "'" + run.job().replace("'", "''") + "'",
        "currency", SqlNames.literal(currency),
        "now", SqlNames.literal(clock.instant()));
  }

  /** Returns the files that can be read, and puts the others aside. */
  private Map<LiveTable, List<Path>> readable(Session session, Map<LiveTable, List<Path>> files)
      throws SQLException {
    Map<LiveTable, List<Path>> readable = new EnumMap<>(LiveTable.class);
    for (Map.Entry<LiveTable, List<Path>> entry : files.entrySet()) {
      for (Path file : entry.getValue()) {
        if (isReadable(session, entry.getKey(), file)) {
          readable.computeIfAbsent(entry.getKey(), table -> new ArrayList<>()).add(file);
        }
      }
    }
    return readable;
  }

  private boolean isReadable(Session session, LiveTable table, Path file) throws SQLException {
    try {
      read(session, table, List.of(file));
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

  private static void read(Session session, LiveTable table, List<Path> files) throws SQLException {
    session.execute(table.make());
    session.execute(table.read(files));
    if (session.any(table.broken())) {
      throw new SQLException("a value is missing that every row must have");
    }
  }

  private LiveLoad publish(Session session, Set<LiveTable> kind, Map<LiveTable, List<Path>> files)
      throws SQLException {
    if (files.isEmpty()) {
      return LiveLoad.NOTHING;
    }
    LiveLoad load =
        Transaction.run(
            session.connection(),
            () -> {
              LiveLoad published = publish(session, files);
              listener.before("commit " + name(kind));
              return published;
            });
    outdone.appended(load.panes());
    return load;
  }

  private LiveLoad publish(Session session, Map<LiveTable, List<Path>> files) throws SQLException {
    LiveTables tables = new LiveTables(session, listener);
    Map<LiveTable, Long> rows = new EnumMap<>(LiveTable.class);
    LiveTables.Versions versions = LiveTables.Versions.NONE;
    Map<String, Long> rejected = Map.of();
    for (Map.Entry<LiveTable, List<Path>> entry : files.entrySet()) {
      LiveTable table = entry.getKey();
      if (table == LiveTable.PANES) {
        rows.put(table, tables.appendPanes(entry.getValue()));
        continue;
      }
      read(session, table, entry.getValue());
      switch (table) {
        case VERSIONS -> versions = tables.addVersions();
        case REJECTED -> rejected = tables.addRejected();
        case TREND_FEATURES -> rows.put(table, tables.replace(table, Map.of()));
        default -> rows.put(table, tables.replace(table, Map.of("computed_at", "{now}")));
      }
    }
    return new LiveLoad(
        count(files),
        versions.added(),
        versions.superseded(),
        rows.getOrDefault(LiveTable.PANES, 0L),
        Stream.of(MarketTable.values())
            .mapToLong(table -> rows.getOrDefault(LiveTable.of(table), 0L))
            .sum(),
        rows.getOrDefault(LiveTable.TREND_FEATURES, 0L),
        rejected,
        0,
        0,
        versions.newest());
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
