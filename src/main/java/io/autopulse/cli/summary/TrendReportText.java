package io.autopulse.cli.summary;

import static io.autopulse.cli.text.RowLayout.number;
import static io.autopulse.cli.text.RowLayout.text;

import io.autopulse.cli.text.RowLayout;
import io.autopulse.cli.text.Rows;
import io.autopulse.cli.text.TextTable;
import io.autopulse.cli.text.TextTable.Column;
import io.autopulse.report.TrendReport;
import io.autopulse.report.TrendReport.Mover;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Risers and fallers, for a person or for a program. */
public final class TrendReportText {
  private static final RowLayout<Mover> EVERY_COLUMN =
      RowLayout.of(
          text("dimension", Mover::dimension),
          text("member", Mover::member),
          text("last_week", Mover::lastWeek),
          number("weeks", Mover::weeks),
          number("units_now", Mover::unitsNow),
          number("units_before", Mover::unitsBefore),
          number("units_change", Mover::unitsChange),
          number("relative_change", Mover::relativeChange),
          number("share_now", Mover::shareNow),
          number("share_before", Mover::shareBefore),
          number("share_change", Mover::shareChange),
          number("dispersion", Mover::dispersion),
          number("z", Mover::z),
          number("p_value", Mover::pValue),
          text("larger_than_noise", Mover::largerThanNoise));

  private TrendReportText() {}

  /** Returns the movers, every column. */
  public static Rows rows(TrendReport report) {
    return EVERY_COLUMN.rows(report.movers());
  }

  /** Returns one page: a table, or a sentence if there is nothing to compare yet. */
  public static String page(TrendReport report) {
    int weeks = report.weeks();
    if (report.lastWeek().isEmpty()) {
      return "There are no trend features yet. Make them with: autopulse run pipelines/trend-features.yaml\n";
    }
    if (report.closedWeeks() < 2L * weeks) {
      return "There are %d closed weeks; %d against %d need %d.\n"
          .formatted(report.closedWeeks(), weeks, weeks, 2 * weeks);
    }
    LocalDate last = report.lastWeek().get();
    if (report.movers().isEmpty()) {
      return unmoved(report, last);
    }
    TextTable table =
        TextTable.of(
            Column.text(""),
            Column.text(""),
            Column.number("units"),
            Column.number("before"),
            Column.number("change"),
            Column.number(""),
            Column.number("share"),
            Column.number("change"),
            Column.text("larger than noise"));
    for (String dimension : report.dimensions()) {
      String heading = dimension;
      for (Mover mover : report.movers()) {
        if (mover.dimension().equals(dimension)) {
          add(table, heading, mover);
          heading = "";
        }
      }
    }
    return "Risers and fallers: the %d weeks to %s against the %d before, each week as known at its end%n%n"
            .formatted(weeks, last.plusDays(6), weeks)
        + table.render()
        + "\nLarger than noise: unlikely from the member's own ups and downs from week to week (false"
        + " alarms at most 5 %).\n";
  }

  private static String unmoved(TrendReport report, LocalDate last) {
    int weeks = report.weeks();
    String compared =
        "The units of no member changed: the %d weeks to %s against the %d before."
            .formatted(weeks, last.plusDays(6), weeks);
    if (report.lastSale().isEmpty()) {
      return compared + " The trends hold no sale at all.\n";
    }
    LocalDate sold = report.lastSale().get();
    boolean old = sold.isBefore(last.minusWeeks(2L * weeks - 1));
    return compared
        + (old
            ? " The last week with a sale is the one from %s: newer sales are not in the warehouse.%n"
                .formatted(sold)
            : "\n");
  }

  private static void add(TextTable table, String heading, Mover mover) {
    table.row(
        heading,
        mover.member(),
        RunSummaryText.count(mover.unitsNow()),
        RunSummaryText.count(mover.unitsBefore()),
        String.format(Locale.ROOT, "%+,d", mover.unitsChange()),
        percent("%+.1f %%", mover.relativeChange()),
        percent("%.1f %%", mover.shareNow()),
        percent("%+.1f pp", mover.shareChange()),
        verdict(mover.largerThanNoise()));
  }

  private static String verdict(@Nullable Boolean larger) {
    return larger == null ? "too few weeks" : larger ? "yes" : "no";
  }

  private static String percent(String format, @Nullable BigDecimal share) {
    return share == null ? "" : String.format(Locale.ROOT, format, share.movePointRight(2));
  }
}
