package io.autopulse.sink.publish.trend;

import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.SharedAudits;
import java.util.List;

/** The audits of trend features. */
final class TrendAudits {
  private static final String NOTHING_REJECTED =
      """
      select
          feed as place,
          'no version rejected' as expected,
          rows_rejected || ' of ' || rows_read || ' rejected' as found
      from {load_run_feeds}
      where rows_rejected > 0
      """;

  private static final String KEY_NULLS =
      """
      select
          'trend_features' as place,
          'no null in the key' as expected,
          count(*) || ' rows with a null' as found
      from {trend_features}
      where week_start is null or dimension is null or member is null or units is null
      having count(*) > 0
      """;

  private static final String REPEATED_KEYS =
      """
      select
          'week of ' || week_start || ', ' || dimension || ' ' || member as place,
          'one row' as expected,
          count(*) || ' rows' as found
      from {trend_features}
      group by week_start, dimension, member
      having count(*) > 1
      """;

  private static final String OTHER_WEEKS =
      """
      select
          'week of ' || week_start as place,
          'a week from its Monday that has ended, within ' || {from} || ' to ' || {to} as expected,
          count(*) || ' rows' as found
      from {trend_features}
      where
          date_trunc('week', week_start) <> week_start
          or week_start < {from}
          or week_start > {last_week}
      group by week_start
      """;

  private static final String DIMENSIONS_DIFFER =
      """
      with sums as (
          select week_start, dimension, sum(units) as units
          from {trend_features}
          group by week_start, dimension
      ),

      bounds as (
          select week_start, min(units) as fewest, max(units) as most
          from sums
          group by week_start
      )

      select
          'week of ' || sums.week_start || ', all members of ' || sums.dimension as place,
          bounds.most || ' units, as other dimensions have' as expected,
          sums.units || ' units' as found
      from sums
      inner join bounds on sums.week_start = bounds.week_start
      where bounds.fewest <> bounds.most and sums.units <> bounds.most
      """;

  private static final String AVERAGES_DIFFER =
      """
      select
          'week of ' || week_start || ', ' || dimension || ' ' || member as place,
          'the mean of ' || units || ' and three weeks that sold at least '
          || (units_lag_1 + units_lag_2) as expected,
          cast(units_average_4 as varchar) as found
      from {trend_features}
      where units_average_4 * 4 < units + units_lag_1 + units_lag_2 - 0.00001
      """;

  /** The audits, in the order of the way of a record. */
  static final List<Audit> ALL =
      List.of(
          SharedAudits.countsBalance(),
          Audit.of(
              "versions-accepted",
              "every version read back is accepted again",
              "the manifest's currency; rejected records by code: autopulse sql \"select * from"
                  + " rejected_records\"",
              NOTHING_REJECTED),
          Audit.of("trend-keys-not-null", "no key is null", "the members' names", KEY_NULLS),
          Audit.of(
              "trend-keys-unique",
              "a member has one row a week",
              "members that differ in what cannot be seen",
              REPEATED_KEYS),
          Audit.of(
              "weeks-covered",
              "every row is of a whole week within the covered dates",
              "the covered dates and the clock of the launching machine",
              OTHER_WEEKS),
          Audit.of(
              "dimensions-agree",
              "the members of every dimension add up to the same units in a week",
              "a dimension whose member is missing or counted twice",
              DIMENSIONS_DIFFER),
          Audit.of(
              "averages-hold",
              "a moving average is not below what its own lags add up to",
              "the formulas of the features",
              AVERAGES_DIFFER));

  private TrendAudits() {}
}
