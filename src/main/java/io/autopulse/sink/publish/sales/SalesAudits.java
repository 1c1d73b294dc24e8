package io.autopulse.sink.publish.sales;

import io.autopulse.domain.feed.Feed;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.AuditTable;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.table.CoreTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The audits of a refresh, in the order of the way of a record. */
final class SalesAudits {
  /** The tables that they share. */
  static final List<AuditTable> TABLES =
      Stream.of(
              "audited_versions",
              "repeated_sales",
              "audited_days",
              "recomputed_windows",
              "audited_windows")
          .map(name -> AuditTable.of(SalesAudits.class, name))
          .toList();

  private SalesAudits() {}

  /** Returns the audits that a request asks for. */
  static List<Audit> of(SalesPublication request) {
    List<Audit> audits = new ArrayList<>();
    audits.add(SharedAudits.countsBalance());
    audits.add(rowsAsCounted(request));
    audits.add(
        Audit.of(
            "fates-follow-days",
            "current sales are on covered days, sales out of range are not",
            "the manifest's time zone and lookback, and the sales of these days",
            sql("fates-follow-days")));
    audits.add(keysNotNull(request));
    audits.add(
        Audit.ofSuspects(
            "sale-keys-unique",
            "a sale has one current version, and a version is staged once",
            "the staged versions of these sales, and their records in the landing files",
            sql("sale-keys-unique-suspects"),
            sql("sale-keys-unique", key(CoreTable.SALE_VERSIONS))));
    audits.add(
        Audit.ofSuspects(
            "kpi-keys-unique",
            "a cell of the KPIs is staged once",
            "members that differ in what cannot be seen, and KPI blocks written twice",
            sql("kpi-keys-unique-suspects", key(CoreTable.SALES_KPI)),
            sql("kpi-keys-unique", key(CoreTable.SALES_KPI))));
    audits.add(referenceKeysUnique(request));
    audits.add(
        Audit.of(
            "kpi-windows-covered",
            "every KPI window is a whole calendar window within the covered dates",
            "the covered dates and the grains of the manifest",
            sql("kpi-windows-covered")));
    audits.add(
        Audit.of(
            "kpis-re-added",
            "units and revenue of total, make and region equal those added up from the sales",
            "the sales of these windows: select * from the staged versions where fate = 'CURRENT'",
            sql("kpis-re-added")));
    audits.add(
        Audit.of(
            "dimensions-sum-to-total",
            "the members of every dimension add up to all sales of their window",
            "a dimension whose member is missing or counted twice",
            sql("dimensions-sum-to-total")));
    audits.add(
        Audit.ofSuspects(
            "no-sale-goes-back",
            "no published sale is replaced by an older version of itself",
            "landing files that are missing since the last run",
            sql("no-sale-goes-back-suspects"),
            sql("no-sale-goes-back")));
    if (request.hasTargets()) {
      audits.addAll(TargetAudits.of());
    }
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
            + " the clock of updated_at is coarse, or ties: position; or raise"
            + " audits.max_conflicting",
        sql(
            "conflicting-share",
            Map.of(
                "max_conflicting",
                share.toPlainString(),
                "max_conflicting_percent",
                limit,
                "fewest",
                String.valueOf(
                    limits.maxConflicting().isPresent() ? 1 : AuditLimits.FEW_CONFLICTING))));
  }

  private static Audit rowsAsCounted(SalesPublication request) {
    return SharedAudits.rowsAsCounted(
        sql("rows-counted"),
        sql("rows-staged")
            + ofEach(
                request,
                feed ->
                    sql(
                        "reference-rows-staged",
                        Map.of("feed", feed.toString(), "staged", staging(feed))))
            + (request.hasTargets() ? TargetAudits.rowsStaged() : ""));
  }

  private static Audit keysNotNull(SalesPublication request) {
    return SharedAudits.keysNotNull(
        sql("keys-filled")
            + ofEach(
                request,
                feed ->
                    sql(
                        "reference-keys-filled",
                        Map.of(
                            "feed",
                            feed.toString(),
                            "staged",
                            staging(feed),
                            "key",
                            StagedRelations.key(feed))))
            + (request.hasTargets() ? TargetAudits.keysFilled() : ""));
  }

  private static Audit referenceKeysUnique(SalesPublication request) {
    return Audit.of(
        "reference-keys-unique",
        "a vehicle, a dealer and a feed's counts are staged once",
        "the reference feeds' latest rows",
        SharedAudits.repeatedFeeds()
            + ofEach(
                request,
                feed ->
                    sql(
                        "reference-keys-unique",
                        Map.of("staged", staging(feed), "key", StagedRelations.key(feed)))));
  }

  /** Returns how a union goes on: with one query for each reference feed. */
  private static String ofEach(SalesPublication request, Function<Feed, String> query) {
    return request.referenceFeeds().stream()
        .map(feed -> "union all\n" + query.apply(feed))
        .collect(Collectors.joining());
  }

  /** Returns the placeholder of the session for the staging relation of a feed. */
  private static String staging(Feed feed) {
    return "{" + feed + "}";
  }

  private static Map<String, String> key(CoreTable table) {
    return Map.of("key", String.join(", ", table.key()));
  }

  private static String sql(String name) {
    return sql(name, Map.of());
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(SalesAudits.class, "audits/" + name, values);
  }
}
