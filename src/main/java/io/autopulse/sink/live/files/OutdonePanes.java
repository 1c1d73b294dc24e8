package io.autopulse.sink.live.files;

import java.sql.SQLException;
import java.time.Instant;

/**
 * Panes of cells that have a higher revision. Nobody sees them ({@code sales_kpi_current} shows of
 * each cell the highest), and to delete them costs more than a load. So those of the busy windows,
 * which are those of now and looked at most, are deleted each time that many panes have come; and
 * when the table has become twice as large nevertheless, those of all windows, a slice of them at a
 * time: no deletion holds the loads up for long.
 */
final class OutdonePanes {
  /** So many panes may come before those of busy windows that they outdo are deleted. */
  static final long MOST = 250_000;

  /** So many of these panes make a window busy. */
  static final long OF_A_BUSY_WINDOW = MOST / 25;

  /** So many of all panes may be outdone, and besides as many as are left. */
  static final long MOST_OF_ALL = 4 * MOST;

  /** In so many slices the panes of all windows are deleted. */
  static final int SLICES = 16;

  private static final long NOT_COUNTED = -1;

  private Instant since;
  private long newPanes;
  private long panes = NOT_COUNTED;
  private long mostPanes = MOST_OF_ALL;
  private int slice = SLICES;

  /**
   * Makes the upkeep.
   *
   * @param since before the first pane that is appended
   */
  OutdonePanes(Instant since) {
    this.since = since;
  }

  /** Notes that panes were appended. */
  void appended(long count) {
    newPanes += count;
    if (panes != NOT_COUNTED) {
      panes += count;
    }
  }

  /**
   * Deletes outdone panes if there may be enough of them.
   *
   * @param now not before any pane was appended
   */
  void keepDown(LiveTables tables, Instant now) throws SQLException {
    if (newPanes == 0) {
      return;
    }
    if (panes == NOT_COUNTED) {
      panes = tables.countPanes();
    }
    if (panes > mostPanes && slice == SLICES) {
      slice = 0;
    }
    if (slice < SLICES) {
      panes -= tables.deleteOutdonePanes(slice, SLICES);
      slice++;
      if (slice < SLICES) {
        return;
      }
      mostPanes = 2 * panes + MOST_OF_ALL;
    } else if (newPanes > MOST) {
      panes -= tables.deleteOutdonePanesOfBusyWindows(since, OF_A_BUSY_WINDOW);
    } else {
      return;
    }
    newPanes = 0;
    since = now;
  }
}
