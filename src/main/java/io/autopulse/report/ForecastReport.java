package io.autopulse.report;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest forecasts of the ledger, and how earlier ones did.
 *
 * @param grain week or month
 * @param asOf the last date that they knew
 * @param vintage which of the as-of date's vintages
 * @param firstPeriod the first day of the first period
 * @param lastPeriod the first day of the last period
 * @param levels each dimension, the smallest first
 * @param since what the as-of date before said of the total in periods that are complete now
 * @param series the members that are expected to sell most, a few of each dimension
 * @param steps what each step of making forecasts was worth, and whose forecasts were biased
 */
public record ForecastReport(
    String grain,
    LocalDate asOf,
    long vintage,
    LocalDate firstPeriod,
    LocalDate lastPeriod,
    List<Level> levels,
    List<Since> since,
    List<MemberLine> series,
    ForecastSteps steps) {
  /**
   * How well the members of a dimension were forecast, over all earlier as-of dates and horizons.
   *
   * @param dimension the dimension
   * @param members how many members are forecast now
   * @param gated of how many a simple method is published, because it was better
   * @param forecasts how many forecasts are compared with what was sold
   * @param rmsse mean over the members; null if nothing can be compared
   * @param wape absolute errors as a share of what was sold
   * @param bias errors as a share of what was sold; above 0 the forecasts were too high
   * @param coverage80 the share of periods within the 80 % interval
   * @param coverage95 the share of periods within the 95 % interval
   * @param naiveRmsse that of the last value carried forward
   * @param naiveWape that of the last value carried forward
   * @param seasonalRmsse that of the last season carried forward
   * @param seasonalWape that of the last season carried forward
   */
  public record Level(
      String dimension,
      long members,
      long gated,
      long forecasts,
      @Nullable BigDecimal rmsse,
      @Nullable BigDecimal wape,
      @Nullable BigDecimal bias,
      @Nullable BigDecimal coverage80,
      @Nullable BigDecimal coverage95,
      @Nullable BigDecimal naiveRmsse,
      @Nullable BigDecimal naiveWape,
      @Nullable BigDecimal seasonalRmsse,
      @Nullable BigDecimal seasonalWape) {}

  /**
   * A period that was forecast and is complete.
   *
   * @param asOf the last date that the forecast knew
   * @param period its first day
   * @param mean what was forecast
   * @param lower80 of the 80 % interval
   * @param upper80 of the 80 % interval
   * @param sold what was sold, as it is known now
   */
  public record Since(
      LocalDate asOf,
      LocalDate period,
      BigDecimal mean,
      BigDecimal lower80,
      BigDecimal upper80,
      long sold) {}

  /**
   * A member's past and future.
   *
   * @param dimension the dimension
   * @param member the member
   * @param sold units by the first day of their period, as they are known now; a period without a
   *     sale is absent
   * @param points what is forecast, by period
   * @param madeBy what gave the forecast
   * @param reason why it is a simple method; null if it is none
   * @param sentence what is forecast, and why
   */
  public record MemberLine(
      String dimension,
      String member,
      TreeMap<LocalDate, Long> sold,
      List<Point> points,
      String madeBy,
      @Nullable String reason,
      @Nullable String sentence) {
    /** Copies the points. */
    public MemberLine {
      points = List.copyOf(points);
    }
  }

  /**
   * A forecast of a period.
   *
   * @param period its first day
   * @param mean units
   * @param lower80 of the 80 % interval
   * @param upper80 of the 80 % interval
   * @param lower95 of the 95 % interval
   * @param upper95 of the 95 % interval
   * @param seasonalNaive the last season carried forward
   */
  public record Point(
      LocalDate period,
      double mean,
      double lower80,
      double upper80,
      double lower95,
      double upper95,
      double seasonalNaive) {}

  /** Copies the lists. */
  public ForecastReport {
    levels = List.copyOf(levels);
    since = List.copyOf(since);
    series = List.copyOf(series);
  }

  /**
   * Reads the report; empty if nothing is forecast yet.
   *
   * @param grain week or month
   * @param top how many members of each dimension have their series
   */
  public static Optional<ForecastReport> of(Connection connection, String grain, int top)
      throws SQLException {
    Session session = Session.ofCore(connection);
    List<ForecastReport> headers =
        session.query(
            sql("vintage"),
            List.of(grain),
            row ->
                new ForecastReport(
                    grain,
                    row.getObject(1, LocalDate.class),
                    row.getLong(2),
                    row.getObject(3, LocalDate.class),
                    row.getObject(4, LocalDate.class),
                    List.of(),
                    List.of(),
                    List.of(),
                    new ForecastSteps(List.of(), List.of())));
    if (headers.isEmpty()) {
      return Optional.empty();
    }
    ForecastReport header = headers.get(0);
    List<Level> levels = header.levels(session);
    return Optional.of(
        new ForecastReport(
            grain,
            header.asOf,
            header.vintage,
            header.firstPeriod,
            header.lastPeriod,
            levels,
            header.since(session),
            header.series(session, top, levels.stream().map(Level::dimension).toList()),
            ForecastSteps.of(session, grain, header.asOf)));
  }

  private List<Level> levels(Session session) throws SQLException {
    return session.query(
        sql("levels"),
        List.of(grain, grain, asOf),
        row ->
            new Level(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6),
                row.getBigDecimal(7),
                row.getBigDecimal(8),
                row.getBigDecimal(9),
                row.getBigDecimal(10),
                row.getBigDecimal(11),
                row.getBigDecimal(12),
                row.getBigDecimal(13)));
  }

  private List<Since> since(Session session) throws SQLException {
    return session.query(
        sql("since"),
        List.of(grain, asOf, grain, firstPeriod),
        row ->
            new Since(
                row.getObject(1, LocalDate.class),
                row.getObject(2, LocalDate.class),
                row.getBigDecimal(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5),
                row.getLong(6)));
  }

  private List<MemberLine> series(Session session, int top, List<String> order)
      throws SQLException {
    if (top == 0) {
      return List.of();
    }
    Map<String, MemberLine> lines = new LinkedHashMap<>();
    Map<String, List<Point>> points = new LinkedHashMap<>();
    session.query(
        sql("series"),
        List.of(grain, grain, top, grain),
        row -> {
          String key = row.getString(1) + "|" + row.getString(2);
          lines.putIfAbsent(key, line(row));
          points.computeIfAbsent(key, k -> new ArrayList<>()).add(point(row));
          return key;
        });
    session.query(
        sql("history"),
        List.of(grain, firstPeriod.minusYears(2), firstPeriod),
        row -> {
          MemberLine line = lines.get(row.getString(1) + "|" + row.getString(2));
          if (line != null) {
            line.sold().put(row.getObject(3, LocalDate.class), row.getLong(4));
          }
          return row.getLong(4);
        });
    List<MemberLine> series = new ArrayList<>();
    lines.forEach(
        (key, line) ->
            series.add(
                new MemberLine(
                    line.dimension(),
                    line.member(),
                    line.sold(),
                    points.getOrDefault(key, List.of()),
                    line.madeBy(),
                    line.reason(),
                    line.sentence())));
    series.sort(Comparator.comparingInt(line -> order.indexOf(line.dimension())));
    return series;
  }

  private static MemberLine line(ResultSet row) throws SQLException {
    return new MemberLine(
        row.getString(1),
        row.getString(2),
        new TreeMap<>(),
        List.of(),
        row.getString(10),
        row.getString(11),
        row.getString(12));
  }

  private static Point point(ResultSet row) throws SQLException {
    return new Point(
        row.getObject(3, LocalDate.class),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9));
  }

  private static String sql(String name) {
    return SqlFile.read(ForecastReport.class, "forecast-" + name);
  }
}
