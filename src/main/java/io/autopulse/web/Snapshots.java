package io.autopulse.web;

import io.autopulse.report.dashboard.Served;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.warehouse.serving.ServingCopy;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serving copy that pages are read from, exchanged for the next one when a run has published. A
 * page takes one and keeps it until it is done: no page is of two runs. A copy is closed when its
 * last page is done. A next copy that cannot be opened is tried again at the next page; until then
 * the one before is shown.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final ServingFolder folder;
  private @Nullable Snapshot current;
  private boolean isOpening;
  private String refused = "";

  /**
   * Opens the latest copy.
   *
   * @param folder which has one
   */
  Snapshots(ServingFolder folder) {
    this.folder = folder;
    take().close();
  }

  /** Returns the latest copy for one page: while one page opens the next, others have this one. */
  Lease take() {
    try {
      Optional<String> next = claim();
      if (next.isPresent()) {
        openNext(next.get());
      }
    } catch (SQLException | IOException | RuntimeException e) {
      keep(e);
    }
    return lease();
  }

  /** Returns the name of a copy that this page is to open; empty for none. */
  private synchronized Optional<String> claim() throws IOException {
    if (isOpening) {
      return Optional.empty();
    }
    Snapshot now = current;
    Optional<String> next =
        folder.current().filter(latest -> now == null || !now.copy.name().equals(latest));
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
    return new Lease(taken);
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
  public synchronized void close() {
    if (current != null) {
      current.release();
      current = null;
    }
  }

  /** A page's hold of a copy. */
  final class Lease implements AutoCloseable {
    private final Snapshot snapshot;

    private Lease(Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    /**
     * Returns a new connection, which the caller closes first.
     *
     * @param known the day as of which it shows figures; empty for now
     */
    Connection connect(Optional<KnownDay> known) {
      return snapshot.copy.connect(known);
    }

    /**
     * Returns what the copy holds.
     *
     * @param connection as of the day
     * @param known the day; empty for now
     */
    Served served(Connection connection, Optional<KnownDay> known) throws SQLException {
      return known.isEmpty() ? snapshot.served : snapshot.served(connection, known.get());
    }

    @Override
    public void close() {
      giveBack(snapshot);
    }
  }

  /** A copy and how many hold it: its pages, and this object while it is the latest. */
  private static final class Snapshot {
    private static final int MOST_DAYS = 16;

    private final ServingCopy copy;
    private final Served served;
    private final Map<KnownDay, Served> earlier = new ConcurrentHashMap<>();
    private int users = 1;

    Snapshot(ServingCopy copy, Served served) {
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

    void release() {
      users--;
      if (users == 0) {
        copy.close();
      }
    }
  }
}
