package io.autopulse.report.dashboard;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/**
 * A powertrain's part of a month's market.
 *
 * @param month its first day
 * @param powertrain the powertrain
 * @param registrations of the whole market
 * @param sold our units
 */
public record MarketMonth(LocalDate month, String powertrain, long registrations, long sold) {
  /**
   * Reads the months of which the market is known, the first first.
   *
   * @param from the first day of the first month
   * @param to the day after the last month
   */
  public static List<MarketMonth> of(Connection connection, LocalDate from, LocalDate to)
      throws SQLException {
    return Session.ofCore(connection)
        .query(
            SqlFile.read(MarketMonth.class, "market-months"),
            List.of(from, to, from.atStartOfDay(), to.atStartOfDay()),
            row ->
                new MarketMonth(
                    row.getObject(1, LocalDate.class),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4)));
  }
}
