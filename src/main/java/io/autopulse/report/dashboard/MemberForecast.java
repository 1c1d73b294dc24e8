package io.autopulse.report.dashboard;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<Attribute, List<String>> members = filter.members();
    if (members.size() > 1 || members.values().stream().anyMatch(names -> names.size() > 1)) {
      return Optional.empty();
    }
    String dimension =
        members.keySet().stream()
            .findFirst()
            .map(attribute -> Dimension.of(attribute).toString())
            .orElse(Dimension.TOTAL.toString());
    String member =
        members.values().stream().findFirst().map(names -> names.get(0)).orElse(Dimension.ALL);
    return of(Session.ofCore(connection), dimension, member);
  }

  private static Optional<MemberForecast> of(Session session, String dimension, String member)
      throws SQLException {
    record Row(Expected expected, LocalDate asOf, @Nullable String sentence) {}
    List<Row> rows =
        session.query(
            SqlFile.read(MemberForecast.class, "forecast-of-member"),
            List.of(GRAIN, dimension, member),
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
    List<Past> past =
        session.query(
            SqlFile.read(MemberForecast.class, "forecast-past"),
            List.of(
                GRAIN,
                dimension,
                member,
                first.minusYears(YEARS).atStartOfDay(),
                first.atStartOfDay(),
                GRAIN,
                dimension,
                member),
            row ->
                new Past(
                    row.getObject(1, LocalDate.class),
                    row.getLong(2),
                    number(row, 3),
                    number(row, 4),
                    number(row, 5)));
    return Optional.of(
        new MemberForecast(
            rows.get(0).asOf(),
            rows.stream().map(Row::expected).toList(),
            past,
            rows.get(0).sentence()));
  }

  private static @Nullable Double number(ResultSet row, int column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? null : number;
  }
}
