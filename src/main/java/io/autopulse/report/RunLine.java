package io.autopulse.report;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of runs.
 *
 * @param runId the run
 * @param job the manifest's job
 * @param status as in {@link io.autopulse.warehouse.runs.RunStatus}
 * @param from the first business date asked for; null of every date
 * @param to the business date after the last; null of every date
 * @param startedAt when it started
 * @param seconds the wall time; null while it runs
 * @param read records of all feeds; null until it has counted them
 * @param rejected records of all feeds; null until it has counted them
 * @param published records of all feeds; null until it has counted them
 * @param message why it failed, or where it goes on; null of most
 */
public record RunLine(
    String runId,
    String job,
    String status,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    Instant startedAt,
    @Nullable BigDecimal seconds,
    @Nullable Long read,
    @Nullable Long rejected,
    @Nullable Long published,
    @Nullable String message) {
  /**
   * Reads the last runs, newest first.
   *
   * @param limit how many at most
   */
  public static List<RunLine> last(Connection connection, int limit) throws SQLException {
    return Session.ofCore(connection)
        .query(
            SqlFile.read(RunLine.class, "run-history", Map.of("limit", String.valueOf(limit))),
            row ->
                new RunLine(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getObject(4, LocalDate.class),
                    row.getObject(5, LocalDate.class),
                    row.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
                    row.getBigDecimal(7),
                    number(row, 8),
                    number(row, 9),
                    number(row, 10),
                    row.getString(11)));
  }

  /** Returns the whole number of a column; null if it has none. */
  public static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }
}
