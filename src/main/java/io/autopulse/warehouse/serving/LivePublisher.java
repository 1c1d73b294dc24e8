package io.autopulse.warehouse.serving;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

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

  private Optional<Instant> newestEvent = Optional.empty();
  private Optional<Instant> newestPane = Optional.empty();
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
      newestPane = Optional.of(clock.instant());
      owing = true;
    }
    if (event.isPresent()) {
      newestEvent = LoadedSales.later(newestEvent, event);
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

  private LivePublication read(Session session) throws SQLException {
    if (!knowsTheNewest) {
      // What was loaded before this run began.
      LoadedSales loaded = LoadedSales.read(session);
      newestEvent = LoadedSales.later(newestEvent, loaded.newestEvent());
      newestPane = LoadedSales.later(newestPane, loaded.newestPane());
      knowsTheNewest = true;
    }
    Instant now = clock.instant();
    LiveDay day = LiveDay.of(now, zone);
    return new LivePublication(
        job,
        runId,
        zone,
        day.day(),
        currency,
        LivePublication.Origin.LOADER,
        now,
        newestEvent,
        newestPane,
        day.cells(session, LiveDay.VERSIONS_OF_FILE));
  }
}
