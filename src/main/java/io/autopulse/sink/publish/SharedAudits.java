package io.autopulse.sink.publish;

import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The audits that several kinds of jobs have. */
public final class SharedAudits {
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
        SqlFile.read(SharedAudits.class, "audits/counts-balance"));
  }

  /** Returns the audit that not too much is rejected, of whichever job. */
  public static Audit rejectedShare(Publication request) {
    String limit = percent(request.limits().maxRejected());
    return Audit.of(
        "rejected-share",
        "of each feed at most " + limit + " is rejected",
        "rejected records by code: autopulse runs " + request.runId(),
        SqlFile.read(
            SharedAudits.class,
            "audits/rejected-share",
            Map.of(
                "max_rejected",
                request.limits().maxRejected().toPlainString(),
                "max_rejected_percent",
                limit)));
  }

  /** Returns the audit that every feed of a job has records, if it is one that had any before. */
  public static Audit feedsNotEmpty(Publication request) {
    Map<String, String> feeds = new TreeMap<>(request.feeds());
    String limit = percent(request.limits().change());
    boolean refresh = feeds.containsKey("sales");
    return Audit.of(
        "feeds-not-empty",
        refresh
            ? "sales have records, and so have "
                + (feeds.containsKey("targets")
                    ? "vehicles, dealers and targets that had any; vehicles and dealers shrink"
                    : "vehicles and dealers that had any; these shrink")
                + " by at most "
                + limit
            : "every feed that had records has some",
        feeds.entrySet().stream()
                .map(feed -> place(feed.getKey(), feed.getValue()))
                .collect(Collectors.joining(", "))
            + ": whether the export has ended, and its rejected records. Take a feed that has come to its end out of the manifest"
            + (refresh
                ? "; for fewer vehicles or dealers that are right: --set audits.max_change=1 for one run"
                : ""),
        SqlFile.read(
            SharedAudits.class,
            "audits/feeds-not-empty",
            Map.of(
                "feeds_of_job",
                feeds.keySet().stream()
                    .map(feed -> "select " + SqlNames.literal(feed) + " as feed")
                    .collect(Collectors.joining("\nunion all\n")),
                "max_change",
                request.limits().change().toPlainString(),
                "max_change_percent",
                limit,
                "fewest",
                String.valueOf(FEWEST_SALES))));
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
        SqlFile.read(
            SharedAudits.class,
            "audits/rows-as-counted",
            Map.of("rows_counted", counted, "rows_staged", staged)));
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
        SqlFile.read(SharedAudits.class, "audits/keys-not-null", Map.of("keys", keys)));
  }

  /** Returns the query of feeds whose counts are staged more than once. */
  public static String repeatedFeeds() {
    return SqlFile.read(SharedAudits.class, "audits/feed-counts-unique");
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
