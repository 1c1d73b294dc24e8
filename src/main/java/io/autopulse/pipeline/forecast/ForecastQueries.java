package io.autopulse.pipeline.forecast;

import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a forecast reads from the warehouse, DuckDB or Snowflake, by the same text. */
final class ForecastQueries {
  /** Past as-of dates that are compared with what happened since: those of the last year. */
  private static final int SCORED_DAYS = 364;

  private ForecastQueries() {}

  /**
   * Returns the query of the units sold, as known at the end of the as-of date.
   *
   * @param history the business dates of the sales
   * @param timezone in which the as-of date ends
   */
  static String units(
      List<Dimension> dimensions, AsOf asOf, BusinessInterval history, ZoneId timezone) {
    Instant end = asOf.day().plusDays(1).atStartOfDay(timezone).toInstant();
    return sql(
        "known-units",
        Map.of(
            "core", Warehouse.SCHEMA,
            "known_before", SqlNames.literal(end),
            "grain", grain(asOf),
            "from", SqlNames.literal(history.from()),
            "to", SqlNames.literal(history.to()),
            "members",
                dimensions.stream()
                    .map(ForecastQueries::members)
                    .collect(Collectors.joining("\nunion all\n"))));
  }

  /** Returns the query of what earlier vintages said of periods that are complete now. */
  static String pastForecasts(List<Dimension> dimensions, AsOf asOf) {
    return sql(
        "past-forecasts",
        Map.of(
            "core", Warehouse.SCHEMA,
            "grain", grain(asOf),
            "as_of", SqlNames.literal(asOf.day()),
            "oldest", SqlNames.literal(asOf.day().minusDays(SCORED_DAYS)),
            "to", SqlNames.literal(asOf.firstForecast()),
            "dimensions",
                dimensions.stream().map(ForecastQueries::name).collect(Collectors.joining(", "))));
  }

  private static String members(Dimension dimension) {
    String member =
        dimension.attributes().stream()
            .map(attribute -> SqlNames.identifier(attribute.toString()))
            .collect(Collectors.joining(" || '" + Dimension.PAIR + "' || "));
    return sql(
        "members",
        Map.of(
            "dimension",
            name(dimension),
            "member",
            member.isEmpty() ? "'" + Dimension.ALL + "'" : member));
  }

  // Made of the names of attributes, which are words.
  private static String name(Dimension dimension) {
    return "'" + dimension + "'";
  }

  private static String grain(AsOf asOf) {
    return SqlNames.literal(asOf.step().name().toLowerCase(Locale.ROOT));
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(ForecastQueries.class, name, values);
  }
}
