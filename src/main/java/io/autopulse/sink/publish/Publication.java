package io.autopulse.sink.publish;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has staged and wants published, and how: its audits, and the tables that it changes.
 * One for each kind of job.
 */
public interface Publication {
  /** Returns the run, as in {@link StagingNames}. */
  String runId();

  /** Returns the manifest's job. */
  String job();

  /** Returns the business dates asked for. */
  BusinessInterval requested();

  /** Returns the windows that it replaces; empty if it only adds, or merges by key. */
  default Optional<Replaced> replaces() {
    return Optional.empty();
  }

  /** Returns how much may be wrong. */
  AuditLimits limits();

  /** Returns when the run started. */
  Instant startedAt();

  /** Returns the runner's name. */
  String runner();

  /** Returns Autopulse's version. */
  String version();

  /** Returns where the staged files are, for the message of a failed audit. */
  String staging();

  /** Returns the names of this run's staging relations. */
  default StagingNames names() {
    return new StagingNames(runId());
  }

  /** Returns the names that its statements use besides those of every job. */
  Map<String, String> relations();

  /** Returns the temporary tables that its audits share, in the order in which they are made. */
  default List<AuditTable> auditTables() {
    return List.of();
  }

  /** Returns the audits. */
  List<Audit> audits();

  /**
   * Puts the staging into the core tables, within the caller's transaction; returns how many sales
   * came from days that the run does not cover.
   */
  long replace(Session session, StatementListener listener) throws SQLException;

  /**
   * Returns the feeds that the run reads from outside, each with its source for messages. Those of
   * which nothing is counted had no record.
   */
  default Map<String, String> feeds() {
    return Map.of();
  }

  /**
   * Windows that are replaced.
   *
   * @param table the table of the windows
   * @param covered their business dates
   */
  record Replaced(String table, BusinessInterval covered) {}

  /** Tells whether rejected records of another run were read beside the feeds. */
  default boolean replays() {
    return false;
  }

  /** Tells whether a feed was read from the core tables: the run does not publish it again. */
  default boolean readsBack(String feed) {
    return false;
  }
}
