package io.autopulse.cli.summary;

import io.autopulse.report.ForecastReport;
import io.autopulse.report.ForecastReport.MemberLine;
import io.autopulse.report.ForecastReport.Point;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A member's history and forecast, drawn as SVG. */
final class ForecastChart {
  private static final double WIDTH = 900;
  private static final double HEIGHT = 240;
  private static final double LEFT = 56;
  private static final double RIGHT = 12;
  private static final double TOP = 12;
  private static final double BOTTOM = 28;

  private final MemberLine member;
  private final int number;
  private final List<LocalDate> history = new ArrayList<>();
  private final LocalDate first;
  private final LocalDate last;
  private final double most;

  /**
   * Makes a chart.
   *
   * @param number of the chart on its page
   */
  ForecastChart(ForecastReport report, MemberLine member, int number) {
    this.member = member;
    this.number = number;
    last = report.lastPeriod();
    first = member.sold().isEmpty() ? report.firstPeriod() : member.sold().firstKey();
    // A period without a sale has no row: it is drawn as zero.
    for (LocalDate day = first; day.isBefore(report.firstPeriod()); day = next(report, day)) {
      history.add(day);
    }
    double highest = 1;
    for (double units : member.sold().values()) {
      highest = Math.max(highest, units);
    }
    for (Point point : member.points()) {
      highest = Math.max(highest, Math.max(point.upper95(), point.seasonalNaive()));
    }
    most = rounded(highest);
  }

  private static LocalDate next(ForecastReport report, LocalDate day) {
    return report.grain().equals("month") ? day.plusMonths(1) : day.plusWeeks(1);
  }

  /** Returns the next number of the form 1, 2, 4, 5 or 10 times a power of ten. */
  private static double rounded(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 8}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Returns the chart. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"t%d d%d\">%n<title id=\"t%d\">%s</title>%n<desc id=\"d%d\">%s</desc>%n",
            WIDTH,
            HEIGHT,
            number,
            number,
            number,
            ForecastPage.escape(member.dimension() + " " + member.member()),
            number,
            ForecastPage.escape(description())));
    axes(svg);
    area(svg, "wide95", Point::lower95, Point::upper95);
    area(svg, "wide80", Point::lower80, Point::upper80);
    List<String> sold = new ArrayList<>();
    history.forEach(day -> sold.add(place(day, member.sold().getOrDefault(day, 0L))));
    line(svg, "sold", sold);
    line(svg, "naive", places(Point::seasonalNaive));
    line(svg, "forecast", places(Point::mean));
    return svg.append("</svg>\n").toString();
  }

  private String description() {
    Point from = member.points().get(0);
    Point to = member.points().get(member.points().size() - 1);
    return String.format(
        Locale.ROOT,
        "From %s on: %,.0f units forecast for %s, 80 %% interval %,.0f to %,.0f; %,.0f units for %s, %,.0f to %,.0f.",
        first,
        from.mean(),
        from.period(),
        from.lower80(),
        from.upper80(),
        to.mean(),
        to.period(),
        to.lower80(),
        to.upper80());
  }

  private void axes(StringBuilder svg) {
    for (int i = 0; i <= 2; i++) {
      double units = most * i / 2;
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT,
              WIDTH - RIGHT,
              y(units),
              y(units),
              LEFT - 8,
              y(units) + 4,
              units == Math.rint(units)
                  ? String.format(Locale.ROOT, "%,.0f", units)
                  : String.format(Locale.ROOT, "%,.1f", units)));
    }
    LocalDate tick = LocalDate.of(first.getYear(), (first.getMonthValue() - 1) / 3 * 3 + 1, 1);
    for (; !tick.isAfter(last); tick = tick.plusMonths(3)) {
      if (!tick.isBefore(first) && x(tick) < WIDTH - 50) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.0f\" y2=\"%.0f\"/><text x=\"%.1f\" y=\"%.0f\">%s</text>%n",
                x(tick),
                x(tick),
                HEIGHT - BOTTOM,
                HEIGHT - BOTTOM + 5,
                x(tick),
                HEIGHT - 8,
                tick.toString().substring(0, 7)));
      }
    }
  }

  private void area(
      StringBuilder svg,
      String style,
      ToDoubleFunction<Point> lower,
      ToDoubleFunction<Point> upper) {
    List<String> outline = new ArrayList<>(places(upper));
    List<String> below = places(lower);
    for (int i = below.size() - 1; i >= 0; i--) {
      outline.add(below.get(i));
    }
    svg.append("<polygon class=\"")
        .append(style)
        .append("\" points=\"")
        .append(String.join(" ", outline))
        .append("\"/>\n");
  }

  private static void line(StringBuilder svg, String style, List<String> places) {
    svg.append("<polyline class=\"line ")
        .append(style)
        .append("\" points=\"")
        .append(String.join(" ", places))
        .append("\"/>\n");
  }

  private List<String> places(ToDoubleFunction<Point> value) {
    return member.points().stream()
        .map(point -> place(point.period(), value.applyAsDouble(point)))
        .toList();
  }

  private String place(LocalDate day, double units) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x(day), y(units));
  }

  private double x(LocalDate day) {
    double days = Math.max(1, ChronoUnit.DAYS.between(first, last));
    return LEFT + (WIDTH - LEFT - RIGHT) * ChronoUnit.DAYS.between(first, day) / days;
  }

  private double y(double units) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - units / most);
  }
}
