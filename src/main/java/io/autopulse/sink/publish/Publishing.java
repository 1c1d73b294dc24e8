package io.autopulse.sink.publish;

import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.util.List;

/** What is particular to publishing one kind of job: its audits, and the tables that it changes. */
public interface Publishing extends AutoCloseable {
  /** Returns the audits. */
  List<Audit> audits();

  /**
   * Puts the staging into the core tables, within the caller's transaction; returns how many sales
   * came from days that the run does not cover.
   */
  long replace(StatementListener listener) throws SQLException;

  @Override
  void close();
}
