package io.autopulse.report;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The KPIs of the window that is open now: the whole business, then its strongest models and
 * dealers.
 *
 * @param grain of the window
 * @param start the window's first day
 * @param sold units sold
 * @param cancelled units cancelled
 * @param returned units returned
 * @param revenue of the units sold
 * @param strongest members by dimension, most units first
 */
public record LiveReport(
    Grain grain,
    LocalDate start,
    long sold,
    long cancelled,
    long returned,
    BigDecimal revenue,
    Map<String, List<Member>> strongest) {
  private static final int MOST = 5;

  private static final List<Dimension> SHOWN =
      List.of(Dimension.of(Attribute.MODEL), Dimension.of(Attribute.DEALER));

  /**
   * A member of a dimension.
   *
   * @param name the member
   * @param sold units sold
   * @param revenue of the units sold
   */
  public record Member(String name, long sold, BigDecimal revenue) {}

  /** Copies the members. */
  public LiveReport {
    strongest = Collections.unmodifiableMap(new LinkedHashMap<>(strongest));
  }

  /**
   * Reads the report.
   *
   * @param grains what the job computes: the window is the day if it does, else its shortest
   * @param dimensions what the job computes
   * @param now the wall clock in the job's time zone
   */
  public static LiveReport of(
      Connection connection, List<Grain> grains, List<Dimension> dimensions, LocalDateTime now)
      throws SQLException {
    Session session = Session.ofCore(connection);
    Grain grain = grains.contains(Grain.DAY) ? Grain.DAY : grains.get(0);
    LocalDate start = grain.windowStart(now.toLocalDate());
    Map<String, List<Member>> strongest = new LinkedHashMap<>();
    for (Dimension dimension : SHOWN) {
      if (dimensions.contains(dimension)) {
        strongest.put(dimension.toString(), strongest(session, grain, start, dimension));
      }
    }
    Dimension whole = dimensions.contains(Dimension.TOTAL) ? Dimension.TOTAL : dimensions.get(0);
    return session
        .query(
            SqlFile.read(LiveReport.class, "live-business"),
            List.of(grain.toString(), start.atStartOfDay(), whole.toString()),
            row ->
                new LiveReport(
                    grain,
                    start,
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getBigDecimal(4),
                    strongest))
        .get(0);
  }

  private static List<Member> strongest(
      Session session, Grain grain, LocalDate start, Dimension dimension) throws SQLException {
    return session.query(
        SqlFile.read(LiveReport.class, "live-members"),
        List.of(grain.toString(), start.atStartOfDay(), dimension.toString(), MOST),
        row -> new Member(row.getString(1), row.getLong(2), row.getBigDecimal(3)));
  }
}
