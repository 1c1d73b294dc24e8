package io.autopulse.pipeline.forecast;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Forecaster;
import io.autopulse.domain.forecast.combine.Recipe;
import io.autopulse.domain.forecast.ledger.Panel;
import io.autopulse.domain.forecast.ledger.PeriodUnits;
import io.autopulse.domain.forecast.regress.KnownRegistrations;
import io.autopulse.domain.forecast.regress.KnownRegressors;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.pipeline.manifest.JobSpec;
import io.autopulse.transform.forecast.ForecastSeries;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The members of a few dimensions, with the regressors that were known on the as-of date: weeks
 * only, as {@code trend_features} has, and of registrations the last month that was known in them.
 * Reads, and writes nothing.
 *
 * @param job whose as-of date, history and horizon count
 * @param members in the order of the dimensions and of their names
 */
public record KnownMembers(ForecastJob job, List<Member> members) {
  /** The regressors of {@code trend_features}, in the order of the query. */
  private static final List<String> FEATURES = List.of("price", "fuel", "attention");

  /** What registrations tell apart, in the order of the query. */
  private static final List<Attribute> SLICE =
      List.of(Attribute.REGION, Attribute.MAKE, Attribute.MODEL, Attribute.POWERTRAIN);

  /**
   * A member.
   *
   * @param dimension its dimension
   * @param whole its whole history
   * @param known its regressors
   */
  public record Member(Dimension dimension, Series whole, KnownRegressors known) {}

  /** Copies the list. */
  public KnownMembers {
    members = List.copyOf(members);
  }

  /** Tells whether the warehouse has trend features. */
  public static boolean areThere(Connection connection) throws SQLException {
    return Session.ofCore(connection).hasRows(Warehouse.SCHEMA + ".trend_features_current");
  }

  /** Reads the members of some dimensions. */
  public static KnownMembers read(
      Connection connection, ForecastJob job, List<Dimension> dimensions) throws SQLException {
    Session session = Session.ofCore(connection);
    Map<String, List<PeriodUnits>> units = new HashMap<>();
    session.query(
        new ForecastQueries(
                dimensions, job.asOf(), job.requested(), job.request().manifest().timezone())
            .units(),
        row -> {
          PeriodUnits sold =
              new PeriodUnits(
                  row.getString(1),
                  row.getString(2),
                  row.getObject(3, LocalDate.class),
                  row.getLong(4));
          units.computeIfAbsent(sold.dimension(), d -> new ArrayList<>()).add(sold);
          return sold;
        });
    Map<List<String>, Map<String, TreeMap<LocalDate, Double>>> values =
        regressors(session, job, dimensions);
    List<Member> members = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      String name = dimension.toString();
      for (Series series :
          Panel.of(units.getOrDefault(name, List.of()), job.asOf(), job.forecast().season())) {
        members.add(
            new Member(
                dimension,
                series,
                KnownRegressors.of(
                    series,
                    values.getOrDefault(List.of(name, series.key()), Map.of()),
                    job.forecast().horizon())));
      }
    }
    return new KnownMembers(job, members);
  }

  private static Map<List<String>, Map<String, TreeMap<LocalDate, Double>>> regressors(
      Session session, ForecastJob job, List<Dimension> dimensions) throws SQLException {
    Map<List<String>, Map<String, TreeMap<LocalDate, Double>>> values = new HashMap<>();
    session.query(
        SqlFile.read(
            KnownMembers.class,
            "known-regressors",
            Map.of(
                "core", Warehouse.SCHEMA,
                "from", SqlNames.literal(job.requested().from()),
                "to", SqlNames.literal(job.requested().to()),
                "dimensions",
                    dimensions.stream().map(d -> "'" + d + "'").collect(Collectors.joining(", ")))),
        row -> {
          Map<String, TreeMap<LocalDate, Double>> member =
              values.computeIfAbsent(
                  List.of(row.getString(1), row.getString(2)), m -> new TreeMap<>());
          for (int i = 0; i < FEATURES.size(); i++) {
            add(member, FEATURES.get(i), row, 4 + i);
          }
          return member;
        });
    List<KnownRegistrations.Figure> figures = registrations(session, job);
    for (Dimension dimension : dimensions) {
      if (SLICE.containsAll(dimension.attributes())) {
        KnownRegistrations.of(
                figures,
                dimension.attributes().stream().map(SLICE::indexOf).toList(),
                Dimension.PAIR,
                job.requested().from(),
                job.requested().to())
            .forEach(
                (member, weeks) ->
                    values
                        .computeIfAbsent(
                            List.of(dimension.toString(), member), m -> new TreeMap<>())
                        .put(KnownRegressors.REGISTRATIONS, new TreeMap<>(weeks)));
      }
    }
    return values;
  }

  private static List<KnownRegistrations.Figure> registrations(Session session, ForecastJob job)
      throws SQLException {
    return session.query(
        SqlFile.read(
            KnownMembers.class,
            "known-registrations",
            Map.of("core", Warehouse.SCHEMA, "to", SqlNames.literal(job.requested().to()))),
        row -> {
          long units = row.getLong(7);
          return new KnownRegistrations.Figure(
              row.getObject(1, LocalDate.class),
              List.of(row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
              row.getObject(6, LocalDate.class),
              row.wasNull() ? null : units);
        });
  }

  private static void add(
      Map<String, TreeMap<LocalDate, Double>> member, String name, ResultSet row, int column)
      throws SQLException {
    double value = row.getDouble(column);
    if (!row.wasNull()) {
      member
          .computeIfAbsent(name, n -> new TreeMap<>())
          .put(row.getObject(3, LocalDate.class), value);
    }
  }

  /**
   * Returns the units that are forecast for each member over the whole horizon, before forecasts
   * are made to add up.
   */
  public List<Double> forecast() {
    JobSpec.Forecast spec = job.forecast();
    Recipe recipe = ForecastSeries.recipe(spec.windows(), spec.country());
    List<Double> units = new ArrayList<>();
    members.stream()
        .map(Member::dimension)
        .distinct()
        .forEach(
            dimension ->
                new Forecaster(recipe)
                    .forecast(
                        members.stream()
                            .filter(member -> member.dimension().equals(dimension))
                            .map(Member::whole)
                            .toList(),
                        spec.horizon())
                    .forEach(forecast -> units.add(sum(forecast))));
    return units;
  }

  private static double sum(MemberForecast forecast) {
    double sum = 0;
    for (double mean : forecast.mean()) {
      sum += mean;
    }
    return sum;
  }
}
