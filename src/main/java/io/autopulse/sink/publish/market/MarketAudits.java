package io.autopulse.sink.publish.market;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.warehouse.SqlNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audits of the market data job, in the order of the way of a record. */
final class MarketAudits {
  private static final String COUNTED =
      """
      select
          '%1$s' as feed,
          'current' as fate,
          coalesce(sum(rows_accepted - rows_superseded - rows_out_of_range), 0) as counted
      from {load_run_feeds}
      where feed in (%2$s)
      """;

  private static final String STAGED =
      """
      select '%1$s' as feed, 'current' as fate, coalesce(sum(records), 0) as staged
      from (
          select
              records,
              row_number() over (partition by %2$s order by known_on desc) as age
          from {%1$s}
      ) as %1$s_vintages
      where age = 1
      """;

  private static final String REJECTED_COUNTED =
      """
      select feed, 'rejected' as fate, rows_rejected as counted from {load_run_feeds}
      """;

  private static final String REJECTED_STAGED =
      """
      select feed, 'rejected' as fate, count(*) as staged from {rejected_records} group by feed
      """;

  private static final String FILLED =
      """
      select '%1$s' as relation, count(*) as cells, least(%2$s) as filled from {%1$s}
      """;

  private static final String RECORDS_FILLED =
      """
      select
          'rejected_records' as relation,
          count(*) as cells,
          least(count(feed), count(origin), count(code), count(step)) as filled
      from {rejected_records}
      """;

  private static final String REPEATED =
      """
      select
          '%1$s ' || %2$s as place,
          'one row' as expected,
          count(*) || ' rows' as found
      from {%1$s}
      group by %3$s
      having count(*) > 1
      """;

  private static final String IMPLAUSIBLE =
      """
      select
          'registrations of ' || period_grain || ' ' || cast(period_start as varchar) as place,
          'no fewer than none' as expected,
          cast(registrations as varchar) as found
      from {market_registrations}
      where registrations < 0
      union all
      select
          fuel || ' on ' || cast(day as varchar) as place,
          'minimum <= average <= maximum, of a station at least' as expected,
          minimum_price || ', ' || average_price || ', ' || maximum_price || ' of ' || stations
              as found
      from {fuel_prices}
      where
          minimum_price <= 0
          or minimum_price > average_price
          or average_price > maximum_price
          or stations < 1
      union all
      select
          topic || ' on ' || cast(day as varchar) as place,
          'views or mentions, and a sentiment from -1 to 1 of mentions' as expected,
          coalesce(cast(views as varchar), 'no') || ' views, '
          || coalesce(cast(mentions as varchar), 'no') || ' mentions, '
          || coalesce(cast(sentiment_mean as varchar), 'no') || ' sentiment' as found
      from {market_attention}
      where
          (views is null and mentions is null)
          or views < 0
          or mentions < 1
          or (mentions is null) <> (sentiment_mean is null)
          or abs(sentiment_mean) > 1
      """;

  private static final String CONFLICTING =
      """
      select
          '%1$s ' || %2$s as place,
          'one value of each record and extraction' as expected,
          max(conflicts) || ' records with another' as found
      from {%1$s}
      where conflicts > 0
      group by %3$s
      """;

  private MarketAudits() {}

  /** Returns the audits. */
  static List<Audit> of(MarketPublication request) {
    List<Audit> audits = new ArrayList<>();
    audits.add(SharedAudits.countsBalance());
    audits.add(
        SharedAudits.rowsAsCounted(
            union(MarketAudits::counted) + "union all\n" + REJECTED_COUNTED,
            union(MarketAudits::staged) + "union all\n" + REJECTED_STAGED));
    audits.add(
        SharedAudits.keysNotNull(union(MarketAudits::filled) + "union all\n" + RECORDS_FILLED));
    audits.add(
        Audit.of(
            "vintage-keys-unique",
            "a figure has one vintage a day, and a feed's counts are staged once",
            "the staged vintages of these figures",
            union(MarketAudits::repeated) + "union all\n" + SharedAudits.REPEATED_FEEDS));
    audits.add(
        Audit.of(
            "records-agree",
            "two records of one key and one extraction have one value",
            "the columns that tell these records apart, and name them as record_id under the"
                + " feed's columns, or the time of extraction as extracted_at; rows that are"
                + " subtotals of others must go",
            union(MarketAudits::conflicting)));
    audits.add(
        Audit.of(
            "figures-plausible",
            "no figure contradicts itself",
            "the records of these figures, and the decimal mark of the feed's numbers",
            IMPLAUSIBLE));
    audits.add(SharedAudits.rejectedShare(request));
    if (!request.feeds().isEmpty()) {
      audits.add(SharedAudits.feedsNotEmpty(request));
    }
    return audits;
  }

  private static String union(Function<MarketTable, String> query) {
    return Arrays.stream(MarketTable.values())
        .map(query)
        .collect(Collectors.joining("union all\n"));
  }

  private static String counted(MarketTable table) {
    String feeds =
        Arrays.stream(Kind.values())
            .filter(kind -> kind.table() == table)
            .map(kind -> SqlNames.literal(kind.feed().toString()))
            .collect(Collectors.joining(", "));
    return COUNTED.formatted(table, feeds);
  }

  private static String staged(MarketTable table) {
    return STAGED.formatted(table, String.join(", ", table.key()));
  }

  private static String filled(MarketTable table) {
    return FILLED.formatted(
        table,
        Stream.concat(table.key().stream(), Stream.of("known_on", "dated", "records"))
            .map("count(%s)"::formatted)
            .collect(Collectors.joining(", ")));
  }

  private static String repeated(MarketTable table) {
    List<String> key = Stream.concat(table.key().stream(), Stream.of("known_on")).toList();
    return REPEATED.formatted(table, texts(key), String.join(", ", key));
  }

  private static String conflicting(MarketTable table) {
    return CONFLICTING.formatted(table, texts(table.key()), String.join(", ", table.key()));
  }

  private static String texts(List<String> columns) {
    return columns.stream()
        .map("cast(%s as varchar)"::formatted)
        .collect(Collectors.joining(" || ' ' || "));
  }
}
