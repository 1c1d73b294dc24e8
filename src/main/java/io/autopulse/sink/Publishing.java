package io.autopulse.sink;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What is particular to publishing one kind of job: its audits, and the tables that it changes. */
interface Publishing extends AutoCloseable {
  /** Starts publishing what a run has staged. */
  static Publishing open(Session session, Publication request) throws SQLException {
    if (request instanceof PublishRequest refresh) {
      return RefreshPublishing.open(session, refresh);
    }
    return request instanceof MarketPublication market
        ? new MarketPublishing(session, market)
        : new TrendPublishing(session);
  }

  /** Returns the names that the statements use besides those of every job. */
  static Map<String, String> names(Publication request) {
    if (request instanceof PublishRequest refresh) {
      return RefreshPublishing.names(refresh);
    }
    return request instanceof MarketPublication market
        ? MarketPublishing.names(market)
        : TrendPublishing.names((TrendPublication) request);
  }

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
