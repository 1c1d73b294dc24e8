package io.autopulse.warehouse.serving;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.sql.SQLException;

/** Why a dashboard cannot read a warehouse that is not a file. */
final class UnreadableWarehouse {
  /** What Snowflake says of a relation that is absent or may not be read. */
  private static final int ABSENT = 2_003;

  private UnreadableWarehouse() {}

  /**
   * Returns the problem to throw.
   *
   * @param warehouse which warehouse
   * @param doing what failed, such as "fetch the tables of the dashboard"
   * @param reason what the warehouse says
   */
  static RuntimeException problem(Warehouse warehouse, String doing, SQLException reason) {
    return reason.getErrorCode() == ABSENT
        ? new InputException(
            warehouse.name(),
            "the role of this session may not read what the dashboard shows: "
                + String.valueOf(reason.getMessage()).replaceAll("\\s+", " "),
            "Run warehouse/snowflake/dashboard.sql, after: autopulse migrate",
            reason)
        : new WarehouseException(doing, reason);
  }
}
