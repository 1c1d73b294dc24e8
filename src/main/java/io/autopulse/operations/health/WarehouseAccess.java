package io.autopulse.operations.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Opens the warehouse for a look, for reading only. */
@FunctionalInterface
public interface WarehouseAccess {
  /** Looks at an open warehouse. */
  @FunctionalInterface
  interface Look {
    /**
     * Looks.
     *
     * @param connection is closed afterwards
     * @param pending the migrations that its tables lack
     */
    void at(Connection connection, List<String> pending) throws SQLException;
  }

  /**
   * Opens the warehouse, looks, and closes it.
   *
   * @throws io.autopulse.domain.problem.InputException if it cannot be opened
   */
  void open(Look look) throws SQLException;
}
