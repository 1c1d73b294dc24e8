package io.autopulse.cli.summary;

import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;

/**
 * The KPIs of the last complete month on one page: the business, then its models, regions, dealers
 * and powertrains, each against the month before.
 */
public final class KpiOverview {
  private KpiOverview() {}

  /** Returns the overview; a sentence if there is no complete month yet. */
  public static String of(Connection connection) throws SQLException {
    LocalDate month;
    LocalDate before;
    try (PreparedStatement statement =
            connection.prepareStatement(SqlFile.read(KpiOverview.class, "last-months"));
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getLong(3) == 0) {
        return "\nThere is no complete month of KPIs yet.\n";
      }
      month = row.getObject(1, LocalDate.class);
      before = row.getObject(2, LocalDate.class);
    }
    String title =
        "\nKPIs of "
            + month.toString().substring(0, 7)
            + ", change in units on "
            + before.toString().substring(0, 7)
            + "\n\n";
    TextTable table =
        TextTable.of(
            Column.text(""),
            Column.text(""),
            Column.number("units"),
            Column.number("revenue"),
            Column.number("average price"),
            Column.number("share"),
            Column.number("change"));
    add(table, connection, month, before, "total", 1);
    add(table, connection, month, before, "model", 5);
    add(table, connection, month, before, "region", 5);
    add(table, connection, month, before, "dealer", 5);
    add(table, connection, month, before, "powertrain", 5);
    return title + table.render();
  }

  private static void add(
      TextTable table,
      Connection connection,
      LocalDate month,
      LocalDate before,
      String dimension,
      int most)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SqlFile.read(KpiOverview.class, "kpi-members"))) {
      statement.setObject(1, before);
      statement.setObject(2, month);
      statement.setString(3, dimension);
      statement.setInt(4, most);
      try (ResultSet row = statement.executeQuery()) {
        String heading = dimension;
        while (row.next()) {
          table.row(
              heading,
              row.getString(1),
              RunSummaryText.count(row.getLong(2)),
              amount(row.getBigDecimal(3)),
              amount(row.getBigDecimal(4)),
              percent("%.1f %%", row.getBigDecimal(5)),
              percent("%+.1f %%", row.getBigDecimal(6)));
          heading = "";
        }
      }
    }
  }

  private static String amount(BigDecimal amount) {
    return amount == null ? "" : String.format(Locale.ROOT, "%,.0f", amount);
  }

  private static String percent(String format, BigDecimal percent) {
    return percent == null ? "" : String.format(Locale.ROOT, format, percent);
  }
}
