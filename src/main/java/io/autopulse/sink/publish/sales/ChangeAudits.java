package io.autopulse.sink.publish.sales;

import io.autopulse.sink.publish.Audit;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.SharedAudits;
import io.autopulse.warehouse.SqlFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The audits that compare what a run has read with what was published before: an export that is
 * empty, cut short or another's must not replace what is there.
 *
 * <p>A sale counts as gone if no version of it was read, whatever its status and day: a sale that
 * was cancelled, or moved to another day, is not gone, and new sales do not hide those that are. So
 * a first run, a longer lookback, a window that moves on and a backfill of new days change nothing
 * here. With few sales one or two decide; below the fewest the default limit asks nobody.
 */
final class ChangeAudits {
  /** The units of fewer published sales than these may fall, unless the manifest has a limit. */
  private static final int FEWEST_UNITS = 10;

  private ChangeAudits() {}

  /** Returns the audits of a refresh. */
  static List<Audit> of(SalesPublication request) {
    List<Audit> audits =
        new ArrayList<>(
            List.of(
                SharedAudits.feedsNotEmpty(request),
                salesKept(request),
                unitsKept(request.limits(), request)));
    if (request.hasTargets()) {
      audits.add(TargetAudits.kept(request));
    }
    return audits;
  }

  private static Audit salesKept(SalesPublication request) {
    BigDecimal limit = request.limits().change();
    // In a month a stricter limit would ask for every few sales.
    BigDecimal ofMonth = limit.max(AuditLimits.DEFAULT_CHANGE);
    return Audit.of(
        "published-sales-kept",
        "of the published sales of the covered dates at most "
            + SharedAudits.percent(limit)
            + " are gone from the feed",
        SharedAudits.place("sales", request.feeds().getOrDefault("sales", ""))
            + ": files that are missing, empty, cut short or another system's. If these sales are gone for good: --set audits.max_change=1 for one run",
        SqlFile.read(
            ChangeAudits.class,
            "audits/published-sales-kept",
            Map.of(
                "max_gone",
                limit.toPlainString(),
                "max_gone_percent",
                SharedAudits.percent(limit),
                "max_gone_of_month",
                ofMonth.toPlainString(),
                "max_gone_of_month_percent",
                SharedAudits.percent(ofMonth),
                "fewest",
                String.valueOf(SharedAudits.FEWEST_SALES))));
  }

  private static Audit unitsKept(AuditLimits limits, SalesPublication request) {
    String limit = SharedAudits.percent(limits.change());
    boolean both = limits.maxChange().isPresent();
    return Audit.of(
        "change-within-limit",
        "the units of windows published before %s by at most %s"
            .formatted(both ? "change" : "fall", limit),
        "feeds that are empty or cut short, such as "
            + SharedAudits.place("sales", request.feeds().getOrDefault("sales", ""))
            + "; if the change is right, raise the limit for one run: --set audits.max_change=1",
        SqlFile.read(
            ChangeAudits.class,
            "audits/change-within-limit",
            Map.of(
                "max_change",
                limits.change().toPlainString(),
                "max_change_percent",
                limit,
                "change",
                both ? "abs(staged_units - published_units)" : "published_units - staged_units",
                "changed",
                both ? "changed" : "fallen",
                "fewest",
                String.valueOf(both ? 0 : FEWEST_UNITS))));
  }
}
