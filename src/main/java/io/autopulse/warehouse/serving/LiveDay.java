package io.autopulse.warehouse.serving;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A day whose sales are live. What is known of it is read from a warehouse by one rule, whoever
 * reads: a live job's loader from its DuckDB file, a dashboard from Snowflake.
 *
 * @param day the date
 * @param zone whose clocks it has
 */
record LiveDay(LocalDate day, ZoneId zone) {
  /** The relation of a DuckDB file that has every version once: its loader fills no other. */
  static final String VERSIONS_OF_FILE = "sale_versions";

  /** The relation that has every version once where pipes append them. */
  static final String VERSIONS_OF_PIPES = "sale_versions_all";

  /** Returns the day of a moment. */
  static LiveDay of(Instant now, ZoneId zone) {
    return new LiveDay(LocalDate.ofInstant(now, zone), zone);
  }

  /**
   * Reads the day's sales as their current versions say, added up by hour and members.
   *
   * @param session over the core tables
   * @param versions the relation of the core schema that has every version once
   */
  List<LivePublication.Cell> cells(Session session, String versions) throws SQLException {
    Optional<LocalDateTime> since =
        session
            .query(
                SqlFile.read(LiveDay.class, "live-first-change"),
                List.of(day, day),
                row -> Optional.ofNullable(row.getObject(1, LocalDateTime.class)))
            .get(0);
    if (since.isEmpty()) {
      return List.of();
    }
    LocalDateTime midnight =
        LocalDateTime.ofInstant(day.atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
    return session.query(
        SqlFile.read(LiveDay.class, "live-sales-of-day", Map.of("versions", versions)),
        List.of(since.get(), day, midnight, midnight, day),
        row ->
            new LivePublication.Cell(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getBigDecimal(9),
                row.getBigDecimal(10),
                row.getBigDecimal(11),
                row.getLong(12),
                row.getLong(13)));
  }
}
