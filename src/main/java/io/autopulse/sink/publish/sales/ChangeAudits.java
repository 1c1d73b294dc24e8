package io.autopulse.sink.publish.sales;

import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.SharedAudits;
import java.math.BigDecimal;
import java.util.List;

/**
 * The audits that compare what a run has read with what was published before: an export that is
 * empty, cut short or another's must not replace what is there.
 *
 * <p>A sale counts as gone if no version of it was read, whatever its status and day: a sale that
 * was cancelled, or moved to another day, is not gone, and new sales do not hide those that are. So
 * a first run, a longer lookback, a window that moves on and a backfill of new days change nothing
 * here. With few sales one or two decide; below the fewest the default limit asks nobody.
 */
final class ChangeAudits {
  /** The units of fewer published sales than these may fall, unless the manifest has a limit. */
  private static final int FEWEST_UNITS = 10;

  private static final String VANISHED =
      """
      with published as (
          select
              sales.sale_id,
              cast(date_trunc('month', sales.sold_on) as date) as sold_in,
              case when staged.sale_key is null then 1 else 0 end as is_gone
          from {core}.sales as sales
          left join (select distinct sale_key from {audited_versions}) as staged
              on hash(sales.sale_id) = staged.sale_key
          where sales.sold_on >= {from} and sales.sold_on < {to}
      ),

      counted as (
          select
              'published sales of the covered dates' as place,
              %1$s as max_gone,
              '%5$s' as limit_text,
              2 as fewest_of_all,
              count(*) as sales,
              sum(is_gone) as gone,
              min(case when is_gone = 1 then sale_id end) as example
          from published
          union all
          select
              'published sales of the month from ' || cast(sold_in as varchar) as place,
              %2$s as max_gone,
              '%6$s' as limit_text,
              %4$d as fewest_of_all,
              count(*) as sales,
              sum(is_gone) as gone,
              min(case when is_gone = 1 then sale_id end) as example
          from published
          group by sold_in
      )

      select
          place,
          'of ' || sales || ' at most ' || limit_text || ' gone' as expected,
          gone || ' gone, such as ' || example as found
      from counted
      where
          gone > max_gone * sales
          and (sales >= %3$d or (gone = sales and sales >= fewest_of_all))
      """;

  // One dimension a grain is compared: the total, or else the first that both have. Windows that
  // were never published do not count; a grain whose dimensions are all new is not compared.
  private static final String UNITS =
      """
      with staged as (
          select grain, window_start, dimension, sum(units_sold) as units
          from {audited_windows}
          group by grain, window_start, dimension
      ),

      published as (
          select grain, window_start, dimension, sum(units_sold) as units
          from {core}.sales_kpi
          where grain in ({grains}) and window_start >= {from} and window_end <= {to}
          group by grain, window_start, dimension
      ),

      ranked as (
          select
              dimensions.grain,
              dimensions.dimension,
              kept.dimension as kept,
              row_number() over (
                  partition by dimensions.grain
                  order by
                      case when kept.dimension is null then 1 else 0 end,
                      case when dimensions.dimension = 'total' then 0 else 1 end,
                      dimensions.dimension
              ) as rank_in_grain
          from (select distinct grain, dimension from published) as dimensions
          left join (select distinct grain, dimension from staged) as kept
              on dimensions.grain = kept.grain and dimensions.dimension = kept.dimension
      ),

      compared as (
          select
              published.grain,
              sum(published.units) as published_units,
              sum(coalesce(staged.units, 0)) as staged_units
          from published
          inner join ranked
              on published.grain = ranked.grain and published.dimension = ranked.dimension
          left join staged
              on
                  published.grain = staged.grain
                  and published.window_start = staged.window_start
                  and published.dimension = staged.dimension
          where
              ranked.rank_in_grain = 1
              and (
                  ranked.kept is not null
                  or published.grain not in (select kept_grains.grain from staged as kept_grains)
              )
          group by published.grain
      )

      select
          'units by ' || grain as place,
          published_units || ' as published, %4$s by at most %2$s' as expected,
          cast(staged_units as varchar) as found
      from compared
      where %3$s > %1$s * published_units and published_units >= %5$d
      """;

  private ChangeAudits() {}

  /** Returns the audits of a refresh. */
  static List<Audit> of(PublishRequest request) {
    return List.of(
        SharedAudits.feedsNotEmpty(request),
        salesKept(request),
        unitsKept(request.limits(), request));
  }

  private static Audit salesKept(PublishRequest request) {
    BigDecimal limit = request.limits().change();
    // In a month a stricter limit would ask for every few sales.
    BigDecimal ofMonth = limit.max(AuditLimits.DEFAULT_CHANGE);
    return Audit.of(
        "published-sales-kept",
        "of the published sales of the covered dates at most "
            + SharedAudits.percent(limit)
            + " are gone from the feed",
        SharedAudits.place("sales", request.feeds().getOrDefault("sales", ""))
            + ": files that are missing, empty, cut short or another system's. If these sales are gone for good: --set audits.max_change=1 for one run",
        VANISHED.formatted(
            limit.toPlainString(),
            ofMonth.toPlainString(),
            SharedAudits.FEWEST_SALES,
            SharedAudits.FEWEST_SALES,
            SharedAudits.percent(limit),
            SharedAudits.percent(ofMonth)));
  }

  private static Audit unitsKept(AuditLimits limits, PublishRequest request) {
    String limit = SharedAudits.percent(limits.change());
    boolean both = limits.maxChange().isPresent();
    return Audit.of(
        "change-within-limit",
        "the units of windows published before %s by at most %s"
            .formatted(both ? "change" : "fall", limit),
        "feeds that are empty or cut short, such as "
            + SharedAudits.place("sales", request.feeds().getOrDefault("sales", ""))
            + "; if the change is right, raise the limit for one run: --set audits.max_change=1",
        UNITS.formatted(
            limits.change().toPlainString(),
            limit,
            both ? "abs(staged_units - published_units)" : "published_units - staged_units",
            both ? "changed" : "fallen",
            both ? 0 : FEWEST_UNITS));
  }
}
