package io.autopulse.sink.publish.forecast;

import io.autopulse.domain.forecast.combine.Bias;
import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The audits of forecasts. */
final class ForecastAudits {
  /** The audits: of what is staged, then of the ledger. */
  static final List<Audit> ALL =
      List.of(
          audit(
              "forecasts-made",
              "the total is forecast",
              "the as-of date, and whether a refresh has published sales by then: autopulse runs"),
          audit("forecast-keys-filled", "no key and no number is null", "the members' names"),
          audit(
              "forecast-keys-unique",
              "a method has one row a member and period",
              "members that differ in what cannot be seen"),
          audit("never-negative", "nobody sells less than nothing", "the methods of the members"),
          audit(
              "bounds-ordered",
              "the 80 % interval holds the mean and lies within the 95 % interval",
              "the intervals of the members"),
          audit(
              "periods-complete",
              "every member has every period of the horizon, by every method",
              "the methods of the members"),
          audit(
              "sums-coherent",
              "the members of a dimension add up to the total",
              "the reconciliation of the forecasts"),
          audit(
              "parts-add-up",
              "the parts of a published forecast add up to it",
              "the explanation of the forecasts"),
          biasSmall(),
          audit(
              "accuracy-keys-unique",
              "a method has one accuracy a member and horizon",
              "members that differ in what cannot be seen"),
          audit(
              "ledger-unchanged",
              "every vintage in the ledger has the rows that were published",
              "who changed the table forecasts: its rows are only ever added"));

  private ForecastAudits() {}

  private static Audit biasSmall() {
    String most = SharedAudits.percent(BigDecimal.valueOf(Bias.MOST));
    return Audit.of(
            "bias-small",
            "the last %d forecasts of regions and powertrains were within %s of what was sold"
                .formatted(Bias.VINTAGES, most),
            "what changed in these markets; half of the bias is taken out",
            SqlFile.read(ForecastAudits.class, "audits/bias-small", Map.of("most", most)))
        .asWarning();
  }

  private static Audit audit(String name, String rule, String lookAt) {
    return Audit.of(name, rule, lookAt, SqlFile.read(ForecastAudits.class, "audits/" + name));
  }
}
