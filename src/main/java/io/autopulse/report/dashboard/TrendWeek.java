package io.autopulse.report.dashboard;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A week of the trends: what a member sold, and what stood beside it.
 *
 * @param from the Monday
 * @param units sold
 * @param priceIndex its prices against the 13 weeks before, 100 for equal ones; null if not known
 * @param fuelPrice the mean price of a litre; null if not known
 * @param attention views and mentions of all makes a day; null if not known
 */
public record TrendWeek(
    LocalDate from,
    long units,
    @Nullable BigDecimal priceIndex,
    @Nullable BigDecimal fuelPrice,
    @Nullable BigDecimal attention) {
  /**
   * Reads the weeks of the whole business or of one member, the first first; none without trends.
   *
   * @param filter of one member at most
   * @param from the first day of the first week, or before
   * @param to no week begins on this day or later
   */
  public static List<TrendWeek> of(
      Connection connection, SalesFilter filter, LocalDate from, LocalDate to) throws SQLException {
    SalesFilter.Cell cell = filter.cell().orElseThrow();
    return Session.ofCore(connection)
        .query(
            SqlFile.read(TrendWeek.class, "weeks-beside"),
            List.of(from, to, cell.dimension(), cell.member(), from, to),
            row ->
                new TrendWeek(
                    row.getObject(1, LocalDate.class),
                    row.getLong(2),
                    row.getBigDecimal(3),
                    row.getBigDecimal(4),
                    row.getBigDecimal(5)));
  }
}
