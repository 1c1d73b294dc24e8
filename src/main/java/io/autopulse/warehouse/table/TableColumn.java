package io.autopulse.warehouse.table;

import java.util.List;
import java.util.stream.Stream;

/**
 * A column of a table.
 *
 * @param name an identifier
 * @param type the type
 * @param role what it is for
 */
public record TableColumn(String name, SqlType type, Role role) {
  /** What a column is for: who gives its value, and whether there must be one. */
  public enum Role {
    /** A part of the key; the pipeline gives it. */
    KEY,
    /** A value that every row has; the pipeline gives it. */
    REQUIRED,
    /** A value that may be null; the pipeline gives it. */
    OPTIONAL,
    /** A value that every row gets when it is put into the table, such as the run. */
    STAMP,
    /** A part of the key that a row gets when it is put into the table. */
    STAMPED_KEY,
    /** A value that is null until the warehouse computes it. */
    DERIVED
  }

  /** Returns columns that are parts of the key. */
  public static List<TableColumn> keys(SqlType type, String... names) {
    return of(Role.KEY, type, names);
  }

  /** Returns columns that every row has. */
  public static List<TableColumn> required(SqlType type, String... names) {
    return of(Role.REQUIRED, type, names);
  }

  /** Returns columns that may be null. */
  public static List<TableColumn> optional(SqlType type, String... names) {
    return of(Role.OPTIONAL, type, names);
  }

  /** Returns columns whose values a row gets when it is put into the table. */
  public static List<TableColumn> stamp(SqlType type, String... names) {
    return of(Role.STAMP, type, names);
  }

  /** Returns columns that the warehouse computes. */
  public static List<TableColumn> derived(SqlType type, String... names) {
    return of(Role.DERIVED, type, names);
  }

  static List<TableColumn> of(Role role, SqlType type, String... names) {
    return Stream.of(names).map(name -> new TableColumn(name, type, role)).toList();
  }

  /** Tells whether the column is a part of the key. */
  public boolean isKey() {
    return role == Role.KEY || role == Role.STAMPED_KEY;
  }

  /** Tells whether the pipeline gives the column's value. */
  public boolean isGiven() {
    return role == Role.KEY || role == Role.REQUIRED || role == Role.OPTIONAL;
  }

  /** Tells whether the column's value may be null. */
  public boolean isNullable() {
    return role == Role.OPTIONAL || role == Role.DERIVED;
  }
}
