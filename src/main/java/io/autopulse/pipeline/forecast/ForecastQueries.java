package io.autopulse.pipeline.forecast;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.ledger.AsOf;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.Warehouse;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a forecast reads from the warehouse, DuckDB or Snowflake, by the same text.
 *
 * @param dimensions whose members are forecast
 * @param asOf what is known
 * @param history the business dates of the sales
 * @param timezone in which the as-of date ends
 */
record ForecastQueries(
    List<Dimension> dimensions, AsOf asOf, BusinessInterval history, ZoneId timezone) {
  /** Past as-of dates that are compared with what happened since: those of the last year. */
  private static final int SCORED_DAYS = 364;

  /** Returns the query of the units that each member sold by period. */
  String units() {
    return known(
        dimensions.stream()
            .map(ForecastQueries::members)
            .collect(Collectors.joining("\nunion all\n")));
  }

  /**
   * Returns the query of the finest combinations of members, and what they sold in the last year.
   */
  String cells() {
    return known(
        sql(
            "cells",
            Map.of(
                "attributes", String.join(", ", attributes()),
                "recent", recent())));
  }

  /**
   * Returns the query of what the last refresh by the end of the as-of date knew of each vehicle,
   * and what the units of its model were sold for in the last year.
   */
  String vehicles() {
    return known(
        sql(
            "known-vehicles",
            Map.of("core", Warehouse.SCHEMA, "known_before", knownBefore(), "recent", recent())));
  }

  private String recent() {
    return SqlNames.literal(asOf.firstForecast().minusYears(1));
  }

  private String knownBefore() {
    return SqlNames.literal(asOf.day().plusDays(1).atStartOfDay(timezone).toInstant());
  }

  /** Returns the attributes that the dimensions are made of. */
  List<String> attributes() {
    List<String> attributes =
        Arrays.stream(Attribute.values())
            .filter(a -> dimensions.stream().anyMatch(d -> d.attributes().contains(a)))
            .map(a -> SqlNames.identifier(a.toString()))
            .toList();
    return attributes.isEmpty() ? List.of(Attribute.REGION.toString()) : attributes;
  }

  private String known(String units) {
    return sql(
        "known-units",
        Map.of(
            "core", Warehouse.SCHEMA,
            "known_before", knownBefore(),
            "grain", grain(),
            "from", SqlNames.literal(history.from()),
            "to", SqlNames.literal(history.to()),
            "units", units));
  }

  /**
   * Returns the query of what earlier vintages said of periods that are complete now, and of the
   * steps that led there.
   */
  String pastForecasts() {
    return sql(
        "past-forecasts",
        Map.of(
            "core", Warehouse.SCHEMA,
            "grain", grain(),
            "period", asOf.step() == Step.WEEK ? "7 days" : "1 month",
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

  private String grain() {
    return SqlNames.literal(asOf.step().toString());
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(ForecastQueries.class, name, values);
  }
}
