package io.autopulse.report.dashboard;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Our share of the market by month, as the KPIs have it. */
public final class MonthShare {
  private MonthShare() {}

  /**
   * Reads the shares by the first day of their month, 0 to 1. There are some of the whole business
   * and of one member of one attribute: of that filter only.
   *
   * @param from the first day of the first month
   * @param to the day after the last month
   */
  public static NavigableMap<LocalDate, BigDecimal> of(
      Connection connection, LocalDate from, LocalDate to, SalesFilter filter) throws SQLException {
    NavigableMap<LocalDate, BigDecimal> shares = new TreeMap<>();
    Optional<SalesFilter.Cell> cell = filter.cell();
    if (cell.isEmpty()) {
      return shares;
    }
    Session.ofCore(connection)
        .query(
            SqlFile.read(MonthShare.class, "month-shares"),
            List.of(
                cell.get().dimension(),
                cell.get().member(),
                from.atStartOfDay(),
                to.atStartOfDay()),
            row -> shares.put(row.getObject(1, LocalDate.class), row.getBigDecimal(2)));
    return shares;
  }

  /**
   * Counts the shares of the whole business by the first day of their month: an earlier day has no
   * KPIs of them. There is none for a filter.
   *
   * @param from the first day of the first month
   * @param to the day after the last month
   */
  public static NavigableMap<LocalDate, BigDecimal> counted(
      Connection connection, LocalDate from, LocalDate to, SalesFilter filter) throws SQLException {
    NavigableMap<LocalDate, BigDecimal> shares = new TreeMap<>();
    if (!filter.members().isEmpty()) {
      return shares;
    }
    NavigableMap<LocalDate, long[]> months = new TreeMap<>();
    for (MarketMonth part : MarketMonth.of(connection, from, to)) {
      long[] sums = months.computeIfAbsent(part.month(), month -> new long[2]);
      sums[0] += part.sold();
      sums[1] += part.registrations();
    }
    months.forEach(
        (month, sums) -> {
          BigDecimal share = SalesSums.share(sums[0], sums[1]);
          if (share != null) {
            shares.put(month, share);
          }
        });
    return shares;
  }
}
