package io.autopulse.sink.publish;

import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The market share of KPIs: units sold / vehicles that the whole market registered in the same
 * slice and period, half up in millionths. A dimension's registrations are those of the rows that
 * tell its attributes apart and as few others as possible, which are added up; where no row of the
 * KPI's grain and window does, or the slice has no registration, there is no share. Both jobs
 * restate it: registrations may come before the KPIs of their period or after.
 */
public final class MarketShare {
  private static final List<String> ATTRIBUTES = List.of("region", "make", "model", "powertrain");

  // A rank by how many attributes a shape tells apart; of equals the first by the order of columns.
  private static final String RESTATE =
      """
      update {core}.sales_kpi
      set market_share = shares.market_share
      from (
          with dimensions as (
          %1$s
          ),

          registered as (
              select
                  period_grain as grain,
                  cast(period_start as timestamp) as window_start,
                  region,
                  make,
                  model,
                  powertrain,
                  case when region = 'ALL' then 0 else 1 end as tells_region,
                  case when make = 'ALL' then 0 else 1 end as tells_make,
                  case when model = 'ALL' then 0 else 1 end as tells_model,
                  case when powertrain = 'ALL' then 0 else 1 end as tells_powertrain,
                  registrations
              from {core}.market_registrations
          ),

          shapes as (
              select distinct
                  grain, window_start, tells_region, tells_make, tells_model, tells_powertrain
              from registered
          ),

          ranked as (
              select
                  shapes.grain,
                  shapes.window_start,
                  shapes.tells_region,
                  shapes.tells_make,
                  shapes.tells_model,
                  shapes.tells_powertrain,
                  dimensions.dimension,
                  dimensions.first_attribute,
                  dimensions.second_attribute,
                  row_number() over (
                      partition by shapes.grain, shapes.window_start, dimensions.dimension
                      order by
                          shapes.tells_region + shapes.tells_make + shapes.tells_model
                          + shapes.tells_powertrain,
                          shapes.tells_region,
                          shapes.tells_make,
                          shapes.tells_model,
                          shapes.tells_powertrain
                  ) as shape_rank
              from shapes
              inner join dimensions
                  on
                      shapes.tells_region >= dimensions.needs_region
                      and shapes.tells_make >= dimensions.needs_make
                      and shapes.tells_model >= dimensions.needs_model
                      and shapes.tells_powertrain >= dimensions.needs_powertrain
          ),

          members as (
              select
                  registered.grain,
                  registered.window_start,
                  ranked.dimension,
                  case ranked.first_attribute
                      when 'region' then registered.region
                      when 'make' then registered.make
                      when 'model' then registered.model
                      when 'powertrain' then registered.powertrain
                      else 'ALL'
                  end as first_member,
                  case ranked.second_attribute
                      when 'region' then ' x ' || registered.region
                      when 'make' then ' x ' || registered.make
                      when 'model' then ' x ' || registered.model
                      when 'powertrain' then ' x ' || registered.powertrain
                      else ''
                  end as second_member,
                  registered.registrations
              from registered
              inner join ranked
                  on
                      registered.grain = ranked.grain
                      and registered.window_start = ranked.window_start
                      and registered.tells_region = ranked.tells_region
                      and registered.tells_make = ranked.tells_make
                      and registered.tells_model = ranked.tells_model
                      and registered.tells_powertrain = ranked.tells_powertrain
              where ranked.shape_rank = 1
          ),

          market as (
              select
                  grain,
                  window_start,
                  dimension,
                  first_member || second_member as member,
                  cast(sum(registrations) as bigint) as registrations
              from members
              group by 1, 2, 3, 4
          )

          select
              kpis.grain,
              kpis.window_start,
              kpis.dimension,
              kpis.member,
              case
                  when kpis.units_sold < 1000 * market.registrations then cast(
                      cast(
                          floor(
                              cast(
                                  2000000 * kpis.units_sold + market.registrations
                                  as double precision
                              ) / cast(2 * market.registrations as double precision)
                          ) as decimal(9, 0)
                      ) * 0.000001 as decimal(9, 6)
                  )
              end as market_share
          from {core}.sales_kpi as kpis
          left join market
              on
                  kpis.grain = market.grain
                  and kpis.window_start = market.window_start
                  and kpis.dimension = market.dimension
                  and kpis.member = market.member
          where %2$s
      ) as shares
      where
          sales_kpi.grain = shares.grain
          and sales_kpi.window_start = shares.window_start
          and sales_kpi.dimension = shares.dimension
          and sales_kpi.member = shares.member
          and sales_kpi.market_share is distinct from shares.market_share
      """;

  private static final String OF_STAGED_REGISTRATIONS =
      """
      exists (
          select 1
          from {market_registrations} as staged
          where
              staged.period_grain = kpis.grain
              and cast(staged.period_start as timestamp) = kpis.window_start
      )
      """;

  private MarketShare() {}

  /** Restates the share of the KPIs that a refresh has just put in. */
  public static void ofCovered(Session session, StatementListener listener, boolean everything)
      throws SQLException {
    restate(
        session,
        listener,
        "kpis.grain in ({grains})"
            + (everything ? "" : " and kpis.window_start >= {from} and kpis.window_end <= {to}"));
  }

  /** Restates the share of the windows of staged registrations. */
  public static void ofStagedRegistrations(Session session, StatementListener listener)
      throws SQLException {
    restate(session, listener, OF_STAGED_REGISTRATIONS);
  }

  private static void restate(Session session, StatementListener listener, String kpis)
      throws SQLException {
    if (session.any("select 1 from {core}.market_registrations")) {
      listener.before("restate market shares");
      session.execute(RESTATE.formatted(dimensions(), kpis));
    }
  }

  /** Returns the dimensions that a market feed can have: the total, attributes, ordered pairs. */
  private static String dimensions() {
    List<String> rows = new ArrayList<>();
    rows.add(dimension("total", "", ""));
    for (String first : ATTRIBUTES) {
      rows.add(dimension(first, first, ""));
      for (String second : ATTRIBUTES) {
        if (!first.equals(second)) {
          rows.add(dimension(first + " x " + second, first, second));
        }
      }
    }
    return String.join("\nunion all\n", rows);
  }

  private static String dimension(String name, String first, String second) {
    StringBuilder row =
        new StringBuilder(
            "select '%s' as dimension, '%s' as first_attribute, '%s' as second_attribute"
                .formatted(name, first, second));
    for (String attribute : ATTRIBUTES) {
      boolean needed = attribute.equals(first) || attribute.equals(second);
      row.append(", ").append(needed ? 1 : 0).append(" as needs_").append(attribute);
    }
    return row.toString();
  }
}
