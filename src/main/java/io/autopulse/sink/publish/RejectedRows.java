package io.autopulse.sink.publish;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;

/** Puts a run's staged rejected records into their table, within the caller's transaction. */
public final class RejectedRows {
  /** The columns of a rejected record but for its run. */
  public static final String COLUMNS =
      "feed, origin, code, step, field, message, raw, format, header";

  private RejectedRows() {}

  /** Replaces what the run has there. */
  static void replace(Session session, StatementListener listener) throws SQLException {
    listener.before("delete the run's rejected records");
    session.execute("delete from {core}.rejected_records where run_id = {run_id}");
    listener.before("insert rejected records");
    session.execute(
        "insert into {core}.rejected_records (run_id, %1$s) select {run_id}, %1$s from {rejected_records}"
            .formatted(COLUMNS));
  }
}
