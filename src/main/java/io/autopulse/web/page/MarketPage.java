package io.autopulse.web.page;

import io.autopulse.domain.compare.Comparison;
import io.autopulse.domain.compare.Period;
import io.autopulse.domain.compare.ShareChange;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.TrendReport;
import io.autopulse.report.dashboard.MarketMonth;
import io.autopulse.report.dashboard.SalesFilter;
import io.autopulse.report.dashboard.TrendWeek;
import io.autopulse.web.chart.Line;
import io.autopulse.web.chart.LineChart;
import io.autopulse.web.chart.Waterfall;
import io.autopulse.web.state.Against;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The whole market by powertrain, our share of it, and why that changed. */
final class MarketPage {
  /** Months that charts show. */
  private static final int MONTHS = 25;

  private static final int MOST_MOVERS = 5;

  /** A year of weeks. */
  private static final int WEEKS = 53;

  /** What is drawn below each other, the units first. */
  private static final List<String> BESIDE =
      List.of("units", "price_index", "fuel_price", "attention");

  private final PageRequest request;
  private final Words words;

  private MarketPage(PageRequest request) {
    this.request = request;
    words = request.words();
  }

  static Page build(PageRequest request) throws SQLException {
    return new MarketPage(request).build();
  }

  private Page build() throws SQLException {
    List<Section> sections = new ArrayList<>();
    String lead = request.emptyReason();
    Optional<Comparison> comparison = request.comparison();
    if (comparison.isPresent()) {
      LocalDate last = comparison.get().days().to().minusDays(1).withDayOfMonth(1);
      Months months =
          new Months(
              request.shared(
                  () ->
                      MarketMonth.of(
                          request.connection(), last.minusMonths(MONTHS - 1L), last.plusMonths(1)),
                  MarketMonth.class,
                  last));
      if (months.isEmpty()) {
        lead = words.say("market.none", month(last));
      } else {
        Months chosen = months.only(request.state().filters().get(Attribute.POWERTRAIN));
        lead =
            words.say(
                chosen == months ? "market.lead" : "market.lead.chosen",
                month(months.last()),
                words.write(Column.Kind.SHARE, chosen.share(months.last())),
                words.write(Column.Kind.COUNT, chosen.registrations(months.last())));
        ChartEvents events = events(chosen);
        sections.add(shares(chosen, events));
        sections.add(events.section());
        sections.add(shift(months));
        change(months).ifPresent(sections::add);
      }
      sections.add(weeks(comparison.get().days().to()));
      sections.add(movers());
    }
    return Page.of(
        request, lead, List.of(), sections, Form.ofPeriods(request, Attribute.POWERTRAIN));
  }

  private String month(LocalDate month) {
    return words.period(Period.of(Period.Kind.MONTH, month));
  }

  private LocalDate base(LocalDate month) {
    return request.state().against() == Against.YEAR ? month.minusYears(1) : month.minusMonths(1);
  }

  /** What happened to the sales of the powertrains chosen: other filters do not apply here. */
  private ChartEvents events(Months months) throws SQLException {
    return ChartEvents.of(
        request,
        months.all().stream()
            .map(month -> new BusinessInterval(month, month.plusMonths(1)))
            .toList(),
        new SalesFilter(
            Map.of(
                Attribute.POWERTRAIN,
                request.state().filters().getOrDefault(Attribute.POWERTRAIN, List.of()))));
  }

  private Section shares(Months months, ChartEvents events) {
    List<String> names = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    List<String> links = new ArrayList<>();
    double[] shares = new double[months.all().size()];
    long registered = 0;
    long sold = 0;
    int step = 0;
    for (LocalDate month : months.all()) {
      Double share = months.share(month);
      shares[step] = share == null ? Double.NaN : share * 100;
      names.add(month(month));
      links.add("/market" + request.state().zoomedTo(Period.of(Period.Kind.MONTH, month)).query());
      rows.add(
          Table.Row.of(month, months.registrations(month), months.sold(month), share)
              .linked(links.get(step)));
      registered += months.registrations(month);
      sold += months.sold(month);
      step++;
    }
    List<String> chosen = request.state().filters().getOrDefault(Attribute.POWERTRAIN, List.of());
    String title =
        words.say("market.shares") + (chosen.isEmpty() ? "" : ": " + String.join(", ", chosen));
    return new Section(
        title,
        "",
        new LineChart(
                title,
                names,
                List.of(),
                List.of(Line.of(words.say("line.share"), "now", shares)),
                words::mark)
            .linked(links)
            .marked(events.marks())
            .svg(),
        Table.of(
                "shares",
                List.of(
                    new Column("month", Column.Kind.DATE),
                    new Column("registrations", Column.Kind.COUNT),
                    new Column("units_sold", Column.Kind.COUNT),
                    new Column("market_share", Column.Kind.SHARE)),
                rows)
            .withTotals(
                Table.Row.of(
                    words.say("table.total"), registered, sold, Months.quotient(sold, registered))),
        words.say("market.no_powertrain"));
  }

  private Section shift(Months months) {
    LocalDate now = months.last();
    LocalDate before = base(now);
    List<Table.Row> rows = new ArrayList<>();
    for (String powertrain : months.powertrains()) {
      MarketMonth there = months.of(now, powertrain);
      Double mix = months.mix(now, powertrain);
      Double mixBefore = months.mix(before, powertrain);
      Double share = months.shareWithin(now, powertrain);
      Double shareBefore = months.shareWithin(before, powertrain);
      rows.add(
          Table.Row.of(
                  words.name("member.", powertrain),
                  there.registrations(),
                  mix,
                  difference(mix, mixBefore),
                  there.sold(),
                  share,
                  difference(share, shareBefore))
              .linked(
                  link(powertrain), request.state().isChosen(Attribute.POWERTRAIN, powertrain)));
    }
    return new Section(
        words.say("market.shift", month(now)),
        words.say("market.shift.note", month(before)),
        "",
        Table.of(
                "powertrains",
                List.of(
                    new Column("powertrain", Column.Kind.TEXT),
                    new Column("registrations", Column.Kind.COUNT),
                    new Column("market_mix", Column.Kind.SHARE),
                    new Column("market_mix_change", Column.Kind.POINTS),
                    new Column("units_sold", Column.Kind.COUNT),
                    new Column("market_share", Column.Kind.SHARE),
                    new Column("market_share_change", Column.Kind.POINTS)),
                rows)
            .withTotals(
                Table.Row.of(
                    words.say("table.total"),
                    months.registrations(now),
                    1.0,
                    null,
                    months.sold(now),
                    months.share(now),
                    difference(months.share(now), months.share(before))))
            .withBar("registrations"),
        "");
  }

  /** Returns where a click on a powertrain leads: to its shares, or back to those of all. */
  private String link(String powertrain) {
    return "/market" + request.state().toggled(Attribute.POWERTRAIN, powertrain).query();
  }

  private static @Nullable Double difference(@Nullable Double now, @Nullable Double before) {
    return now == null || before == null ? null : now - before;
  }

  private Optional<Section> change(Months months) {
    LocalDate now = months.last();
    LocalDate before = base(now);
    if (months.registrations(before) == 0 || months.registrations(now) == 0) {
      return Optional.empty();
    }
    List<ShareChange.Member> members = new ArrayList<>();
    for (String powertrain : months.powertrains()) {
      MarketMonth then = months.of(before, powertrain);
      MarketMonth there = months.of(now, powertrain);
      members.add(
          new ShareChange.Member(
              powertrain, then.sold(), then.registrations(), there.sold(), there.registrations()));
    }
    ShareChange change = ShareChange.of(members);
    List<Waterfall.Step> steps = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    double mix = 0;
    double within = 0;
    for (ShareChange.Part part : change.parts()) {
      String name = words.name("member.", part.name());
      steps.add(new Waterfall.Step(name, part.total(), link(part.name())));
      rows.add(
          Table.Row.of(name, part.mix(), part.within(), part.total())
              .linked(
                  link(part.name()), request.state().isChosen(Attribute.POWERTRAIN, part.name())));
      mix += part.mix();
      within += part.within();
    }
    String title = words.say("market.change", month(before), month(now));
    return Optional.of(
        new Section(
            title,
            words.say("market.change.note"),
            new Waterfall(
                    title,
                    month(before),
                    change.before(),
                    steps,
                    month(now),
                    value -> words.write(Column.Kind.SHARE, value),
                    value -> words.write(Column.Kind.POINTS, value))
                .svg(),
            Table.of(
                    "share_change",
                    List.of(
                        new Column("powertrain", Column.Kind.TEXT),
                        new Column("by_mix", Column.Kind.POINTS),
                        new Column("by_share", Column.Kind.POINTS),
                        new Column("together", Column.Kind.POINTS)),
                    rows)
                .withTotals(
                    Table.Row.of(
                        words.say("table.total"), mix, within, change.now() - change.before())),
            ""));
  }

  /**
   * The sales of a year week by week, with what stands beside them, one below the other: none of
   * them is said to be the reason.
   *
   * @param to the day after the last
   */
  private Section weeks(LocalDate to) throws SQLException {
    List<String> chosen = request.state().filters().getOrDefault(Attribute.POWERTRAIN, List.of());
    SalesFilter filter =
        new SalesFilter(
            chosen.size() == 1
                ? Map.of(Attribute.POWERTRAIN, chosen)
                : Map.<Attribute, List<String>>of());
    List<TrendWeek> weeks =
        request.state().known() == null
            ? request.shared(
                () -> TrendWeek.of(request.connection(), filter, to.minusWeeks(WEEKS), to),
                TrendWeek.class,
                filter,
                to)
            : List.of();
    List<String> names = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    double[][] values = new double[4][weeks.size()];
    for (int i = 0; i < weeks.size(); i++) {
      TrendWeek week = weeks.get(i);
      names.add(words.shortDate(week.from()));
      rows.add(
          Table.Row.of(
              week.from(), week.units(), week.priceIndex(), week.fuelPrice(), week.attention()));
      values[0][i] = week.units();
      values[1][i] = Line.point(week.priceIndex());
      values[2][i] = Line.point(week.fuelPrice());
      values[3][i] = Line.point(week.attention());
    }
    StringBuilder charts = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (Arrays.stream(values[i]).anyMatch(value -> !Double.isNaN(value))) {
        String name = words.say("line." + BESIDE.get(i));
        charts.append(
            new LineChart(
                    name, names, List.of(), List.of(Line.of(name, "now", values[i])), words::mark)
                .strip());
      }
    }
    return new Section(
        words.say("market.weeks")
            + (chosen.size() == 1 ? ": " + words.name("member.", chosen.get(0)) : ""),
        words.say("market.weeks.note"),
        charts.toString(),
        Table.of(
            "weeks",
            List.of(
                new Column("week_from", Column.Kind.DATE),
                new Column("units_sold", Column.Kind.COUNT),
                new Column("price_index", Column.Kind.NUMBER),
                new Column("fuel_price", Column.Kind.NUMBER),
                new Column("attention", Column.Kind.NUMBER)),
            rows),
        words.say(noMovers()));
  }

  private List<TrendReport.Mover> risersAndFallers() throws SQLException {
    return request.state().known() == null
        ? request
            .shared(
                () -> TrendReport.of(request.connection(), 4, MOST_MOVERS, List.of()),
                TrendReport.class)
            .movers()
        : List.of();
  }

  /** Returns where a riser or faller leads: to its sales; nowhere if it is of two attributes. */
  private String sales(TrendReport.Mover mover) {
    return Arrays.stream(Attribute.values())
        .filter(attribute -> Dimension.of(attribute).toString().equals(mover.dimension()))
        .findFirst()
        .map(attribute -> request.state().elsewhere().drillInto(attribute, mover.member()))
        .map(state -> "/sales" + state.query())
        .orElse("");
  }

  private Section movers() throws SQLException {
    List<Table.Row> rows = new ArrayList<>();
    for (TrendReport.Mover mover : risersAndFallers()) {
      rows.add(
          Table.Row.of(
                  words.name("member.", mover.member()),
                  words.name("attribute.", mover.dimension()),
                  mover.unitsNow(),
                  mover.unitsBefore(),
                  mover.unitsChange(),
                  mover.shareChange(),
                  mover.largerThanNoise() == null
                      ? null
                      : words.say(mover.largerThanNoise() ? "market.signal" : "market.noise"))
              .linked(sales(mover)));
    }
    return new Section(
        words.say("market.movers"),
        words.say("market.movers.note"),
        "",
        Table.of(
            "movers",
            List.of(
                new Column("member", Column.Kind.TEXT),
                new Column("dimension", Column.Kind.TEXT),
                new Column("units_sold", Column.Kind.COUNT),
                new Column("units_before", Column.Kind.COUNT),
                new Column("units_change", Column.Kind.DIFFERENCE),
                new Column("share_change", Column.Kind.POINTS),
                new Column("result", Column.Kind.TEXT)),
            rows),
        words.say(noMovers()));
  }

  private String noMovers() {
    if (request.state().known() != null) {
      return "known.no_movers";
    }
    return request.scope().isEmpty() ? "market.no_movers" : "market.part";
  }

  /** The market by month and powertrain. */
  private static final class Months {
    private final NavigableMap<LocalDate, Map<String, MarketMonth>> months = new TreeMap<>();

    Months(List<MarketMonth> rows) {
      for (MarketMonth row : rows) {
        months.computeIfAbsent(row.month(), month -> new TreeMap<>()).put(row.powertrain(), row);
      }
    }

    boolean isEmpty() {
      return months.isEmpty();
    }

    /** Returns the months of some powertrains; of all if there is no filter. */
    Months only(@Nullable List<String> powertrains) {
      return powertrains == null
          ? this
          : new Months(
              months.values().stream()
                  .flatMap(parts -> parts.values().stream())
                  .filter(part -> powertrains.contains(part.powertrain()))
                  .toList());
    }

    LocalDate last() {
      return months.lastKey();
    }

    Set<LocalDate> all() {
      return months.keySet();
    }

    List<String> powertrains() {
      return months.values().stream()
          .flatMap(m -> m.keySet().stream())
          .distinct()
          .sorted()
          .toList();
    }

    MarketMonth of(LocalDate month, String powertrain) {
      return months
          .getOrDefault(month, Map.of())
          .getOrDefault(powertrain, new MarketMonth(month, powertrain, 0, 0));
    }

    long registrations(LocalDate month) {
      return months.getOrDefault(month, Map.of()).values().stream()
          .mapToLong(MarketMonth::registrations)
          .sum();
    }

    long sold(LocalDate month) {
      return months.getOrDefault(month, Map.of()).values().stream()
          .mapToLong(MarketMonth::sold)
          .sum();
    }

    @Nullable Double share(LocalDate month) {
      return quotient(sold(month), registrations(month));
    }

    @Nullable Double mix(LocalDate month, String powertrain) {
      return quotient(of(month, powertrain).registrations(), registrations(month));
    }

    @Nullable Double shareWithin(LocalDate month, String powertrain) {
      MarketMonth there = of(month, powertrain);
      return quotient(there.sold(), there.registrations());
    }

    private static @Nullable Double quotient(long part, long whole) {
      return whole == 0 ? null : Double.valueOf((double) part / whole);
    }
  }
}
