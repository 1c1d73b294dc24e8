package io.autopulse.sink.publish.sales;

import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.table.CoreTable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The audits of sales targets, of a refresh that has them. */
final class TargetAudits {
  private TargetAudits() {}

  /** Returns the audits of what is staged. */
  static List<Audit> of() {
    List<String> key = CoreTable.SALES_TARGETS.key();
    return List.of(
        Audit.of(
            "target-keys-unique",
            "a month, dealer, make and model have one target",
            "the staged targets of these months, and their records in the targets feed",
            sql(
                "target-keys-unique",
                Map.of(
                    "target",
                    key.stream()
                        .map("cast(%s as varchar)"::formatted)
                        .collect(Collectors.joining(" || ' ' || ")),
                    "key",
                    String.join(", ", key)))),
        Audit.of(
            "targets-plausible",
            "a target is of a whole month and not negative, and a model has its make",
            "the staged targets of these months: a defect of the parser's rules",
            sql("targets-plausible", Map.of())));
  }

  /** Returns the audit that a month's published targets do not vanish. */
  static Audit kept(SalesPublication request) {
    BigDecimal limit = request.limits().change();
    return Audit.of(
        "published-targets-kept",
        "of the published targets of each month that the feed has, at most "
            + SharedAudits.percent(limit)
            + " are gone from it",
        SharedAudits.place("targets", request.feeds().getOrDefault("targets", ""))
            + ": files that are missing, cut short or of another grain. If these targets are gone for good: --set audits.max_change=1 for one run",
        sql(
            "published-targets-kept",
            Map.of(
                "max_gone",
                limit.toPlainString(),
                "max_gone_percent",
                SharedAudits.percent(limit),
                "fewest",
                String.valueOf(SharedAudits.FEWEST_SALES))));
  }

  /** Returns how the union of staged rows goes on, for rows-as-counted. */
  static String rowsStaged() {
    return "union all\n"
        + sql("reference-rows-staged", Map.of("feed", "targets", "staged", "{targets}"));
  }

  /** Returns how the union of filled keys goes on, for keys-not-null. */
  static String keysFilled() {
    return "union all\n"
        + sql(
            "target-keys-filled",
            Map.of(
                "filled_keys",
                CoreTable.SALES_TARGETS.key().stream()
                    .map("count(%s)"::formatted)
                    .collect(Collectors.joining(", "))));
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(TargetAudits.class, "audits/" + name, values);
  }
}
