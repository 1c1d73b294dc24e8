package io.autopulse.warehouse.serving;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a live job has loaded of today for dashboards, while the loader has the warehouse
 * open anyway: at most once a second, and for at most a twentieth of the time, however much is sold
 * that day. Nobody waits for a reader, and a publication that fails fails nothing else. Without a
 * folder of serving copies nobody looks, and nothing is read or written.
 */
public final class LivePublisher {
  private static final long PERIOD_NANOS = 1_000_000_000;

  /** How many times as long as a publication took there is none. */
  private static final int REST = 20;

  private final ServingFolder folder;
  private final String job;
  private final String runId;
  private final ZoneId zone;
  private final String currency;
  private final Clock clock;
  private final Consumer<String> progress;

  private @Nullable Instant newestEvent;
  private @Nullable Instant newestPane;
  private boolean knowsTheNewest;
  private boolean owing;
  private long next = System.nanoTime();
  private boolean told;

  /**
   * Makes a publisher.
   *
   * @param database the warehouse's file
   * @param job the live job
   * @param runId its run
   * @param zone of business dates
   * @param currency of prices
   * @param clock tells what today is
   * @param progress told why a publication failed, once until one succeeds
   */
  public LivePublisher(
      Path database,
      String job,
      String runId,
      ZoneId zone,
      String currency,
      Clock clock,
      Consumer<String> progress) {
    this.folder = ServingFolder.of(database);
    this.job = job;
    this.runId = runId;
    this.zone = zone;
    this.currency = currency;
    this.clock = clock;
    this.progress = progress;
  }

  /** Tells whether something is loaded that is not published, and may be now. */
  public boolean isDue() {
    return owing && System.nanoTime() - next >= 0 && folder.exists();
  }

  /**
   * Notes what was loaded, and publishes if it is time to.
   *
   * @param core the warehouse, in no transaction
   * @param panes how many panes were loaded
   * @param event the latest change of a sale that was loaded; empty if none was
   */
  public void loaded(Connection core, long panes, Optional<Instant> event) {
    if (panes > 0) {
      newestPane = clock.instant();
      owing = true;
    }
    if (event.isPresent()) {
      newestEvent = later(newestEvent, event.get());
      owing = true;
    }
    long begun = System.nanoTime();
    if (begun - next < 0 || !folder.exists()) {
      return;
    }
    try {
      LiveFile.of(folder).write(read(Session.ofCore(core)));
      owing = false;
      told = false;
    } catch (SQLException | IOException | RuntimeException e) {
      if (!told) {
        told = true;
        progress.accept("the dashboard does not see what is live: " + InputException.reason(e));
      }
    }
    long ended = System.nanoTime();
    next = ended + Math.max(PERIOD_NANOS, REST * (ended - begun));
  }

  private static Instant later(@Nullable Instant a, Instant b) {
    return a != null && a.isAfter(b) ? a : b;
  }

  private LivePublication read(Session session) throws SQLException {
    if (!knowsTheNewest) {
      // What was loaded before this run began.
      session.query(sql("newest"), row -> note(moment(row, 1), moment(row, 2)));
      knowsTheNewest = true;
    }
    Instant now = clock.instant();
    LocalDate day = LocalDate.ofInstant(now, zone);
    LocalDateTime midnight =
        LocalDateTime.ofInstant(day.atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
    Optional<LocalDateTime> since =
        session
            .query(
                sql("first-change"),
                List.of(day),
                row -> Optional.ofNullable(row.getObject(1, LocalDateTime.class)))
            .get(0);
    return new LivePublication(
        job,
        runId,
        zone,
        day,
        currency,
        now,
        Optional.ofNullable(newestEvent),
        Optional.ofNullable(newestPane),
        since.isEmpty() ? List.of() : cells(session, since.get(), day, midnight));
  }

  private static @Nullable Instant moment(ResultSet row, int column) throws SQLException {
    LocalDateTime utc = row.getObject(column, LocalDateTime.class);
    return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
  }

  private boolean note(@Nullable Instant event, @Nullable Instant pane) {
    if (event != null) {
      newestEvent = later(newestEvent, event);
    }
    if (pane != null) {
      newestPane = later(newestPane, pane);
    }
    return true;
  }

  private static List<LivePublication.Cell> cells(
      Session session, LocalDateTime since, LocalDate day, LocalDateTime midnight)
      throws SQLException {
    return session.query(
        sql("sales-of-day"),
        List.of(since, day, midnight, midnight, day),
        row ->
            new LivePublication.Cell(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getBigDecimal(9),
                row.getBigDecimal(10),
                row.getBigDecimal(11),
                row.getLong(12),
                row.getLong(13)));
  }

  private static String sql(String name) {
    return SqlFile.read(LivePublisher.class, "duckdb/live-" + name);
  }
}
