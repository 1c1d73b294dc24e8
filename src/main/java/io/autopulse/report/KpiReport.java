package io.autopulse.report;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The KPIs of the last complete month: the business, then its strongest models, regions, dealers
 * and powertrains, each against the month before.
 *
 * @param month the first day of the month
 * @param before the first day of the complete month before; the month itself if it is the first
 * @param members by dimension, most units first
 */
public record KpiReport(LocalDate month, LocalDate before, Map<String, List<Member>> members) {
  private static final int MOST = 5;

  private static final List<String> DIMENSIONS =
      List.of("total", "model", "region", "dealer", "powertrain");

  /**
   * A member of a dimension.
   *
   * @param name the member
   * @param sold units sold
   * @param revenue of the units sold
   * @param averagePrice of a unit sold; null if none was
   * @param share of all units sold, in percent; null if none was
   * @param change of the units sold on the month before, in percent; null if none was sold then
   */
  public record Member(
      String name,
      long sold,
      BigDecimal revenue,
      @Nullable BigDecimal averagePrice,
      @Nullable BigDecimal share,
      @Nullable BigDecimal change) {}

  /** Copies the members. */
  public KpiReport {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Reads the report; empty if there is no complete month yet. */
  public static Optional<KpiReport> ofLastMonth(Connection connection) throws SQLException {
    Session session = Session.ofCore(connection);
    Months months =
        session
            .query(
                SqlFile.read(KpiReport.class, "last-months"),
                row ->
                    new Months(
                        row.getObject(1, LocalDate.class),
                        row.getObject(2, LocalDate.class),
                        row.getLong(3)))
            .get(0);
    if (months.complete() == 0) {
      return Optional.empty();
    }
    Map<String, List<Member>> members = new LinkedHashMap<>();
    for (String dimension : DIMENSIONS) {
      members.put(dimension, members(session, months, dimension));
    }
    return Optional.of(new KpiReport(months.last(), months.before(), members));
  }

  private static List<Member> members(Session session, Months months, String dimension)
      throws SQLException {
    return session.query(
        SqlFile.read(KpiReport.class, "kpi-members"),
        List.of(months.before(), months.last(), dimension, MOST),
        row ->
            new Member(
                row.getString(1),
                row.getLong(2),
                row.getBigDecimal(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6)));
  }

  private record Months(LocalDate last, LocalDate before, long complete) {}
}
