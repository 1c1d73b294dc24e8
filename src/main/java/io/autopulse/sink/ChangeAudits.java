package io.autopulse.sink;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
  /** Fewer published sales than these may go, unless all of several do. */
  private static final int FEWEST_SALES = 5;

  /** The units of fewer published sales than these may fall, unless the manifest has a limit. */
  private static final int FEWEST_UNITS = 10;

  private static final String EMPTY =
      """
      with feeds as (
      %1$s
      ),

      known as (
      %2$s
      ),

      compared as (
          select
              feeds.feed,
              coalesce(counted.rows_read, 0) as rows_read,
              coalesce(counted.rows_rejected, 0) as rows_rejected,
              coalesce(
                  counted.rows_accepted - counted.rows_superseded - counted.rows_out_of_range, 0
              ) as usable,
              coalesce(counted.rows_accepted, 0) as rows_accepted,
              known.published
          from feeds
          left join {load_run_feeds} as counted on feeds.feed = counted.feed
          left join known on feeds.feed = known.feed
      )

      select
          feed as place,
          'at least a record that can be used' as expected,
          rows_read || ' records read, ' || rows_rejected || ' of them rejected' as found
      from compared
      where rows_accepted = 0 and (feed = 'sales' or published > 0)
      union all
      select
          feed as place,
          published || ' as published by the last run, fewer by at most %4$s' as expected,
          cast(usable as varchar) as found
      from compared
      where
          rows_accepted > 0
          and feed in ('vehicles', 'dealers')
          and published >= %5$d
          and published - usable > %3$s * published
      """;

  /** What the last published run of the job had of each feed. */
  private static final String KNOWN =
      """
          select feed, published
          from (
              select
                  feeds_before.feed,
                  feeds_before.rows_published as published,
                  row_number() over (
                      partition by feeds_before.feed
                      order by runs_before.started_at desc, runs_before.run_id desc
                  ) as age
              from {core}.load_run_feeds as feeds_before
              inner join {core}.load_runs as runs_before
                  on feeds_before.run_id = runs_before.run_id
              where
                  runs_before.status = 'PUBLISHED'
                  and runs_before.job = {job}
                  and feeds_before.rows_published > 0
          ) as ranked
          where age = 1""";

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
        feedsNotEmpty(request), salesKept(request), unitsKept(request.limits(), request));
  }

  /** Returns the audit that every feed of a job has records, if it is one that had any before. */
  static Audit feedsNotEmpty(Publication request) {
    Map<String, String> feeds = new TreeMap<>(request.feeds());
    String limit = Audits.percent(request.limits().change());
    boolean refresh = feeds.containsKey("sales");
    return Audit.of(
        "feeds-not-empty",
        refresh
            ? "sales have records, and so have vehicles and dealers that had any; these shrink by at most "
                + limit
            : "every feed that had records has some",
        feeds.entrySet().stream()
                .map(feed -> place(feed.getKey(), feed.getValue()))
                .collect(Collectors.joining(", "))
            + ": whether the export has ended, and its rejected records. Take a feed that has come to its end out of the manifest"
            + (refresh
                ? "; for fewer vehicles or dealers that are right: --set audits.max_change=1 for one run"
                : ""),
        EMPTY.formatted(
            feeds.keySet().stream()
                .map(feed -> "    select " + SqlNames.literal(feed) + " as feed")
                .collect(Collectors.joining("\n    union all\n")),
            KNOWN,
            request.limits().change().toPlainString(),
            limit,
            FEWEST_SALES));
  }

  private static Audit salesKept(PublishRequest request) {
    BigDecimal limit = request.limits().change();
    // In a month a stricter limit would ask for every few sales.
    BigDecimal ofMonth = limit.max(AuditLimits.DEFAULT_CHANGE);
    return Audit.of(
        "published-sales-kept",
        "of the published sales of the covered dates at most "
            + Audits.percent(limit)
            + " are gone from the feed",
        place("sales", request.feeds().getOrDefault("sales", ""))
            + ": files that are missing, empty, cut short or another system's. If these sales are gone for good: --set audits.max_change=1 for one run",
        VANISHED.formatted(
            limit.toPlainString(),
            ofMonth.toPlainString(),
            FEWEST_SALES,
            FEWEST_SALES,
            Audits.percent(limit),
            Audits.percent(ofMonth)));
  }

  private static Audit unitsKept(AuditLimits limits, PublishRequest request) {
    String limit = Audits.percent(limits.change());
    boolean both = limits.maxChange().isPresent();
    return Audit.of(
        "change-within-limit",
        "the units of windows published before %s by at most %s"
            .formatted(both ? "change" : "fall", limit),
        "feeds that are empty or cut short, such as "
            + place("sales", request.feeds().getOrDefault("sales", ""))
            + "; if the change is right, raise the limit for one run: --set audits.max_change=1",
        UNITS.formatted(
            limits.change().toPlainString(),
            limit,
            both ? "abs(staged_units - published_units)" : "published_units - staged_units",
            both ? "changed" : "fallen",
            both ? 0 : FEWEST_UNITS));
  }

  private static String place(String feed, String source) {
    return source.isEmpty() ? feed : feed + " (" + source + ")";
  }
}
