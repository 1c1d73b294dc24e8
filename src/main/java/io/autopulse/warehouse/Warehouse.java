package io.autopulse.warehouse;

import java.sql.Connection;
import java.util.List;

/**
 * A warehouse that is open: where runs stage, audit and publish, and where everything else reads.
 * The tables and their names are the same in every implementation.
 */
public interface Warehouse extends AutoCloseable {
  /** The schema of the core tables. */
  String SCHEMA = "AUTOPULSE_CORE";

  /**
   * Returns a new connection whose unqualified names mean the core tables. The caller closes it.
   * Temporary relations belong to one connection: stage and publish on the same one.
   *
   * @throws io.autopulse.domain.problem.InputException if the schema is absent: {@link #migrate()}
   *     makes it
   */
  Connection connect();

  /**
   * Brings the schema to this program's version; changes nothing if it is there already.
   *
   * @return what was applied
   * @throws io.autopulse.domain.problem.InputException if the schema is newer than this program, or
   *     was edited by hand
   */
  MigrationReport migrate();

  /**
   * Returns what {@link #migrate()} would apply, each as {@code version description}; empty if the
   * schema is at this program's version.
   *
   * @throws io.autopulse.domain.problem.InputException as {@link #migrate()}
   */
  List<String> pending();

  /** Returns the warehouse's name for people, such as {@code duckdb:autopulse.duckdb}. */
  String name();

  /**
   * Closes every connection that this object opened for itself, and with the last one the
   * warehouse.
   */
  @Override
  void close();
}
