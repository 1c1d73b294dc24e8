package io.autopulse.web.page;

import io.autopulse.domain.compare.Comparison;
import io.autopulse.domain.compare.Period;
import io.autopulse.domain.compare.TargetPace;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.dashboard.DailySales;
import io.autopulse.report.dashboard.MonthShare;
import io.autopulse.report.dashboard.MonthTarget;
import io.autopulse.report.dashboard.SalesFilter;
import io.autopulse.report.dashboard.SalesSums;
import io.autopulse.web.chart.Line;
import io.autopulse.web.chart.Sparkline;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The overview: the figures of a period, each against the period before to the same day, the year
 * before to the same selling day and the target, and what made them change.
 */
final class OverviewPage {
  /** Periods that sparklines show. */
  private static final int SPARKS = 13;

  private static final String ELECTRIC = "BEV";

  private final PageRequest request;
  private final Words words;

  private OverviewPage(PageRequest request) {
    this.request = request;
    words = request.words();
  }

  static Page build(PageRequest request) throws SQLException {
    return new OverviewPage(request).build();
  }

  private Page build() throws SQLException {
    List<Card> cards = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    String lead = request.emptyReason();
    Optional<Comparison> known = request.comparison();
    if (known.isPresent()) {
      Comparison comparison = known.get();
      BusinessInterval read = span(comparison);
      DailySales daily = DailySales.of(request.connection(), read, request.filter());
      NavigableMap<LocalDate, Long> targets =
          MonthTarget.of(
              request.connection(),
              comparison.period().start().withDayOfMonth(1),
              comparison.period().end(),
              request.filter());
      if (!daily.sums(comparison.days()).isEmpty()) {
        Figures figures = new Figures(comparison, daily, targets);
        lead = lead(comparison);
        cards.addAll(figures.cards());
        sections.add(figures(cards));
        if (comparison.period().kind() != Period.Kind.DAY) {
          ChartEvents events =
              ChartEvents.of(request, PaceSection.steps(comparison.period()), request.filter());
          sections.add(PaceSection.of(request, comparison, daily, targets, events));
          sections.add(events.section());
        }
        for (Attribute attribute : drivers()) {
          sections.add(DriverSection.of(request, comparison, attribute));
        }
      }
    }
    return Page.of(request, lead, cards, sections, Form.of(request));
  }

  /**
   * Returns what is told apart: on pages the dealers only once a region or one of them is chosen.
   */
  private List<Attribute> drivers() {
    return request.whole()
            || request.state().filters().containsKey(Attribute.REGION)
            || request.state().filters().containsKey(Attribute.DEALER)
        ? List.of(Attribute.REGION, Attribute.DEALER, Attribute.MODEL)
        : List.of(Attribute.REGION, Attribute.MODEL);
  }

  /** Returns all days that a figure or a sparkline needs. */
  private static BusinessInterval span(Comparison comparison) {
    LocalDate sparks = comparison.period().plus(1 - SPARKS).start();
    LocalDate year = comparison.yearBefore().from();
    return new BusinessInterval(sparks.isBefore(year) ? sparks : year, comparison.days().to());
  }

  private String lead(Comparison comparison) {
    Period period = comparison.period();
    if (comparison.days().to().equals(period.end())) {
      return "";
    }
    return words.say(
        "overview.part",
        words.period(period),
        words.date(comparison.days().to().minusDays(1)),
        words.write(Column.Kind.SHARE, comparison.elapsed()),
        words.date(comparison.yearBefore().to().minusDays(1)));
  }

  /** The figures as a table, for files and the API; pages show them as cards. */
  private Section figures(List<Card> cards) {
    List<Table.Row> rows = new ArrayList<>();
    for (Card card : cards) {
      rows.add(
          Table.Row.of(
              card.key(),
              card.raw(),
              card.against("before", "month_before"),
              card.against("year"),
              card.against("target", "elapsed")));
    }
    return new Section(
        "",
        "",
        "",
        Table.of(
            "figures",
            List.of(
                new Column("figure", Column.Kind.TEXT),
                new Column("value", Column.Kind.NUMBER),
                new Column("against_before", Column.Kind.NUMBER),
                new Column("against_year", Column.Kind.NUMBER),
                new Column("against_target", Column.Kind.NUMBER)),
            rows),
        "");
  }

  /** The figures of one period. */
  private final class Figures {
    private final Comparison comparison;
    private final DailySales daily;
    private final NavigableMap<LocalDate, Long> targets;
    private final SalesSums now;
    private final SalesSums before;
    private final SalesSums year;

    Figures(Comparison comparison, DailySales daily, NavigableMap<LocalDate, Long> targets) {
      this.comparison = comparison;
      this.daily = daily;
      this.targets = targets;
      now = daily.sums(comparison.days());
      before = daily.sums(comparison.before());
      year = daily.sums(comparison.yearBefore());
    }

    List<Card> cards() throws SQLException {
      OptionalDouble due = TargetPace.of(targets, comparison.days(), request.sellingDays());
      List<Card> cards = new ArrayList<>();
      cards.add(units(due));
      cards.add(relative("revenue", now.revenue(), words.brief(now.revenue()), SalesSums::revenue));
      if (now.averagePrice() != null) {
        cards.add(
            relative(
                "average_price",
                now.averagePrice(),
                words.write(Column.Kind.PRICE, now.averagePrice()),
                SalesSums::averagePrice));
      }
      cards.add(points("average_discount", SalesSums::averageDiscount, -1));
      cards.add(points("lost_share", SalesSums::lostShare, -1));
      electric().ifPresent(cards::add);
      share().ifPresent(cards::add);
      target().ifPresent(cards::add);
      return cards;
    }

    private Card units(OptionalDouble due) {
      List<Card.Delta> deltas = new ArrayList<>(relativeDeltas(s -> BigDecimal.valueOf(s.sold())));
      due.ifPresent(target -> deltas.add(relativeDelta("target", (double) now.sold(), target)));
      return new Card(
          "units_sold",
          words.say("figure.units_sold"),
          words.write(Column.Kind.COUNT, now.sold()),
          now.sold(),
          deltas,
          spark(s -> (double) s.sold(), daily));
    }

    private Card relative(
        String key,
        BigDecimal value,
        String written,
        Function<SalesSums, @Nullable BigDecimal> measure) {
      return new Card(
          key,
          words.say("figure." + key),
          written,
          value,
          relativeDeltas(measure),
          spark(sums -> Line.point(measure.apply(sums)), daily));
    }

    private List<Card.Delta> relativeDeltas(Function<SalesSums, @Nullable BigDecimal> measure) {
      return List.of(
          relativeDelta(
              "before", Line.point(measure.apply(now)), Line.point(measure.apply(before))),
          relativeDelta("year", Line.point(measure.apply(now)), Line.point(measure.apply(year))));
    }

    private Card.Delta relativeDelta(String label, double value, double base) {
      Double change =
          Double.isNaN(value) || Double.isNaN(base) || base == 0 ? null : value / base - 1;
      return delta(label, Column.Kind.CHANGE, change, 1);
    }

    private Card.Delta delta(String base, Column.Kind kind, @Nullable Double change, int better) {
      return new Card.Delta(
          base,
          words.say("delta." + base),
          words.write(kind, change),
          change == null ? 0 : better * (int) Math.signum(change),
          change);
    }

    private Card points(String key, Function<SalesSums, @Nullable BigDecimal> measure, int better) {
      return pointsCard(
          key,
          measure.apply(now),
          List.of(
              pointsDelta("before", measure.apply(now), measure.apply(before), better),
              pointsDelta("year", measure.apply(now), measure.apply(year), better)),
          spark(sums -> Line.point(measure.apply(sums)), daily));
    }

    private Card pointsCard(
        String key, @Nullable BigDecimal value, List<Card.Delta> deltas, String spark) {
      return new Card(
          key,
          words.say("figure." + key),
          words.write(Column.Kind.SHARE, value),
          value,
          deltas,
          spark);
    }

    private Card.Delta pointsDelta(
        String label, @Nullable BigDecimal value, @Nullable BigDecimal base, int better) {
      Double change =
          value == null || base == null ? null : value.doubleValue() - base.doubleValue();
      return delta(label, Column.Kind.POINTS, change, better);
    }

    /** The battery-electric share of the units; no figure if the filter is about powertrains. */
    private Optional<Card> electric() throws SQLException {
      if (request.state().filters().containsKey(Attribute.POWERTRAIN)
          || !request
              .served()
              .members()
              .getOrDefault(Attribute.POWERTRAIN, List.of())
              .contains(ELECTRIC)) {
        return Optional.empty();
      }
      Map<Attribute, List<String>> members = new EnumMap<>(Attribute.class);
      members.putAll(request.filter().members());
      members.put(Attribute.POWERTRAIN, List.of(ELECTRIC));
      DailySales electric =
          DailySales.of(request.connection(), span(comparison), new SalesFilter(members));
      Function<BusinessInterval, @Nullable BigDecimal> share =
          days -> SalesSums.share(electric.sums(days).sold(), daily.sums(days).sold());
      BigDecimal value = share.apply(comparison.days());
      double[] sparks = new double[SPARKS];
      for (int i = 0; i < SPARKS; i++) {
        sparks[i] = Line.point(share.apply(sparkDays(i)));
      }
      return Optional.of(
          pointsCard(
              "electric_share",
              value,
              List.of(
                  pointsDelta("before", value, share.apply(comparison.before()), 0),
                  pointsDelta("year", value, share.apply(comparison.yearBefore()), 0)),
              Sparkline.of(sparks)));
    }

    /** Our share of the market in the last month of the period that has one. */
    private Optional<Card> share() throws SQLException {
      LocalDate to = comparison.days().to();
      LocalDate from = to.withDayOfMonth(1).minusMonths(SPARKS + 12);
      if (request.state().known() != null && request.scope().isPresent()) {
        // Counted sales of a part over the market of the whole would be no share.
        return Optional.empty();
      }
      NavigableMap<LocalDate, BigDecimal> shares =
          request.state().known() == null
              ? MonthShare.of(request.connection(), from, to, request.filter())
              : MonthShare.counted(request.connection(), from, to, request.filter());
      Map.Entry<LocalDate, BigDecimal> last = shares.lastEntry();
      if (last == null || last.getKey().plusMonths(1).isBefore(comparison.days().from())) {
        return Optional.empty();
      }
      LocalDate month = last.getKey();
      double[] sparks = new double[SPARKS];
      for (int i = 0; i < SPARKS; i++) {
        sparks[i] = Line.point(shares.get(month.minusMonths(SPARKS - 1L - i)));
      }
      return Optional.of(
          new Card(
              "market_share",
              words.say("figure.market_share", words.period(Period.of(Period.Kind.MONTH, month))),
              words.write(Column.Kind.SHARE, last.getValue()),
              last.getValue(),
              List.of(
                  pointsDelta("month_before", last.getValue(), shares.get(month.minusMonths(1)), 1),
                  pointsDelta("year", last.getValue(), shares.get(month.minusYears(1)), 1)),
              Sparkline.of(sparks)));
    }

    /** How much of the whole period's target is sold, and how much of its selling time is gone. */
    private Optional<Card> target() {
      OptionalDouble whole =
          TargetPace.of(targets, comparison.period().days(), request.sellingDays());
      if (whole.isEmpty() || whole.getAsDouble() <= 0) {
        return Optional.empty();
      }
      double attained = now.sold() / whole.getAsDouble();
      double ahead = attained - comparison.elapsed();
      return Optional.of(
          new Card(
              "target_attained",
              words.say(
                  "figure.target_attained",
                  words.write(Column.Kind.COUNT, Math.round(whole.getAsDouble()))),
              words.write(Column.Kind.SHARE, attained),
              attained,
              List.of(delta("elapsed", Column.Kind.POINTS, ahead, 1)),
              ""));
    }

    private String spark(Function<SalesSums, Double> measure, DailySales sales) {
      double[] values = new double[SPARKS];
      for (int i = 0; i < SPARKS; i++) {
        SalesSums sums = sales.sums(sparkDays(i));
        values[i] = sums.isEmpty() ? Double.NaN : measure.apply(sums);
      }
      return Sparkline.of(values);
    }

    /** Returns as many days of an earlier period as have passed of this one. */
    private BusinessInterval sparkDays(int i) {
      Period period = comparison.period().plus(i + 1 - SPARKS);
      long days = comparison.days().to().toEpochDay() - comparison.days().from().toEpochDay();
      boolean whole = comparison.days().to().equals(comparison.period().end());
      LocalDate to = whole ? period.end() : period.start().plusDays(days);
      return new BusinessInterval(period.start(), to.isAfter(period.end()) ? period.end() : to);
    }
  }
}
