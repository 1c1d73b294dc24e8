package io.autopulse.web;

import io.autopulse.report.dashboard.Served;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.serving.ServingCopy;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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

  /** Returns the latest copy for one page. */
  synchronized Lease take() {
    try {
      Optional<String> latest = folder.current();
      Snapshot now = current;
      if (latest.isPresent() && (now == null || !now.copy.name().equals(latest.get()))) {
        Snapshot next = open(latest.get());
        if (now != null) {
          now.release();
        }
        current = next;
      }
    } catch (SQLException | IOException | RuntimeException e) {
      if (current == null) {
        throw new WarehouseException("open the serving copy in " + folder.path(), asSql(e));
      }
      if (!refused.equals(String.valueOf(e.getMessage()))) {
        refused = String.valueOf(e.getMessage());
        LOG.warn("The next serving copy cannot be opened; the one before is shown: {}", refused);
      }
    }
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

    /** Returns a new connection, which the caller closes first. */
    Connection connect() {
      return snapshot.copy.connect();
    }

    /** Returns what the copy holds. */
    Served served() {
      return snapshot.served;
    }

    @Override
    public void close() {
      giveBack(snapshot);
    }
  }

  /** A copy and how many hold it: its pages, and this object while it is the latest. */
  private static final class Snapshot {
    private final ServingCopy copy;
    private final Served served;
    private int users = 1;

    Snapshot(ServingCopy copy, Served served) {
      this.copy = copy;
      this.served = served;
    }

    void release() {
      users--;
      if (users == 0) {
        copy.close();
      }
    }
  }
}
