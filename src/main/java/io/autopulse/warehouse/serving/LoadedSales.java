package io.autopulse.warehouse.serving;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a warehouse has of live sales at a moment. It is cheap to read, and another one as soon as
 * rows come or go: rows that come late change the counts alone.
 *
 * @param newestEvent the latest change of a sale; empty if there is none
 * @param newestPane when the latest pane was computed; empty if there is none
 * @param versions how many versions of sales are published
 * @param appended how many versions pipes have appended since
 * @param panes how many panes there are
 */
record LoadedSales(
    Optional<Instant> newestEvent,
    Optional<Instant> newestPane,
    long versions,
    long appended,
    long panes) {
  /** Reads it. */
  static LoadedSales read(Session session) throws SQLException {
    return session
        .query(
            SqlFile.read(LoadedSales.class, "live-loaded"),
            row ->
                new LoadedSales(
                    later(moment(row, 1), moment(row, 2)),
                    moment(row, 3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6)))
        .get(0);
  }

  private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
        .map(utc -> utc.toInstant(ZoneOffset.UTC));
  }

  /** Returns the later of two moments, each of which may be absent. */
  static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
    return Stream.of(a, b).flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
