package io.autopulse.warehouse;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements that take effect together, or not at all. */
public final class Transaction {
  private Transaction() {}

  /** Statements, and what they give. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /**
   * Runs statements in a transaction of a connection that commits by itself otherwise. If even the
   * undoing fails, the connection is left as it is, and nothing more should be sent over it: what
   * is open is undone when it is closed.
   */
  public static <T> T run(Connection connection, Work<T> work) throws SQLException {
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run();
      connection.commit();
    } catch (Throwable e) {
      undo(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  private static void undo(Connection connection, Throwable reason) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
