package io.autopulse.cli.summary;

import io.autopulse.cli.text.QueryResult;
import io.autopulse.cli.text.RowPrinter;
import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.warehouse.SqlFile;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Risers and fallers of {@code trend_movers}, for a person or for a program. */
public final class TrendMovers {
  private static final List<String> USUAL = List.of("model", "powertrain", "region");

  private static final String LAST_SALE =
      "select max(week_start) from autopulse_core.trend_features where units > 0";

  private static final String KNOWN =
      "select max(week_start), count(distinct week_start) from autopulse_core.trend_features";

  private static final String DIMENSIONS =
      "select distinct dimension from autopulse_core.trend_features order by dimension";

  private final Connection connection;
  private final int weeks;
  private final int top;

  /**
   * Prepares the answer.
   *
   * @param weeks 4 or 13
   * @param top how many risers and how many fallers of each dimension
   */
  public TrendMovers(Connection connection, int weeks, int top) {
    this.connection = connection;
    this.weeks = weeks;
    this.top = top;
  }

  /**
   * Returns the dimensions to show: those asked for, or if none is, the usual ones, or else all
   * that the trend job has published.
   *
   * @throws InputException if it has published others and not one that is asked for
   */
  public List<String> dimensions(List<String> asked) throws SQLException {
    List<String> known = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(DIMENSIONS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        known.add(String.valueOf(row.getString(1)));
      }
    }
    if (asked.isEmpty()) {
      return known.isEmpty() || known.containsAll(USUAL) ? USUAL : known;
    }
    for (String dimension : asked) {
      if (!known.isEmpty() && !known.contains(dimension)) {
        throw new InputException(
            "--by",
            "the trends know no dimension \"" + dimension + "\"",
            NearestName.hint(dimension, known));
      }
    }
    return asked;
  }

  /** Prints the rows, every column. */
  public void print(List<String> dimensions, RowPrinter printer, PrintWriter out)
      throws SQLException {
    try (PreparedStatement statement = query(dimensions);
        ResultSet rows = statement.executeQuery()) {
      printer.print(QueryResult.inLowerCase(rows), out);
    }
  }

  private PreparedStatement query(List<String> dimensions) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            SqlFile.read(
                TrendMovers.class,
                "trend-movers",
                Map.of(
                    "dimensions", String.join(", ", Collections.nCopies(dimensions.size(), "?")))));
    int place = 1;
    statement.setInt(place++, weeks);
    for (String dimension : dimensions) {
      statement.setString(place++, dimension);
    }
    statement.setInt(place, top);
    return statement;
  }

  /** Returns one page: a table, or a sentence if there is nothing to compare yet. */
  public String text(List<String> dimensions) throws SQLException {
    LocalDate last;
    try (PreparedStatement statement = connection.prepareStatement(KNOWN);
        ResultSet row = statement.executeQuery()) {
      row.next();
      long known = row.getLong(2);
      if (known == 0) {
        return "There are no trend features yet. Make them with: autopulse run pipelines/trend-features.yaml\n";
      }
      if (known < 2L * weeks) {
        return "There are %d closed weeks; %d against %d need %d.\n"
            .formatted(known, weeks, weeks, 2 * weeks);
      }
      last = row.getObject(1, LocalDate.class);
    }
    TextTable table =
        TextTable.of(
            Column.text(""),
            Column.text(""),
            Column.number("units"),
            Column.number("before"),
            Column.number("change"),
            Column.number(""),
            Column.number("share"),
            Column.number("change"),
            Column.text("larger than noise"));
    List<String> order = new ArrayList<>(dimensions);
    List<List<List<String>>> byDimension = new ArrayList<>();
    order.forEach(dimension -> byDimension.add(new ArrayList<>()));
    try (PreparedStatement statement = query(dimensions);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String dimension = String.valueOf(row.getString(1));
        byDimension.get(order.indexOf(dimension)).add(cells(row));
      }
    }
    if (byDimension.stream().allMatch(List::isEmpty)) {
      return unmoved(last);
    }
    for (int i = 0; i < order.size(); i++) {
      String heading = order.get(i);
      for (List<String> cells : byDimension.get(i)) {
        List<String> line = new ArrayList<>(List.of(heading));
        line.addAll(cells);
        table.row(line);
        heading = "";
      }
    }
    return "Risers and fallers: the %d weeks to %s against the %d before, each week as known at its end%n%n"
            .formatted(weeks, last.plusDays(6), weeks)
        + table.render()
        + "\nLarger than noise: unlikely from the member's own ups and downs from week to week (false"
        + " alarms at most 5 %).\n";
  }

  private String unmoved(LocalDate last) throws SQLException {
    LocalDate sold;
    try (PreparedStatement statement = connection.prepareStatement(LAST_SALE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      sold = row.getObject(1, LocalDate.class);
    }
    String compared =
        "The units of no member changed: the %d weeks to %s against the %d before."
            .formatted(weeks, last.plusDays(6), weeks);
    if (sold == null) {
      return compared + " The trends hold no sale at all.\n";
    }
    boolean old = sold.isBefore(last.minusWeeks(2L * weeks - 1));
    return compared
        + (old
            ? " The last week with a sale is the one from %s: newer sales are not in the warehouse.%n"
                .formatted(sold)
            : "\n");
  }

  private static List<String> cells(ResultSet row) throws SQLException {
    BigDecimal shareChange = row.getBigDecimal(11);
    boolean larger = row.getBoolean(15);
    String verdict = row.wasNull() ? "too few weeks" : larger ? "yes" : "no";
    return List.of(
        String.valueOf(row.getString(2)),
        RunSummaryText.count(row.getLong(5)),
        RunSummaryText.count(row.getLong(6)),
        String.format(Locale.ROOT, "%+,d", row.getLong(7)),
        percent("%+.1f %%", row.getBigDecimal(8)),
        percent("%.1f %%", row.getBigDecimal(9)),
        shareChange == null
            ? ""
            : String.format(Locale.ROOT, "%+.1f pp", shareChange.movePointRight(2)),
        verdict);
  }

  private static String percent(String format, BigDecimal share) {
    return share == null ? "" : String.format(Locale.ROOT, format, share.movePointRight(2));
  }
}
