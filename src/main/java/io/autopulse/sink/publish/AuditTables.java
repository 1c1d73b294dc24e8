package io.autopulse.sink.publish;

import io.autopulse.warehouse.Session;
import java.sql.SQLException;
import java.util.List;

/** The temporary tables of a publication's audits, for as long as it is published. */
final class AuditTables implements AutoCloseable {
  private final Session session;
  private final List<AuditTable> tables;

  AuditTables(Session session, List<AuditTable> tables) {
    this.session = session;
    this.tables = tables;
  }

  /** Makes the tables from staging, in their order. */
  void make() throws SQLException {
    drop();
    for (AuditTable table : tables) {
      session.execute(table.statement());
    }
  }

  private void drop() throws SQLException {
    for (AuditTable table : tables) {
      session.execute("drop table if exists {" + table.name() + "}");
    }
  }

  /**
   * Drops the tables, unless a transaction is open that could not be undone: in Snowflake a DROP
   * would commit it. What is not dropped ends with its session.
   */
  @Override
  public void close() {
    try {
      if (session.connection().getAutoCommit()) {
        drop();
      }
    } catch (SQLException e) {
      // What was published is published.
    }
  }
}
