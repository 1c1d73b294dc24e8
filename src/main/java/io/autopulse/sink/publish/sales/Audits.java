package io.autopulse.sink.publish.sales;

import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.sink.staging.StagedRelations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The audits of a refresh, in the order of the way of a record. */
final class Audits {
  private static final String SALES_COUNTED =
      """
      select 'sales' as feed, 'accepted' as fate, rows_accepted as counted from {load_run_feeds}
      where feed = 'sales'
      union all
      select 'sales' as feed, 'superseded' as fate, rows_superseded as counted
      from {load_run_feeds}
      where feed = 'sales'
      union all
      select 'sales' as feed, 'out of range' as fate, rows_out_of_range as counted
      from {load_run_feeds}
      where feed = 'sales'
      union all
      select
          feed,
          'current' as fate,
          rows_accepted - rows_superseded - rows_out_of_range as counted
      from {load_run_feeds}
      union all
      select feed, 'rejected' as fate, rows_rejected as counted from {load_run_feeds}
      """;

  private static final String SALES_STAGED =
      """
      select 'sales' as feed, 'accepted' as fate, count(*) as staged from {audited_versions}
      union all
      select
          'sales' as feed,
          case fate
              when 'CURRENT' then 'current'
              when 'SUPERSEDED' then 'superseded'
              when 'OUT_OF_RANGE' then 'out of range'
              else 'unknown fate ' || coalesce(fate, 'null')
          end as fate,
          count(*) as staged
      from {audited_versions}
      group by 1, 2
      union all
      select feed, 'rejected' as fate, count(*) as staged from {rejected_records}
      group by feed
      """;

  private static final String DAYS_AS_FATES =
      """
      select
          'a version sold on ' || coalesce(cast(sold_on as varchar), 'no day') as place,
          case
              when fate = 'CURRENT' then 'a day of the covered dates'
              else 'a day outside the covered dates'
          end as expected,
          fate || ' ' || count(*) || ' times' as found
      from {audited_versions}
      where
          (fate = 'CURRENT' and (sold_on < {from} or sold_on >= {to}))
          or (fate = 'OUT_OF_RANGE' and sold_on >= {from} and sold_on < {to})
      group by sold_on, fate
      """;

  private static final String VERSION_NULLS =
      """
      select
          'sale_versions' as relation,
          count(*) as cells,
          least(
              count(sale_key), count(updated_at), count(sequence), count(sold_on), count(status),
              count(net_price), count(make), count(region), count(fate)
          ) as filled
      from {audited_versions}
      union all
      select
          'rejected_records' as relation,
          count(*) as cells,
          least(count(feed), count(origin), count(code), count(step)) as filled
      from {rejected_records}
      union all
      select 'load_run_feeds' as relation, count(*) as cells, count(feed) as filled
      from {load_run_feeds}
      union all
      select
          'sales_kpi' as relation,
          count(*) as cells,
          least(
              count(grain),
              count(window_start),
              count(window_end),
              count(dimension),
              count(case when cells_without_member = 0 then 1 end)
          ) as filled
      from {audited_windows}
      """;

  // Only sales that occur twice can break either key; of those staging is asked for ids.
  private static final String SUSPECT_SALES =
      """
      with repeated as (
          select versions.*
          from {audited_versions} as versions
          inner join {repeated_sales} as repeated_sales
              on versions.sale_key = repeated_sales.sale_key
      ),

      suspects as (
          select sale_key from repeated group by sale_key, updated_at, sequence having count(*) > 1
          union all
          select sale_key from repeated where fate = 'CURRENT' group by sale_key
          having count(*) > 1
      )

      select count(*) from suspects
      """;

  private static final String REPEATED_SALE_KEYS =
      """
      select
          'sale ' || sale_id || ', version of ' || updated_at || ', sequence ' || sequence as place,
          'one row' as expected,
          count(*) || ' rows' as found
      from {sale_versions}
      group by sale_id, updated_at, sequence
      having count(*) > 1
      union all
      select
          'sale ' || sale_id as place,
          'one current version' as expected,
          count(*) || ' current versions' as found
      from {sale_versions}
      where fate = 'CURRENT'
      group by sale_id
      having count(*) > 1
      """;

  // Grouping by one hash is four times as fast as by the key's texts; equal keys have equal hashes.
  private static final String SUSPECT_KPI_CELLS =
      """
      with suspects as (
          select hash(grain, window_start, dimension, member) as cell_key
          from {sales_kpi}
          group by cell_key
          having count(*) > 1
      )

      select count(*) from suspects
      """;

  private static final String REPEATED_KPI_KEYS =
      """
      select
          grain || ' from ' || cast(window_start as date) || ', ' || dimension || ' ' || member
              as place,
          'one row' as expected,
          count(*) || ' rows' as found
      from {sales_kpi}
      group by grain, window_start, dimension, member
      having count(*) > 1
      """;

  private static final String WINDOWS_COVERED =
      """
      with calendar as (
          select
              grain,
              window_start,
              window_end,
              case grain
                  when 'hour' then cast(date_trunc('hour', window_start) as timestamp)
                  when 'day' then cast(date_trunc('day', window_start) as timestamp)
                  when 'week' then cast(date_trunc('week', window_start) as timestamp)
                  when 'month' then cast(date_trunc('month', window_start) as timestamp)
              end as calendar_start,
              case grain
                  when 'hour' then window_start + interval '1 hour'
                  when 'day' then window_start + interval '1 day'
                  when 'week' then window_start + interval '7 days'
                  when 'month' then window_start + interval '1 month'
              end as calendar_end
          from {audited_windows}
          group by grain, window_start, window_end
      )

      select
          grain || ' ' || window_start || ' to ' || window_end as place,
          'a whole calendar window of ' || {grain_list} || ' within ' || {from} || ' to ' || {to}
              as expected,
          'another window' as found
      from calendar
      where
          grain not in ({grains})
          or window_start <> calendar_start
          or window_end <> calendar_end
          or window_start < {from}
          or window_end > {to}
      """;

  private static final String MEASURES_DIFFER =
      """
      coalesce(recomputed.units_sold, 0) <> coalesce(staged.units_sold, 0)
      or coalesce(recomputed.units_cancelled, 0) <> coalesce(staged.units_cancelled, 0)
      or coalesce(recomputed.units_returned, 0) <> coalesce(staged.units_returned, 0)
      or coalesce(recomputed.revenue, 0) <> coalesce(staged.revenue, 0)
      """;

  private static final String KPIS_READDED =
      """
      with recomputed as (
          select *
          from {recomputed_windows}
          where dimension in (select windows.dimension from {audited_windows} as windows)
      ),

      staged as (
          select
              grain,
              case grain when 'hour' then date_trunc('day', window_start) else window_start end
                  as window_start,
              dimension,
              member,
              sum(units_sold) as units_sold,
              sum(units_cancelled) as units_cancelled,
              sum(units_returned) as units_returned,
              sum(revenue) as revenue
          from {audited_windows}
          where dimension in ('total', 'make', 'region')
          group by 1, 2, 3, 4
      )

      select
          coalesce(recomputed.grain, staged.grain) || ' from '
          || cast(coalesce(recomputed.window_start, staged.window_start) as date) || ', '
          || coalesce(recomputed.dimension, staged.dimension) || ' '
          || coalesce(recomputed.member, staged.member) as place,
      %s
      from recomputed
      full outer join staged
          on
              recomputed.grain = staged.grain
              and recomputed.window_start = staged.window_start
              and recomputed.dimension = staged.dimension
              and recomputed.member = staged.member
      where
      %s
      """;

  // Every sale has one member of every dimension. Without any KPI the total is missed.
  private static final String DIMENSIONS_SUM_TO_TOTAL =
      """
      with dimensions as (
          select distinct dimension from {audited_windows}
          union all
          select 'total' as dimension
          from (select count(*) as windows from {audited_windows}) as counted
          where windows = 0
      ),

      recomputed as (
          select
              windows.grain,
              windows.window_start,
              dimensions.dimension,
              windows.units_sold,
              windows.units_cancelled,
              windows.units_returned,
              windows.revenue
          from {recomputed_windows} as windows
          cross join dimensions
          where windows.dimension = 'total'
      ),

      staged as (
          select
              grain,
              case grain when 'hour' then date_trunc('day', window_start) else window_start end
                  as window_start,
              dimension,
              sum(units_sold) as units_sold,
              sum(units_cancelled) as units_cancelled,
              sum(units_returned) as units_returned,
              sum(revenue) as revenue
          from {audited_windows}
          group by 1, 2, 3
      )

      select
          coalesce(recomputed.grain, staged.grain) || ' from '
          || cast(coalesce(recomputed.window_start, staged.window_start) as date)
          || ', all members of ' || coalesce(recomputed.dimension, staged.dimension) as place,
      %s
      from recomputed
      full outer join staged
          on
              recomputed.grain = staged.grain
              and recomputed.window_start = staged.window_start
              and recomputed.dimension = staged.dimension
      where
      %s
      """;

  private static final String OLDER_SALES =
      """
          published.updated_at > versions.updated_at
          or (
              published.updated_at = versions.updated_at
              and published.sequence > versions.sequence
          )
      """;

  private static final String SUSPECT_OLDER_SALES =
      """
      select count(*)
      from {audited_versions} as versions
      inner join {core}.sales as published on versions.sale_key = hash(published.sale_id)
      where
          versions.fate = 'CURRENT'
          and (
      %s
          )
      """;

  private static final String GOES_BACK =
      """
      select
          'sale ' || versions.sale_id as place,
          'the version of ' || published.updated_at || ', sequence ' || published.sequence
          || ', or newer' as expected,
          'the version of ' || versions.updated_at || ', sequence ' || versions.sequence as found
      from {sale_versions} as versions
      inner join {core}.sales as published on versions.sale_id = published.sale_id
      where
          versions.fate = 'CURRENT'
          and (
      %s
          )
      """;

  private static final String CONFLICTING_SHARE =
      """
      select
          feed as place,
          'at most %2$s conflicting' as expected,
          rows_conflicting || ' of ' || rows_read || ' records, '
          || round(100.0 * rows_conflicting / rows_read, 2) || ' %%'
          || coalesce(', such as of sale ' || conflicting_first, '')
          || coalesce(' and of sale ' || nullif(conflicting_last, conflicting_first), '') as found
      from {load_run_feeds}
      where rows_conflicting > %1$s * rows_read and rows_conflicting >= %3$d
      """;

  private Audits() {}

  /** Returns the audits that a request asks for. */
  static List<Audit> of(PublishRequest request) {
    List<Audit> audits = new ArrayList<>();
    audits.add(SharedAudits.countsBalance());
    audits.add(rowsAsCounted(request));
    audits.add(
        Audit.of(
            "fates-follow-days",
            "current sales are on covered days, sales out of range are not",
            "the manifest's time zone and lookback, and the sales of these days",
            DAYS_AS_FATES));
    audits.add(keysNotNull(request));
    audits.add(
        Audit.ofSuspects(
            "sale-keys-unique",
            "a sale has one current version, and a version is staged once",
            "the staged versions of these sales, and their records in the landing files",
            SUSPECT_SALES,
            REPEATED_SALE_KEYS));
    audits.add(
        Audit.ofSuspects(
            "kpi-keys-unique",
            "a cell of the KPIs is staged once",
            "members that differ in what cannot be seen, and KPI blocks written twice",
            SUSPECT_KPI_CELLS,
            REPEATED_KPI_KEYS));
    audits.add(referenceKeysUnique(request));
    audits.add(
        Audit.of(
            "kpi-windows-covered",
            "every KPI window is a whole calendar window within the covered dates",
            "the covered dates and the grains of the manifest",
            WINDOWS_COVERED));
    audits.add(
        Audit.of(
            "kpis-re-added",
            "units and revenue of total, make and region equal those added up from the sales",
            "the sales of these windows: select * from the staged versions where fate = 'CURRENT'",
            KPIS_READDED.formatted(measures(), MEASURES_DIFFER)));
    audits.add(
        Audit.of(
            "dimensions-sum-to-total",
            "the members of every dimension add up to all sales of their window",
            "a dimension whose member is missing or counted twice",
            DIMENSIONS_SUM_TO_TOTAL.formatted(measures(), MEASURES_DIFFER)));
    audits.add(
        Audit.ofSuspects(
            "no-sale-goes-back",
            "no published sale is replaced by an older version of itself",
            "landing files that are missing since the last run",
            SUSPECT_OLDER_SALES.formatted(OLDER_SALES),
            GOES_BACK.formatted(OLDER_SALES)));
    audits.add(SharedAudits.rejectedShare(request));
    audits.add(conflictingShare(request.limits()));
    audits.addAll(ChangeAudits.of(request));
    return audits;
  }

  private static Audit conflictingShare(AuditLimits limits) {
    BigDecimal share = limits.maxConflicting().orElse(AuditLimits.DEFAULT_CONFLICTING);
    String limit = SharedAudits.percent(share);
    return Audit.of(
        "conflicting-share",
        "at most "
            + limit
            + " of the records share sale_id, updated_at and sequence with another,"
            + " and not the content",
        "what the manifest names as sale_id: several columns may make it; a column for sequence, if"
            + " the clock of updated_at is coarse; or raise audits.max_conflicting",
        CONFLICTING_SHARE.formatted(
            share.toPlainString(),
            limit,
            limits.maxConflicting().isPresent() ? 1 : AuditLimits.FEW_CONFLICTING));
  }

  private static Audit rowsAsCounted(PublishRequest request) {
    String staged =
        SALES_STAGED
            + request.referenceFeeds().stream()
                .map(
                    feed ->
                        "union all\nselect '%1$s' as feed, 'current' as fate, count(*) as staged from {%1$s}\n"
                            .formatted(feed))
                .collect(Collectors.joining());
    return SharedAudits.rowsAsCounted(SALES_COUNTED, staged);
  }

  private static Audit keysNotNull(PublishRequest request) {
    String keys =
        VERSION_NULLS
            + request.referenceFeeds().stream()
                .map(
                    feed ->
                        "union all\nselect '%1$s' as relation, count(*) as cells, count(%2$s) as filled from {%1$s}\n"
                            .formatted(feed, StagedRelations.key(feed)))
                .collect(Collectors.joining());
    return SharedAudits.keysNotNull(keys);
  }

  private static Audit referenceKeysUnique(PublishRequest request) {
    String repeated =
        SharedAudits.REPEATED_FEEDS
            + request.referenceFeeds().stream()
                .map(
                    feed ->
                        """
                        union all
                        select '%2$s ' || %2$s as place, 'one row' as expected, count(*) || ' rows' as found
                        from {%1$s}
                        group by %2$s
                        having count(*) > 1
                        """
                            .formatted(feed, StagedRelations.key(feed)))
                .collect(Collectors.joining());
    return Audit.of(
        "reference-keys-unique",
        "a vehicle, a dealer and a feed's counts are staged once",
        "the reference feeds' latest rows",
        repeated);
  }

  private static String measures() {
    return measures("recomputed", "expected") + ",\n" + measures("staged", "found");
  }

  private static String measures(String relation, String column) {
    return """
    coalesce(%1$s.units_sold, 0) || ' sold, ' || coalesce(%1$s.units_cancelled, 0)
    || ' cancelled, ' || coalesce(%1$s.units_returned, 0) || ' returned, revenue '
    || coalesce(%1$s.revenue, 0) as %2$s"""
        .formatted(relation, column);
  }
}
