package io.autopulse.web.page;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.ForecastReport;
import io.autopulse.report.dashboard.MemberForecast;
import io.autopulse.web.chart.Band;
import io.autopulse.web.chart.Line;
import io.autopulse.web.chart.LineChart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is expected of the weeks to come, what was said of those that have passed, and how well. */
final class ForecastPage {
  /** Weeks before the first that is forecast that the chart shows. */
  private static final int SHOWN = 52;

  private final PageRequest request;
  private final Words words;

  private ForecastPage(PageRequest request) {
    this.request = request;
    words = request.words();
  }

  static Page build(PageRequest request) throws SQLException {
    return new ForecastPage(request).build();
  }

  private Page build() throws SQLException {
    Optional<ForecastReport> report =
        request.shared(
            () -> ForecastReport.of(request.connection(), "week", 0), ForecastReport.class);
    List<Section> sections = new ArrayList<>();
    String lead = none();
    if (report.isPresent()) {
      Optional<MemberForecast> member = MemberForecast.of(request.connection(), request.filter());
      lead = member.map(this::lead).orElseGet(() -> words.say("forecast.no_member"));
      if (member.isPresent()) {
        ChartEvents events = events(member.get());
        sections.add(expected(member.get(), events));
        sections.add(events.section());
        sections.add(past(member.get()));
      }
      sections.add(accuracy(report.get()));
    }
    return Page.of(request, lead, List.of(), sections, Form.withoutPeriods(request));
  }

  private String lead(MemberForecast forecast) {
    String asOf = words.say("forecast.as_of", words.date(forecast.asOf()));
    return forecast.sentence() == null ? asOf : asOf + " " + forecast.sentence();
  }

  private static List<MemberForecast.Past> shown(MemberForecast forecast) {
    return forecast
        .past()
        .subList(Math.max(0, forecast.past().size() - SHOWN), forecast.past().size());
  }

  private ChartEvents events(MemberForecast forecast) throws SQLException {
    return ChartEvents.of(
        request,
        Stream.concat(
                shown(forecast).stream().map(MemberForecast.Past::from),
                forecast.expected().stream().map(MemberForecast.Expected::from))
            .map(monday -> new BusinessInterval(monday, monday.plusWeeks(1)))
            .toList(),
        request.filter());
  }

  private Section expected(MemberForecast forecast, ChartEvents events) {
    List<MemberForecast.Past> shown = shown(forecast);
    int steps = shown.size() + forecast.expected().size();
    double[] sold = nothing(steps);
    double[] mean = nothing(steps);
    double[] naive = nothing(steps);
    double[] lower = nothing(steps);
    double[] upper = nothing(steps);
    double[] low = nothing(steps);
    double[] high = nothing(steps);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      sold[i] = shown.get(i).sold();
      names.add(words.shortDate(shown.get(i).from()));
    }
    List<Table.Row> rows = new ArrayList<>();
    double total = 0;
    double totalNaive = 0;
    for (int i = 0; i < forecast.expected().size(); i++) {
      MemberForecast.Expected week = forecast.expected().get(i);
      int step = shown.size() + i;
      mean[step] = week.mean();
      naive[step] = week.naive() == null ? Double.NaN : week.naive();
      lower[step] = week.lower80();
      upper[step] = week.upper80();
      low[step] = week.lower95();
      high[step] = week.upper95();
      names.add(words.shortDate(week.from()));
      total += week.mean();
      totalNaive += naive[step];
      rows.add(
          Table.Row.of(
              week.from(),
              week.mean(),
              week.lower80(),
              week.upper80(),
              week.lower95(),
              week.upper95(),
              week.naive()));
    }
    String title = words.say("forecast.expected");
    return new Section(
        title,
        words.say("forecast.expected.note"),
        new LineChart(
                title,
                names,
                List.of(
                    new Band("band", Line.of("", "", low), Line.of("", "", high)),
                    new Band("band", Line.of("", "", lower), Line.of("", "", upper))),
                List.of(
                    Line.of(words.say("line.forecast"), "before", mean),
                    Line.of(words.say("line.sold"), "now", sold),
                    Line.of(words.say("line.naive"), "target", naive)),
                words::mark)
            .marked(events.marks())
            .svg(),
        Table.of(
                "expected",
                List.of(
                    new Column("week_from", Column.Kind.DATE),
                    new Column("units_expected", Column.Kind.NUMBER),
                    new Column("lower_80", Column.Kind.NUMBER),
                    new Column("upper_80", Column.Kind.NUMBER),
                    new Column("lower_95", Column.Kind.NUMBER),
                    new Column("upper_95", Column.Kind.NUMBER),
                    new Column("seasonal_naive", Column.Kind.NUMBER)),
                rows)
            .withTotals(
                Table.Row.of(
                    words.say("table.total"),
                    total,
                    null,
                    null,
                    null,
                    null,
                    Double.isNaN(totalNaive) ? null : totalNaive)),
        "");
  }

  private static double[] nothing(int steps) {
    double[] values = new double[steps];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private Section past(MemberForecast forecast) {
    List<Table.Row> rows = new ArrayList<>();
    long sold = 0;
    double said = 0;
    for (MemberForecast.Past week : forecast.past()) {
      if (week.said() != null) {
        sold += week.sold();
        said += week.said();
        rows.add(
            Table.Row.of(
                week.from(),
                week.sold(),
                week.said(),
                week.lower80(),
                week.upper80(),
                words.say(isWithin(week) ? "forecast.within" : "forecast.outside")));
      }
    }
    return new Section(
        words.say("forecast.past"),
        words.say("forecast.past.note"),
        "",
        Table.of(
                "past",
                List.of(
                    new Column("week_from", Column.Kind.DATE),
                    new Column("units_sold", Column.Kind.COUNT),
                    new Column("units_expected", Column.Kind.NUMBER),
                    new Column("lower_80", Column.Kind.NUMBER),
                    new Column("upper_80", Column.Kind.NUMBER),
                    new Column("result", Column.Kind.TEXT)),
                rows)
            .withTotals(Table.Row.of(words.say("table.total"), sold, said, null, null, null)),
        words.say("forecast.no_past"));
  }

  private static boolean isWithin(MemberForecast.Past week) {
    return week.lower80() != null
        && week.upper80() != null
        && week.lower80() <= week.sold()
        && week.sold() <= week.upper80();
  }

  private Section accuracy(ForecastReport report) {
    List<Table.Row> rows = new ArrayList<>();
    for (ForecastReport.Level level : report.levels()) {
      rows.add(
          Table.Row.of(
              dimension(level.dimension()),
              level.members(),
              level.forecasts(),
              level.wape(),
              level.naiveWape(),
              level.seasonalWape(),
              level.bias(),
              level.coverage80(),
              level.coverage95()));
    }
    return new Section(
        words.say("forecast.accuracy"),
        words.say("forecast.accuracy.note"),
        "",
        Table.of(
            "accuracy",
            List.of(
                new Column("dimension", Column.Kind.TEXT),
                new Column("members", Column.Kind.COUNT),
                new Column("forecasts", Column.Kind.COUNT),
                new Column("wape", Column.Kind.SHARE),
                new Column("naive_wape", Column.Kind.SHARE),
                new Column("seasonal_wape", Column.Kind.SHARE),
                new Column("bias", Column.Kind.CHANGE),
                new Column("coverage_80", Column.Kind.SHARE),
                new Column("coverage_95", Column.Kind.SHARE)),
            rows),
        none());
  }

  private String none() {
    if (request.scope().isPresent()) {
      return words.say("forecast.part");
    }
    return request.state().known() == null
        ? words.say("forecast.none")
        : words.say("known.no_forecast", words.date(request.state().known()));
  }

  private String dimension(@Nullable String name) {
    return words.name("attribute.", String.valueOf(name));
  }
}
