package io.autopulse.sink.publish.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.MarketShare;
import io.autopulse.sink.publish.Publishing;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Publishes vintages of market figures, merged by key: what other runs have published stays. A
 * vintage in {@code <table>_history} changes only until the evening of its day: until a run of a
 * later day has published. The table itself holds of each figure the last vintage, unless that is a
 * withdrawal: a vintage without values.
 *
 * <p>A correction of what was known long ago becomes a vintage of the day of the run that finds it.
 * Where sources tell when they were extracted, it must be of the extraction that was the last;
 * where they do not, what is read now is what is known now.
 */
final class MarketPublishing implements Publishing {
  // A live job is logged too, but has no audits: it publishes nothing.
  private static final String SETTLED =
      """
      select max(load_runs.started_at)
      from {core}.load_runs
      inner join {core}.load_run_feeds on load_runs.run_id = load_run_feeds.run_id
      inner join {core}.load_run_audits on load_runs.run_id = load_run_audits.run_id
      where load_runs.status = 'PUBLISHED' and load_run_feeds.feed in (%s)
      """;

  private static final String DELETE_UNSETTLED =
      """
      delete from {core}.%1$s_history
      using {%1$s} as staged
      where
          %2$s
          and %1$s_history.known_on = staged.known_on
          and staged.known_on >= {settled}
          and (%3$s)
      """;

  private static final String ADD_VINTAGES =
      """
      insert into {core}.%1$s_history (%2$s, known_on, %3$s, run_id)
      select %2$s, known_on, %3$s, {run_id}
      from {%1$s} as staged
      where not exists (
          select 1
          from {core}.%1$s_history
          where %4$s and %1$s_history.known_on = staged.known_on
      )
      """;

  /** Figures whose last staged vintage says otherwise than the last published one. */
  private static final String CORRECTIONS =
      """
      with newest as (
          select
              staged.*,
              row_number() over (partition by %2$s order by known_on desc) as age
          from {%1$s} as staged
      ),

      published as (
          select
              history.*,
              row_number() over (partition by %2$s order by known_on desc) as age
          from {core}.%1$s_history as history
      )

      select %4$s, {today} as known_on, %5$s
      from newest
      inner join published on %3$s
      where
          newest.age = 1
          and published.age = 1
          and newest.known_on <= published.known_on
          and (newest.known_on = published.known_on or not newest.dated)
          and (%6$s)
      """;

  private static final String DELETE_EARLIER_CORRECTIONS =
      """
      delete from {core}.%1$s_history
      using (
      %2$s
      ) as staged
      where %3$s and %1$s_history.known_on = {today}
      """;

  private static final String ADD_CORRECTIONS =
      """
      insert into {core}.%1$s_history (%2$s, known_on, %3$s, run_id)
      select %2$s, known_on, %3$s, {run_id}
      from (
      %4$s
      ) as corrections
      """;

  private static final String DELETE_LATEST =
      """
      delete from {core}.%1$s
      using (select distinct %2$s from {%1$s}) as staged
      where %3$s
      """;

  private static final String INSERT_LATEST =
      """
      insert into {core}.%1$s (%2$s, %3$s, run_id)
      with staged as (
          select distinct %2$s from {%1$s}
      ),

      ranked as (
          select
              %1$s_history.*,
              row_number() over (partition by %4$s order by %1$s_history.known_on desc) as age
          from {core}.%1$s_history
          inner join staged on %5$s
      )

      select %2$s, %3$s, run_id
      from ranked
      where age = 1 and (%6$s)
      """;

  /** What <table>_history_all does not show any more. */
  private static final String DELETE_LIVE =
      """
      delete from {core}.%1$s_live
      using {core}.%1$s_history as known
      where
          %2$s
          and known.known_on = %1$s_live.known_on
          and (%1$s_live.computed_at <= {started} or %1$s_live.settles_at <= {started})
      """;

  private final Session session;
  private final MarketPublication request;

  MarketPublishing(Session session, MarketPublication request) {
    this.session = session;
    this.request = request;
  }

  /** Returns the names of the staging relations, and the business date of the run. */
  static Map<String, String> names(MarketPublication request) {
    Map<String, String> names = new HashMap<>();
    for (MarketTable table : MarketTable.values()) {
      names.put(table.toString(), request.names().relation(table.toString()));
    }
    names.put("today", SqlNames.literal(request.today()));
    names.put("started", SqlNames.literal(request.startedAt()));
    return names;
  }

  @Override
  public List<Audit> audits() {
    return MarketAudits.of(request);
  }

  @Override
  public long replace(StatementListener listener) throws SQLException {
    LocalDate settled = settled();
    for (MarketTable table : MarketTable.values()) {
      if (session.any("select 1 from {" + table + "}")) {
        merge(table, settled, listener);
        if (session.any("select 1 from {core}." + table + "_live")) {
          run(
              listener,
              "delete live vintages of " + table,
              DELETE_LIVE.formatted(table, equal("known", table + "_live", table.key())));
        }
      }
    }
    MarketShare.ofStagedRegistrations(session, listener);
    return 0;
  }

  /** Returns the business date before which no vintage changes any more. */
  private LocalDate settled() throws SQLException {
    String feeds =
        Feed.OF_MARKET.stream()
            .map(feed -> SqlNames.literal(feed.toString()))
            .collect(Collectors.joining(", "));
    List<LocalDate> started = new ArrayList<>();
    session.query(
        SETTLED.formatted(feeds),
        row -> {
          LocalDateTime last = row.getObject(1, LocalDateTime.class);
          return last != null
              && started.add(
                  LocalDate.ofInstant(last.toInstant(ZoneOffset.UTC), request.timezone()));
        });
    return started.isEmpty() ? LocalDate.EPOCH : started.get(0);
  }

  private void merge(MarketTable table, LocalDate settled, StatementListener listener)
      throws SQLException {
    String key = String.join(", ", table.key());
    String measures = String.join(", ", table.measures());
    String sameKey = equal(table + "_history", "staged", table.key());
    if (session.any("select 1 from {core}." + table + "_history")) {
      run(
          listener,
          "delete unsettled vintages of " + table,
          DELETE_UNSETTLED
              .formatted(table, sameKey, differ(table + "_history", "staged", table.measures()))
              .replace("{settled}", SqlNames.literal(settled)));
    }
    run(
        listener,
        "add vintages of " + table,
        ADD_VINTAGES.formatted(table, key, measures, sameKey));
    String corrections =
        CORRECTIONS.formatted(
            table,
            key,
            equal("newest", "published", table.key()),
            of("newest", table.key()),
            of("newest", table.measures()),
            differ("newest", "published", table.measures()));
    if (session.any(corrections)) {
      run(
          listener,
          "delete earlier corrections of " + table,
          DELETE_EARLIER_CORRECTIONS.formatted(table, corrections, sameKey));
      run(
          listener,
          "add corrections of " + table,
          ADD_CORRECTIONS.formatted(table, key, measures, corrections));
    }
    run(
        listener,
        "delete figures of " + table,
        DELETE_LATEST.formatted(table, key, equal(table.toString(), "staged", table.key())));
    run(
        listener,
        "insert figures of " + table,
        INSERT_LATEST.formatted(
            table,
            key,
            measures,
            of(table + "_history", table.key()),
            sameKey,
            table.measures().stream()
                .map("%s is not null"::formatted)
                .collect(Collectors.joining(" or "))));
  }

  private void run(StatementListener listener, String step, String sql) throws SQLException {
    listener.before(step);
    session.execute(sql);
  }

  private static String of(String relation, List<String> columns) {
    return columns.stream()
        .map(column -> relation + "." + column)
        .collect(Collectors.joining(", "));
  }

  private static String equal(String a, String b, List<String> columns) {
    return columns.stream()
        .map(column -> "%1$s.%3$s = %2$s.%3$s".formatted(a, b, column))
        .collect(Collectors.joining(" and "));
  }

  private static String differ(String a, String b, List<String> columns) {
    return columns.stream()
        .map(column -> "%1$s.%3$s is distinct from %2$s.%3$s".formatted(a, b, column))
        .collect(Collectors.joining(" or "));
  }

  /** Does nothing: the audits make no tables. */
  @Override
  public void close() {}
}
