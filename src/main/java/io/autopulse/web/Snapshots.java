package io.autopulse.web;

import io.autopulse.report.dashboard.Served;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.warehouse.serving.ServingCopy;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serving copy that pages are read from, exchanged for the next one when a run has published. A
 * page takes one and keeps it until it is done: no page is of two runs. A copy is closed when its
 * last page is done. A next copy that cannot be opened is tried again at the next page; until then
 * the one before is shown. For each scope the copy is opened once more, and shows what is in it
 * alone.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final ServingFolder folder;
  private final Duration patience;
  private final ExecutorService opener =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "open-copy");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Snapshot current;
  private boolean isOpening;
  private String refused = "";

  /**
   * Opens the latest copy.
   *
   * @param folder which has one
   * @param patience how long a page waits for the next copy to be opened before it shows the one
   *     before
   */
  Snapshots(ServingFolder folder, Duration patience) {
    this.folder = folder;
    this.patience = patience;
    take(Optional.empty()).close();
  }

  /**
   * Returns the latest copy for one page: while one page opens the next, others have this one.
   *
   * @param scope whose sales its reader may see; empty for everybody's
   */
  Lease take(Optional<Scope> scope) {
    Lease whole = takeWhole();
    if (scope.isEmpty()) {
      return whole;
    }
    try {
      return new Lease(whole.snapshot, whole.snapshot.part(folder, scope.get()));
    } catch (RuntimeException e) {
      whole.close();
      throw e;
    }
  }

  private Lease takeWhole() {
    try {
      Optional<String> next = claim();
      if (next.isPresent() && isEmpty()) {
        tryToOpen(next.get());
      } else if (next.isPresent()) {
        opener.submit(() -> tryToOpen(next.get())).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      LOG.debug("The next serving copy takes long to open; the one before is shown");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | IOException | RuntimeException e) {
      keep(e);
    }
    return lease();
  }

  private synchronized boolean isEmpty() {
    return current == null;
  }

  private void tryToOpen(String name) {
    try {
      openNext(name);
    } catch (SQLException | IOException | RuntimeException e) {
      keep(e);
    }
  }

  /** Returns the name of a copy that this page is to open; empty for none. */
  private synchronized Optional<String> claim() throws IOException {
    if (isOpening) {
      return Optional.empty();
    }
    Snapshot now = current;
    Optional<String> next =
        folder.current().filter(latest -> now == null || !now.whole.copy.name().equals(latest));
    isOpening = next.isPresent();
    return next;
  }

  private void openNext(String name) throws SQLException, IOException {
    try {
      Snapshot next = open(name);
      synchronized (this) {
        if (current != null) {
          current.release();
        }
        current = next;
      }
    } finally {
      synchronized (this) {
        isOpening = false;
      }
    }
  }

  private synchronized void keep(Exception problem) {
    if (current == null) {
      throw new WarehouseException("open the serving copy in " + folder.path(), asSql(problem));
    }
    if (!refused.equals(String.valueOf(problem.getMessage()))) {
      refused = String.valueOf(problem.getMessage());
      LOG.warn("The next serving copy cannot be opened; the one before is shown: {}", refused);
    }
  }

  private synchronized Lease lease() {
    Snapshot taken = current;
    if (taken == null) {
      throw new IllegalStateException("no serving copy in " + folder.path());
    }
    taken.users++;
    return new Lease(taken, taken.whole);
  }

  private static SQLException asSql(Exception e) {
    return e instanceof SQLException sql ? sql : new SQLException(e);
  }

  private Snapshot open(String name) throws SQLException, IOException {
    ServingCopy copy = folder.open(name);
    try (Connection connection = copy.connect()) {
      return new Snapshot(copy, Served.of(connection));
    } catch (SQLException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private synchronized void giveBack(Snapshot snapshot) {
    snapshot.release();
  }

  @Override
  public void close() {
    opener.shutdown();
    try {
      // A copy that is being opened is closed with the others.
      opener.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeCurrent();
  }

  private synchronized void closeCurrent() {
    if (current != null) {
      current.release();
      current = null;
    }
  }

  /** A page's hold of a copy. */
  final class Lease implements AutoCloseable {
    private final Snapshot snapshot;
    private final Part part;

    private Lease(Snapshot snapshot, Part part) {
      this.snapshot = snapshot;
      this.part = part;
    }

    /**
     * Returns a new connection, which the caller closes first.
     *
     * @param known the day as of which it shows figures; empty for now
     */
    Connection connect(Optional<KnownDay> known) {
      return part.copy.connect(known);
    }

    /** Returns what the copy holds. */
    Served served() {
      return part.served;
    }

    /**
     * Returns what the copy holds.
     *
     * @param connection as of the day
     * @param known the day; empty for now
     */
    Served served(Connection connection, Optional<KnownDay> known) throws SQLException {
      if (known.isEmpty()) {
        return part.served;
      }
      Served read = part.served(connection, known.get());
      if (part == snapshot.whole) {
        return read;
      }
      try (Connection whole = snapshot.whole.copy.connect(known)) {
        return read.within(snapshot.whole.served(whole, known.get()));
      }
    }

    /** Returns the pages that have been made of the copy, for whomever. */
    MadePages pages() {
      return snapshot.pages;
    }

    @Override
    public void close() {
      giveBack(snapshot);
    }
  }

  /** What some readers see of a copy. */
  private static final class Part {
    private static final int MOST_DAYS = 16;

    private final ServingCopy copy;
    private final Served served;
    private final Map<KnownDay, Served> earlier = new ConcurrentHashMap<>();

    Part(ServingCopy copy, Served served) {
      this.copy = copy;
      this.served = served;
    }

    /** Reads what it held on a day: the pages of one day are many. */
    Served served(Connection connection, KnownDay known) throws SQLException {
      Served read = earlier.get(known);
      if (read == null) {
        read = Served.of(connection);
        if (earlier.size() >= MOST_DAYS) {
          earlier.clear();
        }
        earlier.put(known, read);
      }
      return read;
    }
  }

  /** A copy and how many hold it: its pages, and this object while it is the latest. */
  private static final class Snapshot {
    private final Part whole;
    private final Map<Scope, Part> parts = new ConcurrentHashMap<>();
    private final MadePages pages = new MadePages();
    private int users = 1;

    Snapshot(ServingCopy copy, Served served) {
      whole = new Part(copy, served);
    }

    /** Returns what a scope shows; whoever asks holds the copy, so that it stays open. */
    Part part(ServingFolder folder, Scope scope) {
      return parts.computeIfAbsent(scope, asked -> open(folder, asked));
    }

    private Part open(ServingFolder folder, Scope scope) {
      try {
        ServingCopy copy = folder.open(whole.copy.name(), Optional.of(scope));
        try (Connection connection = copy.connect()) {
          return new Part(copy, Served.of(connection).within(whole.served));
        } catch (SQLException | RuntimeException e) {
          copy.close();
          throw e;
        }
      } catch (SQLException | IOException e) {
        throw new WarehouseException("open a part of the serving copy", asSql(e));
      }
    }

    void release() {
      users--;
      if (users == 0) {
        parts.values().forEach(part -> part.copy.close());
        whole.copy.close();
      }
    }
  }
}
