package io.autopulse.sink.publish.sales;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.SQLException;
import java.util.List;

/**
 * Small temporary tables that the audits share, so that each staging relation is scanned once:
 * scanning costs more than all audits together.
 */
final class AuditTables implements AutoCloseable {
  /**
   * The names of the tables in the order in which they are made, each also a placeholder of the
   * audits' statements.
   */
  static final List<String> NAMES =
      List.of(
          "audited_versions",
          "repeated_sales",
          "audited_days",
          "recomputed_windows",
          "audited_windows");

  private final Session session;

  private AuditTables(Session session) {
    this.session = session;
  }

  /** Makes the tables from staging. */
  static AuditTables make(Session session) throws SQLException {
    AuditTables tables = new AuditTables(session);
    tables.drop();
    for (String name : NAMES) {
      session.execute(SqlFile.read(AuditTables.class, "tables/" + name.replace('_', '-')));
    }
    return tables;
  }

  /** Returns the session that sees the tables. */
  Session session() {
    return session;
  }

  private void drop() throws SQLException {
    for (String name : NAMES) {
      session.execute("drop table if exists {" + name + "}");
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
