package io.autopulse.report.dashboard;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sale as it is now.
 *
 * @param saleId the sale
 * @param soldOn its business date
 * @param status SOLD, CANCELLED or RETURNED
 * @param make the make
 * @param model the model
 * @param powertrain the powertrain
 * @param region the region
 * @param dealer the dealer's id
 * @param listPrice the list price; null if it is not known
 * @param netPrice the price
 */
public record SaleRow(
    String saleId,
    LocalDate soldOn,
    String status,
    String make,
    String model,
    String powertrain,
    String region,
    String dealer,
    @Nullable BigDecimal listPrice,
    BigDecimal netPrice) {
  /**
   * Reads sales, the latest first.
   *
   * @param limit how many at most
   * @param offset how many to leave out
   */
  public static List<SaleRow> of(
      Connection connection, BusinessInterval interval, SalesFilter filter, int limit, long offset)
      throws SQLException {
    List<Object> values = new ArrayList<>(List.of(interval.from(), interval.to()));
    values.addAll(filter.values());
    values.add(limit);
    values.add(offset);
    return Session.ofCore(connection)
        .query(
            SqlFile.read(SaleRow.class, "sale-rows", Map.of("filter", filter.condition())),
            values,
            row ->
                new SaleRow(
                    row.getString(1),
                    row.getObject(2, LocalDate.class),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getBigDecimal(9),
                    row.getBigDecimal(10)));
  }
}
