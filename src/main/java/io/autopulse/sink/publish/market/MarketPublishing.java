package io.autopulse.sink.publish.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.MarketShare;
import io.autopulse.sink.publish.Publishing;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
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
              sql(
                  "delete-live-vintages",
                  Map.of(
                      "table",
                      table.toString(),
                      "same_key",
                      equal("known", table + "_live", table.key()))));
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
        sql("settled", Map.of("feeds", feeds)),
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
    String name = table.toString();
    String staged = "{" + table + "}";
    String key = String.join(", ", table.key());
    String measures = String.join(", ", table.measures());
    String sameKey = equal(table + "_history", "staged", table.key());
    if (session.any("select 1 from {core}." + table + "_history")) {
      run(
          listener,
          "delete unsettled vintages of " + table,
          sql(
              "delete-unsettled-vintages",
              Map.of(
                  "table",
                  name,
                  "staged",
                  staged,
                  "same_key",
                  sameKey,
                  "settled",
                  SqlNames.literal(settled),
                  "values_differ",
                  differ(table + "_history", "staged", table.measures()))));
    }
    run(
        listener,
        "add vintages of " + table,
        sql(
            "add-vintages",
            Map.of(
                "table",
                name,
                "staged",
                staged,
                "key",
                key,
                "measures",
                measures,
                "same_key",
                sameKey)));
    String corrections =
        sql(
            "corrections",
            Map.of(
                "table",
                name,
                "staged",
                staged,
                "key",
                key,
                "newest_is_published",
                equal("newest", "published", table.key()),
                "newest_key",
                of("newest", table.key()),
                "newest_measures",
                of("newest", table.measures()),
                "values_differ",
                differ("newest", "published", table.measures())));
    if (session.any(corrections)) {
      run(
          listener,
          "delete earlier corrections of " + table,
          sql(
              "delete-earlier-corrections",
              Map.of("table", name, "corrections", corrections, "same_key", sameKey)));
      run(
          listener,
          "add corrections of " + table,
          sql(
              "add-corrections",
              Map.of("table", name, "key", key, "measures", measures, "corrections", corrections)));
    }
    run(
        listener,
        "delete figures of " + table,
        sql(
            "delete-figures",
            Map.of(
                "table",
                name,
                "staged",
                staged,
                "key",
                key,
                "same_key",
                equal(name, "staged", table.key()))));
    run(
        listener,
        "insert figures of " + table,
        sql(
            "insert-figures",
            Map.of(
                "table",
                name,
                "staged",
                staged,
                "key",
                key,
                "measures",
                measures,
                "history_key",
                of(table + "_history", table.key()),
                "same_key",
                sameKey,
                "any_value",
                table.measures().stream()
                    .map("%s is not null"::formatted)
                    .collect(Collectors.joining(" or ")))));
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(MarketPublishing.class, "publish/" + name, values);
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
