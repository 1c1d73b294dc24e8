package io.autopulse.warehouse;

import io.autopulse.domain.problem.InputException;
import java.util.List;

/** Finds out whether a warehouse's tables are those that this program knows. */
public final class SchemaVersion {
  private static final String SUBJECT = "schema version";

  private SchemaVersion() {}

  /** Returns how the tables of an open warehouse are. */
  public static Finding of(Warehouse warehouse) {
    try {
      List<String> pending = warehouse.pending();
      return pending.isEmpty()
          ? Finding.ok(SUBJECT, "no migration is pending")
          : Finding.failed(
              SUBJECT,
              "migrations are pending: " + String.join(", ", pending),
              "Apply them: autopulse migrate");
    } catch (InputException e) {
      return Finding.failed(SUBJECT, String.valueOf(e.getMessage()), "");
    }
  }
}
