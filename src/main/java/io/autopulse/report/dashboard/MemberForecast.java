package io.autopulse.report.dashboard;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a member is expected to sell, and what it has sold.
 *
 * @param asOf the last date that the forecast knew
 * @param expected periods to come
 * @param past periods before them
 * @param sentence what is forecast, and why; null if the forecast says none
 */
public record MemberForecast(
    LocalDate asOf, List<Expected> expected, List<Past> past, @Nullable String sentence) {
  private static final String GRAIN = "week";
  private static final int YEARS = 2;

  /**
   * A period to come.
   *
   * @param from its first day
   * @param mean units
   * @param lower80 of the 80 % interval
   * @param upper80 of the 80 % interval
   * @param lower95 of the 95 % interval
   * @param upper95 of the 95 % interval
   * @param naive the last season carried forward; null if there is none
   */
  public record Expected(
      LocalDate from,
      double mean,
      double lower80,
      double upper80,
      double lower95,
      double upper95,
      @Nullable Double naive) {}

  /**
   * A period that has passed.
   *
   * @param from its first day
   * @param sold units, as they are known now
   * @param said what the last forecast before it said; null if there was none
   * @param lower80 of that one's 80 % interval
   * @param upper80 of that one's 80 % interval
   */
  public record Past(
      LocalDate from,
      long sold,
      @Nullable Double said,
      @Nullable Double lower80,
      @Nullable Double upper80) {}

  /** Copies the lists. */
  public MemberForecast {
    expected = List.copyOf(expected);
    past = List.copyOf(past);
  }

  /**
   * Reads the weekly forecast of what a filter lets pass.
   *
   * @return empty if that is not one member of one dimension, or it is not forecast
   */
  public static Optional<MemberForecast> of(Connection connection, SalesFilter filter)
      throws SQLException {
    Optional<SalesFilter.Cell> cell = filter.cell();
    return cell.isEmpty() ? Optional.empty() : of(Session.ofCore(connection), cell.get());
  }

  private static Optional<MemberForecast> of(Session session, SalesFilter.Cell cell)
      throws SQLException {
    record Row(Expected expected, LocalDate asOf, @Nullable String sentence) {}
    List<Row> rows =
        session.query(
            SqlFile.read(MemberForecast.class, "forecast-of-member"),
            List.of(GRAIN, cell.dimension(), cell.member()),
            row ->
                new Row(
                    new Expected(
                        row.getObject(1, LocalDate.class),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getDouble(7),
                        number(row, 8)),
                    row.getObject(2, LocalDate.class),
                    row.getString(9)));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    LocalDate first = rows.get(0).expected().from();
    return Optional.of(
        new MemberForecast(
            rows.get(0).asOf(),
            rows.stream().map(Row::expected).toList(),
            past(session, cell, first),
            rows.get(0).sentence()));
  }

  /** Reads the periods before the first that is forecast: a period without a sale has no row. */
  private static List<Past> past(Session session, SalesFilter.Cell cell, LocalDate first)
      throws SQLException {
    List<Object> values =
        List.of(
            GRAIN,
            cell.dimension(),
            cell.member(),
            first.minusYears(YEARS).atStartOfDay(),
            first.atStartOfDay());
    List<Object> twice = new ArrayList<>(values);
    twice.addAll(values);
    NavigableMap<LocalDate, Past> known = new TreeMap<>();
    session.query(
        SqlFile.read(MemberForecast.class, "forecast-past"),
        twice,
        row ->
            known.put(
                row.getObject(1, LocalDate.class),
                new Past(
                    row.getObject(1, LocalDate.class),
                    row.getLong(2),
                    number(row, 3),
                    number(row, 4),
                    number(row, 5))));
    List<Past> past = new ArrayList<>();
    LocalDate week = known.isEmpty() ? first : known.firstKey();
    for (; week.isBefore(first); week = week.plusWeeks(1)) {
      past.add(known.getOrDefault(week, new Past(week, 0, null, null, null)));
    }
    return past;
  }

  private static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? null : number;
  }
}
