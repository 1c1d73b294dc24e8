package io.autopulse.sink.publish.trend;

import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.table.CoreTable;
import java.util.List;
import java.util.Map;

/** The audits of trend features. */
final class TrendAudits {
  private static final List<String> KEY = CoreTable.TREND_FEATURES.key();

  /** The audits, in the order of the way of a record. */
  static final List<Audit> ALL =
      List.of(
          SharedAudits.countsBalance(),
          Audit.of(
              "versions-accepted",
              "every version read back is accepted again",
              "the manifest's currency; rejected records by code: autopulse sql \"select * from"
                  + " rejected_records\"",
              sql("versions-accepted")),
          Audit.of(
              "trend-keys-not-null",
              "no key is null",
              "the members' names",
              sql(
                  "trend-keys-not-null",
                  Map.of("key_is_null", String.join(" is null or ", KEY) + " is null"))),
          Audit.of(
              "trend-keys-unique",
              "a member has one row a week",
              "members that differ in what cannot be seen",
              sql("trend-keys-unique", Map.of("key", String.join(", ", KEY)))),
          Audit.of(
              "weeks-covered",
              "every row is of a whole week within the covered dates",
              "the covered dates and the clock of the launching machine",
              sql("weeks-covered")),
          Audit.of(
              "dimensions-agree",
              "the members of every dimension add up to the same units in a week",
              "a dimension whose member is missing or counted twice",
              sql("dimensions-agree")),
          Audit.of(
              "averages-hold",
              "a moving average is not below what its own lags add up to",
              "the formulas of the features",
              sql("averages-hold")));

  private TrendAudits() {}

  private static String sql(String name) {
    return sql(name, Map.of());
  }

  private static String sql(String name, Map<String, String> values) {
    return SqlFile.read(TrendAudits.class, "audits/" + name, values);
  }
}
