package io.autopulse.warehouse;

import java.sql.SQLException;

/**
 * A statement that the warehouse refused for a reason that the user cannot mend: a defect or a
 * broken disk, not an input.
 */
public final class WarehouseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception that says what was being done.
   *
   * @param action what failed, such as {@code insert the current sales}
   * @param cause what the database said
   */
  public WarehouseException(String action, SQLException cause) {
    super("the warehouse failed to " + action + ": " + cause.getMessage(), cause);
  }
}
