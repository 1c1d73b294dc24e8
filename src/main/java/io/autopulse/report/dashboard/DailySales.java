package io.autopulse.report.dashboard;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sales of each day.
 *
 * @param days the sums by business date; a day without a sale is absent
 */
public record DailySales(NavigableMap<LocalDate, SalesSums> days) {
  /** Reads the days of an interval. */
  public static DailySales of(Connection connection, BusinessInterval interval, SalesFilter filter)
      throws SQLException {
    NavigableMap<LocalDate, SalesSums> days = new TreeMap<>();
    List<Object> values = new ArrayList<>(List.of(interval.from(), interval.to()));
    values.addAll(filter.values());
    Session.ofCore(connection)
        .query(
            SqlFile.read(DailySales.class, "daily-sales", Map.of("filter", filter.condition())),
            values,
            row -> days.put(row.getObject(1, LocalDate.class), SalesSums.read(row, 2)));
    return new DailySales(days);
  }

  /** Returns the sums of an interval. */
  public SalesSums sums(BusinessInterval interval) {
    return days.subMap(interval.from(), interval.to()).values().stream()
        .reduce(SalesSums.NONE, SalesSums::plus);
  }
}
