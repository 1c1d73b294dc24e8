package io.autopulse.sink.publish.market;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.market.MarketTable;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.StatementListener;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The statements that merge staged vintages of market figures by key, within the caller's
 * transaction: what other runs have published stays. A vintage in {@code <table>_history} changes
 * only until the evening of its day: until a run of a later day has published. The table itself
 * holds of each figure the last vintage, unless that is a withdrawal: a vintage without values.
 *
 * <p>A correction of what was known long ago becomes a vintage of the day of the run that finds it.
 * Where sources tell when they were extracted, it must be of the extraction that was the last;
 * where they do not, what is read now is what is known now.
 */
final class MarketMerge {
  private final Session session;
  private final ZoneId timezone;
  private final StatementListener listener;

  /**
   * Makes the statements.
   *
   * @param timezone of business dates
   */
  MarketMerge(Session session, ZoneId timezone, StatementListener listener) {
    this.session = session;
    this.timezone = timezone;
    this.listener = listener;
  }

  /** Merges what is staged of every table. */
  void merge() throws SQLException {
    LocalDate settled = settled();
    for (MarketTable table : MarketTable.values()) {
      if (session.hasRows("{" + table + "}")) {
        merge(table, settled);
        if (session.hasRows("{core}." + table + "_live")) {
          run(
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
              && started.add(LocalDate.ofInstant(last.toInstant(ZoneOffset.UTC), timezone));
        });
    return started.isEmpty() ? LocalDate.EPOCH : started.get(0);
  }

  private void merge(MarketTable table, LocalDate settled) throws SQLException {
    String name = table.toString();
    String staged = "{" + table + "}";
    String key = String.join(", ", table.key());
    String measures = String.join(", ", table.measures());
    String sameKey = equal(table + "_history", "staged", table.key());
    if (session.hasRows("{core}." + table + "_history")) {
      run(
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
          "delete earlier corrections of " + table,
          sql(
              "delete-earlier-corrections",
              Map.of("table", name, "corrections", corrections, "same_key", sameKey)));
      run(
          "add corrections of " + table,
          sql(
              "add-corrections",
              Map.of("table", name, "key", key, "measures", measures, "corrections", corrections)));
    }
    run(
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
    return SqlFile.read(MarketMerge.class, "publish/" + name, values);
  }

  private void run(String step, String sql) throws SQLException {
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
}
