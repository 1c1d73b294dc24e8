package io.autopulse.sink.publish;

import io.autopulse.warehouse.SqlNames;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The audits that several kinds of jobs have. */
public final class SharedAudits {
  private static final String EACH_FATE_ONCE =
      """
      select
          feed as place,
          rows_read || ' records read' as expected,
          rows_accepted || ' accepted + ' || rows_rejected || ' rejected + '
          || rows_duplicate || ' duplicate + ' || rows_conflicting || ' conflicting + '
          || rows_skipped || ' skipped' as found
      from {load_run_feeds}
      where
          rows_read
          <> rows_accepted + rows_rejected + rows_duplicate + rows_conflicting + rows_skipped
          or rows_accepted < rows_superseded + rows_out_of_range
          or least(
              rows_accepted,
              rows_rejected,
              rows_duplicate,
              rows_superseded,
              rows_out_of_range,
              rows_conflicting,
              rows_skipped
          ) < 0
      """;

  private static final String ROWS_AS_COUNTED =
      """
      with counted as (
      %s
      ),

      staged as (
      %s
      )

      select
          coalesce(counted.feed, staged.feed, 'a feed without a name') || ', '
          || coalesce(counted.fate, staged.fate) as place,
          coalesce(counted.counted, 0) || ' as counted' as expected,
          coalesce(staged.staged, 0) || ' staged' as found
      from counted
      full outer join staged on counted.feed = staged.feed and counted.fate = staged.fate
      where coalesce(counted.counted, 0) <> coalesce(staged.staged, 0)
      """;

  private static final String NO_NULL_KEYS =
      """
      select
          relation as place,
          'no null in the key' as expected,
          (cells - filled) || ' of ' || cells || ' rows or groups with a null' as found
      from (
      %s
      ) as keys
      where cells > filled
      """;

  /** Feeds whose counts are staged more than once. */
  public static final String REPEATED_FEEDS =
      """
      select feed as place, 'one row' as expected, count(*) || ' rows' as found
      from {load_run_feeds}
      group by feed
      having count(*) > 1
      """;

  // The most frequent codes, and where the first record of the most frequent one is.
  private static final String REJECTED_SHARE =
      """
      with exceeded as (
          select feed, rows_read, rows_rejected
          from {load_run_feeds}
          where rows_read > 0 and rows_rejected > %1$s * rows_read
      ),

      records as (
          select
              feed,
              code,
              origin,
              message,
              row_number() over (partition by feed, code order by origin) as place_in_code,
              count(*) over (partition by feed, code) as of_code
          from {rejected_records}
          where feed in (select exceeded.feed from exceeded)
      ),

      codes as (
          select
              records.*,
              row_number() over (partition by feed order by of_code desc, code) as code_rank
          from records
          where place_in_code = 1
      ),

      explained as (
          select
              feed,
              max(case when code_rank = 1 then ': ' || of_code || ' ' || code else '' end)
              || max(case when code_rank = 2 then ', ' || of_code || ' ' || code else '' end)
              || max(case when code_rank = 3 then ', ' || of_code || ' ' || code else '' end)
              || max(case when code_rank > 3 then ' and other codes' else '' end)
              || max(
                  case
                      when code_rank = 1 then '; such as ' || origin || ': ' || message
                      else ''
                  end
              ) as why
          from codes
          group by feed
      )

      select
          exceeded.feed as place,
          'at most %2$s rejected' as expected,
          rows_rejected || ' of ' || rows_read || ' records, '
          || round(100.0 * rows_rejected / rows_read, 2) || ' %%'
          || coalesce(explained.why, '') as found
      from exceeded
      left join explained on exceeded.feed = explained.feed
      """;

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
  static final String KNOWN =
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

  /** Fewer published sales than these may go, unless all of several do. */
  public static final int FEWEST_SALES = 5;

  private SharedAudits() {}

  /** Returns the audit that no record is lost or counted twice, of whichever job. */
  public static Audit countsBalance() {
    return Audit.of(
        "counts-balance",
        "every record of a feed has one fate: read = accepted + rejected + duplicate + conflicting +"
            + " skipped",
        "the counters of the run; a record was lost or counted twice on its way",
        EACH_FATE_ONCE);
  }

  /** Returns the audit that not too much is rejected, of whichever job. */
  public static Audit rejectedShare(Publication request) {
    String limit = percent(request.limits().maxRejected());
    return Audit.of(
        "rejected-share",
        "of each feed at most " + limit + " is rejected",
        "rejected records by code: autopulse runs " + request.runId(),
        REJECTED_SHARE.formatted(request.limits().maxRejected().toPlainString(), limit));
  }

  /** Returns the audit that every feed of a job has records, if it is one that had any before. */
  public static Audit feedsNotEmpty(Publication request) {
    Map<String, String> feeds = new TreeMap<>(request.feeds());
    String limit = percent(request.limits().change());
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

  /**
   * Returns the audit that what was counted is staged.
   *
   * @param counted a query of feed, fate and counted
   * @param staged a query of feed, fate and staged
   */
  public static Audit rowsAsCounted(String counted, String staged) {
    return Audit.of(
        "rows-as-counted",
        "as many rows are staged as records were counted",
        "the counters of the run and the files of its staging",
        ROWS_AS_COUNTED.formatted(counted, staged));
  }

  /**
   * Returns the audit that no key is null.
   *
   * @param keys a query of relation, cells, and how many are filled
   */
  public static Audit keysNotNull(String keys) {
    return Audit.of(
        "keys-not-null",
        "no key is null",
        "the parser's required fields",
        NO_NULL_KEYS.formatted(keys));
  }

  /** Returns a fraction as text, such as {@code 50 %}. */
  public static String percent(BigDecimal fraction) {
    return fraction.movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  /** Returns a feed and what it is read from, for messages. */
  public static String place(String feed, String source) {
    return source.isEmpty() ? feed : feed + " (" + source + ")";
  }
}
