package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.pipeline.manifest.KpiSpec;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The KPIs of the window that is open now: the whole business, then its strongest models and
 * dealers.
 *
 * @param window what the window is, such as {@code day 2026-11-24}
 * @param sold units sold
 * @param cancelled units cancelled
 * @param returned units returned
 * @param revenue of the units sold
 * @param strongest members by dimension, most units first
 */
public record LiveOverview(
    String window,
    long sold,
    long cancelled,
    long returned,
    BigDecimal revenue,
    Map<String, List<Member>> strongest) {
  private static final int MOST = 5;

  /**
   * A member of a dimension.
   *
   * @param name the member
   * @param sold units sold
   * @param revenue of the units sold
   */
  record Member(String name, long sold, BigDecimal revenue) {}

  /**
   * Reads the overview.
   *
   * @param kpis what the job computes: of the day if it does, else of its shortest window
   * @param now the wall clock in the job's time zone
   */
  public static LiveOverview of(Connection connection, KpiSpec kpis, LocalDateTime now)
      throws SQLException {
    Grain grain = kpis.grains().contains(Grain.DAY) ? Grain.DAY : kpis.grains().get(0);
    LocalDate start = grain.windowStart(now.toLocalDate());
    Map<String, List<Member>> strongest = new LinkedHashMap<>();
    for (Dimension dimension :
        List.of(Dimension.of(Attribute.MODEL), Dimension.of(Attribute.DEALER))) {
      if (kpis.dimensions().contains(dimension)) {
        strongest.put(
            dimension.toString(), strongest(connection, grain, start, dimension.toString()));
      }
    }
    Dimension whole =
        kpis.dimensions().contains(Dimension.TOTAL) ? Dimension.TOTAL : kpis.dimensions().get(0);
    try (PreparedStatement statement =
        connection.prepareStatement(SqlFile.read(LiveOverview.class, "live-business"))) {
      bind(statement, grain, start, whole.toString());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new LiveOverview(
            grain + " " + start,
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getBigDecimal(4),
            strongest);
      }
    }
  }

  private static List<Member> strongest(
      Connection connection, Grain grain, LocalDate start, String dimension) throws SQLException {
    List<Member> members = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(SqlFile.read(LiveOverview.class, "live-members"))) {
      bind(statement, grain, start, dimension);
      statement.setInt(4, MOST);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          members.add(new Member(row.getString(1), row.getLong(2), row.getBigDecimal(3)));
        }
      }
    }
    return members;
  }

  private static void bind(
      PreparedStatement statement, Grain grain, LocalDate start, String dimension)
      throws SQLException {
    statement.setString(1, grain.toString());
    statement.setObject(2, start.atStartOfDay());
    statement.setString(3, dimension);
  }

  /** Returns the business in one line. */
  public String headline() {
    return String.format(
        Locale.ROOT,
        "%s: %s sold, %s cancelled, %s returned, revenue %,.0f",
        window,
        RunSummaryText.count(sold),
        RunSummaryText.count(cancelled),
        RunSummaryText.count(returned),
        revenue);
  }

  /** Returns the strongest members as lines that end with a newline. */
  public String table() {
    TextTable table =
        TextTable.of(
            Column.text(""), Column.text(""), Column.number("units"), Column.number("revenue"));
    strongest.forEach(
        (dimension, members) -> {
          String heading = dimension;
          for (Member member : members) {
            table.row(
                heading,
                member.name(),
                RunSummaryText.count(member.sold()),
                String.format(Locale.ROOT, "%,.0f", member.revenue()));
            heading = "";
          }
        });
    return table.render();
  }
}
