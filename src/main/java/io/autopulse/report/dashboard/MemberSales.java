package io.autopulse.report.dashboard;

import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a member of an attribute sold, and sold before.
 *
 * @param member as KPIs name it
 * @param now in the interval
 * @param before in the interval that it is compared with
 */
public record MemberSales(String member, SalesSums now, SalesSums before) {
  /**
   * Reads every member that had a sale in one of two intervals, most units first.
   *
   * @param attribute what is told apart
   * @param now the interval
   * @param before what it is compared with; may overlap it
   */
  public static List<MemberSales> of(
      Connection connection,
      Attribute attribute,
      BusinessInterval now,
      BusinessInterval before,
      SalesFilter filter)
      throws SQLException {
    String sql =
        SqlFile.read(
            MemberSales.class,
            "member-sales",
            Map.of("member", SalesFilter.expression(attribute), "filter", filter.condition()));
    List<Object> values = new ArrayList<>();
    for (BusinessInterval interval : List.of(now, before)) {
      values.add(interval.from());
      values.add(interval.to());
      values.addAll(filter.values());
    }
    return Session.ofCore(connection)
        .query(
            sql,
            values,
            row ->
                new MemberSales(row.getString(1), SalesSums.read(row, 2), SalesSums.read(row, 8)));
  }
}
