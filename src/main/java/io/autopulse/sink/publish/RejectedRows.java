package io.autopulse.sink.publish;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.table.CoreTable;
import java.sql.SQLException;
import java.util.Map;

/** Puts a run's staged rejected records into their table, within the caller's transaction. */
final class RejectedRows {
  private RejectedRows() {}

  /** Replaces what the run has there. */
  static void replace(Session session, StatementListener listener) throws SQLException {
    listener.before("delete the run's rejected records");
    session.execute(SqlFile.read(RejectedRows.class, "publish/delete-rejected-records"));
    listener.before("insert rejected records");
    session.execute(
        SqlFile.read(
            RejectedRows.class,
            "publish/insert-rejected-records",
            Map.of("columns", CoreTable.REJECTED_RECORDS.columnsBut("run_id"))));
  }
}
