package io.autopulse.web.page;

import io.autopulse.domain.compare.Comparison;
import io.autopulse.domain.compare.Period;
import io.autopulse.domain.compare.TargetPace;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.dashboard.DailySales;
import io.autopulse.web.chart.Line;
import io.autopulse.web.chart.LineChart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the units of a period add up day by day, beside other periods and the target. */
final class PaceSection {
  private PaceSection() {}

  static Section of(
      PageRequest request,
      Comparison comparison,
      DailySales daily,
      Map<LocalDate, Long> targets,
      ChartEvents events) {
    Words words = request.words();
    Period period = comparison.period();
    List<LocalDate> ends = ends(period);
    LocalDate last = comparison.days().to();
    int steps = ends.size();
    double[] now = new double[steps];
    double[] before = new double[steps];
    double[] year = new double[steps];
    double[] target = new double[steps];
    List<String> names = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      LocalDate end = ends.get(i);
      LocalDate start = i == 0 ? period.start() : ends.get(i - 1);
      boolean known = start.isBefore(last);
      now[i] =
          known
              ? daily
                  .sums(new BusinessInterval(period.start(), end.isAfter(last) ? last : end))
                  .sold()
              : Double.NaN;
      before[i] = sold(request, daily, period.plus(-1), i);
      year[i] = sold(request, daily, period.yearBefore(), i);
      target[i] =
          TargetPace.of(targets, new BusinessInterval(period.start(), end), request.sellingDays())
              .orElse(Double.NaN);
      LocalDate day = end.minusDays(1);
      names.add(words.shortDate(day));
      rows.add(
          Table.Row.of(day, whole(now[i]), whole(before[i]), whole(year[i]), whole(target[i])));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(words.say("line.now"), "now", now));
    lines.add(Line.of(words.say("line.before"), "before", before));
    lines.add(Line.of(words.say("line.year"), "year", year));
    if (!Double.isNaN(target[0])) {
      lines.add(Line.of(words.say("line.target"), "target", target));
    }
    String title = words.say("pace.title", words.period(period));
    return new Section(
        title,
        words.say("pace.note"),
        new LineChart(title, names, List.of(), lines, words::mark).marked(events.marks()).svg(),
        Table.of(
            "pace",
            List.of(
                new Column("to_date", Column.Kind.DATE),
                new Column("units_sold", Column.Kind.COUNT),
                new Column("units_before", Column.Kind.COUNT),
                new Column("units_year_before", Column.Kind.COUNT),
                new Column("units_target", Column.Kind.COUNT)),
            rows),
        "");
  }

  /**
   * Returns the days after each step: days of weeks and months, weeks of quarters, months of years.
   */
  private static List<LocalDate> ends(Period period) {
    List<LocalDate> ends = new ArrayList<>();
    LocalDate day = period.start();
    while (day.isBefore(period.end())) {
      day =
          switch (period.kind()) {
            case QUARTER -> day.plusWeeks(1);
            case YEAR -> day.plusMonths(1);
            default -> day.plusDays(1);
          };
      ends.add(day.isAfter(period.end()) ? period.end() : day);
    }
    return ends;
  }

  /** Returns the days of each step. */
  static List<BusinessInterval> steps(Period period) {
    List<BusinessInterval> steps = new ArrayList<>();
    LocalDate from = period.start();
    for (LocalDate end : ends(period)) {
      steps.add(new BusinessInterval(from, end));
      from = end;
    }
    return steps;
  }

  private static double sold(PageRequest request, DailySales daily, Period period, int step) {
    List<LocalDate> ends = ends(period);
    boolean known = period.end().isAfter(request.served().firstDay().orElse(LocalDate.MAX));
    return known && step < ends.size()
        ? daily.sums(new BusinessInterval(period.start(), ends.get(step))).sold()
        : Double.NaN;
  }

  private static @Nullable Long whole(double value) {
    return Double.isNaN(value) ? null : Long.valueOf(Math.round(value));
  }
}
