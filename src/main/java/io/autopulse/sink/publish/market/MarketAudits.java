package io.autopulse.sink.publish.market;

import io.autopulse.domain.market.MarketTable;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audits of the market data job, in the order of the way of a record. */
final class MarketAudits {
  private MarketAudits() {}

  /** Returns the audits. */
  static List<Audit> of(MarketPublication request) {
    List<Audit> audits = new ArrayList<>();
    audits.add(SharedAudits.countsBalance());
    audits.add(
        SharedAudits.rowsAsCounted(
            union(MarketAudits::counted) + "union all\n" + sql("rejected-counted"),
            union(MarketAudits::staged) + "union all\n" + sql("rejected-staged")));
    audits.add(
        SharedAudits.keysNotNull(
            union(MarketAudits::filled) + "union all\n" + sql("rejected-keys-filled")));
    audits.add(
        Audit.of(
            "vintage-keys-unique",
            "a figure has one vintage a day, and a feed's counts are staged once",
            "the staged vintages of these figures",
            union(MarketAudits::repeated) + "union all\n" + SharedAudits.repeatedFeeds()));
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
            sql("figures-plausible")));
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
    return sql("figures-counted", Map.of("table", table.toString(), "feeds", feeds));
  }

  private static String staged(MarketTable table) {
    return sql(
        "figures-staged",
        Map.of(
            "table",
            table.toString(),
            "staged",
            staging(table),
            "key",
            String.join(", ", table.key())));
  }

  private static String filled(MarketTable table) {
    String filled =
        Stream.concat(table.key().stream(), Stream.of("known_on", "dated", "records"))
            .map("count(%s)"::formatted)
            .collect(Collectors.joining(", "));
    return sql(
        "keys-filled",
        Map.of("table", table.toString(), "staged", staging(table), "filled", filled));
  }

  private static String repeated(MarketTable table) {
    List<String> key = Stream.concat(table.key().stream(), Stream.of("known_on")).toList();
    return sql(
        "vintage-keys-unique",
        Map.of(
            "table",
            table.toString(),
            "staged",
            staging(table),
            "vintage",
            texts(key),
            "vintage_key",
            String.join(", ", key)));
  }

  private static String conflicting(MarketTable table) {
    return sql(
        "records-agree",
        Map.of(
            "table",
            table.toString(),
            "staged",
            staging(table),
            "figure",
            texts(table.key()),
            "key",
            String.join(", ", table.key())));
  }

  private static String texts(List<String> columns) {
    return columns.stream()
        .map("cast(%s as varchar)"::formatted)
        .collect(Collectors.joining(" || ' ' || "));
  }

  /** Returns the placeholder of the session for the staging relation of a table. */
  private static String staging(MarketTable table) {
    return "{" + table + "}";
  }

  private static String sql(String name) {
    return sql(name, Map.of());
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(MarketAudits.class, "audits/" + name, values);
  }
}
