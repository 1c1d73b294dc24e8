package io.autopulse.web.page;

import io.autopulse.domain.compare.Comparison;
import io.autopulse.domain.compare.Period;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.dashboard.DailySales;
import io.autopulse.report.dashboard.MemberSales;
import io.autopulse.report.dashboard.SaleRow;
import io.autopulse.report.dashboard.SalesSums;
import io.autopulse.web.chart.Line;
import io.autopulse.web.chart.LineChart;
import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.PageState;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was sold, and by whom: over time, by member, and sale by sale. */
final class SalesPage {
  /** Sales of one file. */
  private static final int ROWS_OF_FILE = 100_000;

  private final PageRequest request;
  private final Words words;

  private SalesPage(PageRequest request) {
    this.request = request;
    words = request.words();
  }

  static Page build(PageRequest request) throws SQLException {
    return new SalesPage(request).build();
  }

  private Page build() throws SQLException {
    List<Section> sections = new ArrayList<>();
    String lead = request.emptyReason();
    Optional<Comparison> known = request.comparison();
    if (known.isPresent()) {
      Comparison comparison = known.get();
      BusinessInterval base = request.base(comparison);
      DailySales daily =
          DailySales.of(request.connection(), around(comparison.days(), base), request.filter());
      SalesSums sums = daily.sums(comparison.days());
      if (!sums.isEmpty()) {
        lead =
            words.say(
                "sales.lead",
                words.write(Column.Kind.COUNT, sums.sold()),
                words.write(Column.Kind.AMOUNT, sums.revenue()),
                words.period(comparison.period()),
                words.write(Column.Kind.COUNT, sums.cancelled() + sums.returned()));
        ChartEvents events =
            ChartEvents.of(
                request, steps(comparison.days(), grain(comparison.period())), request.filter());
        sections.add(trend(comparison, base, daily, events));
        sections.add(events.section());
        if (request.state().rows()) {
          sections.add(rows(comparison, sums));
        } else {
          sections.add(members(comparison, base));
        }
      }
    }
    return Page.of(request, lead, List.of(), sections, Form.of(request));
  }

  private static BusinessInterval around(BusinessInterval a, BusinessInterval b) {
    return new BusinessInterval(
        a.from().isBefore(b.from()) ? a.from() : b.from(),
        a.to().isAfter(b.to()) ? a.to() : b.to());
  }

  private Grain grain(Period period) {
    if (request.state().grain() != null) {
      return request.state().grain();
    }
    return switch (period.kind()) {
      case DAY, WEEK, MONTH -> Grain.DAY;
      case QUARTER -> Grain.WEEK;
      case YEAR -> Grain.MONTH;
    };
  }

  /** The units of each step of time; the steps that they are compared with are as many. */
  private Section trend(
      Comparison comparison, BusinessInterval base, DailySales daily, ChartEvents events) {
    Grain grain = grain(comparison.period());
    List<BusinessInterval> steps = steps(comparison.days(), grain);
    List<BusinessInterval> baseSteps = steps(base, grain);
    double[] now = new double[steps.size()];
    double[] then = new double[steps.size()];
    SalesSums all = daily.sums(comparison.days());
    List<String> names = new ArrayList<>();
    List<String> links = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      BusinessInterval step = steps.get(i);
      SalesSums sums = daily.sums(step);
      boolean hasBase = i < baseSteps.size();
      long before = hasBase ? daily.sums(baseSteps.get(i)).sold() : 0;
      now[i] = sums.sold();
      then[i] = hasBase ? before : Double.NaN;
      names.add(
          grain == Grain.MONTH
              ? words.period(Period.of(Period.Kind.MONTH, step.from()))
              : words.shortDate(step.from()));
      links.add(link(Period.of(kind(grain), step.from())));
      rows.add(
          Table.Row.of(
                  step.from(),
                  sums.sold(),
                  sums.revenue(),
                  sums.averagePrice(),
                  sums.averageDiscount(),
                  hasBase ? before : null,
                  SalesSums.share(sums.sold(), all.sold()))
              .linked(links.get(i)));
    }
    String against = request.state().against().code();
    String title = words.say("trend.title." + grain);
    return new Section(
        title,
        "",
        new LineChart(
                title,
                names,
                List.of(),
                List.of(
                    Line.of(words.say("line.now"), "now", now),
                    Line.of(words.say("line." + against), against, then)),
                words::mark)
            .linked(links)
            .marked(events.marks())
            .svg(),
        Table.of(
                "trend",
                List.of(
                    new Column("from_date", Column.Kind.DATE),
                    new Column("units_sold", Column.Kind.COUNT),
                    new Column("revenue", Column.Kind.AMOUNT),
                    new Column("average_price", Column.Kind.PRICE),
                    new Column("average_discount", Column.Kind.SHARE),
                    new Column("units_before", Column.Kind.COUNT),
                    new Column("share", Column.Kind.SHARE)),
                rows)
            .withTotals(
                Table.Row.of(
                    words.say("table.total"),
                    all.sold(),
                    all.revenue(),
                    all.averagePrice(),
                    all.averageDiscount(),
                    daily.sums(base).sold(),
                    SalesSums.share(all.sold(), all.sold()))),
        request.emptyReason());
  }

  private static Period.Kind kind(Grain grain) {
    return switch (grain) {
      case DAY -> Period.Kind.DAY;
      case WEEK -> Period.Kind.WEEK;
      default -> Period.Kind.MONTH;
    };
  }

  /** Returns where a step of time leads; nowhere from itself. */
  private String link(Period step) {
    return request.period().equals(Optional.of(step))
        ? ""
        : "/sales" + request.state().zoomedTo(step).query();
  }

  private static List<BusinessInterval> steps(BusinessInterval days, Grain grain) {
    List<BusinessInterval> steps = new ArrayList<>();
    LocalDate from = days.from();
    while (from.isBefore(days.to())) {
      LocalDate end = grain.windowEnd(grain.windowStart(from));
      LocalDate to = end.isAfter(days.to()) ? days.to() : end;
      steps.add(new BusinessInterval(from, to));
      from = to;
    }
    return steps;
  }

  /** Who sold it: every member of an attribute, the strongest first. */
  private Section members(Comparison comparison, BusinessInterval base) throws SQLException {
    Attribute attribute = request.state().attribute();
    List<MemberSales> members =
        MemberSales.of(request.connection(), attribute, comparison.days(), base, request.filter());
    SalesSums now = members.stream().map(MemberSales::now).reduce(SalesSums.NONE, SalesSums::plus);
    SalesSums before =
        members.stream().map(MemberSales::before).reduce(SalesSums.NONE, SalesSums::plus);
    List<Table.Row> rows = new ArrayList<>();
    PageState state = request.state();
    for (MemberSales member : members) {
      boolean chosen = state.isChosen(attribute, member.member());
      PageState click =
          chosen
              ? state.toggled(attribute, member.member())
              : state.drillInto(attribute, member.member());
      rows.add(
          row(
                  Form.name(request, attribute, member.member()),
                  member.now(),
                  member.before(),
                  now.sold())
              .linked("/sales" + click.query(), chosen));
    }
    return new Section(
            words.say("members.title", words.attribute(attribute)),
            words.say("members.note." + state.against().code()),
            "",
            Table.of(
                    "members",
                    List.of(
                        new Column(attribute.toString(), Column.Kind.TEXT),
                        new Column("units_sold", Column.Kind.COUNT),
                        new Column("share", Column.Kind.SHARE),
                        new Column("revenue", Column.Kind.AMOUNT),
                        new Column("average_price", Column.Kind.PRICE),
                        new Column("average_discount", Column.Kind.SHARE),
                        new Column("units_before", Column.Kind.COUNT),
                        new Column("change", Column.Kind.CHANGE)),
                    rows)
                .withTotals(row(words.say("table.total"), now, before, now.sold()))
                .withBar("units_sold"),
            request.emptyReason())
        .withClick(words.say("click.down"))
        .withLinks(cuts());
  }

  /** Other cuts of the same sales. */
  private List<Frame.Link> cuts() {
    PageState state = request.state();
    List<Frame.Link> cuts = new ArrayList<>();
    for (Attribute attribute : Attribute.values()) {
      cuts.add(
          new Frame.Link(
              words.say("attribute." + attribute),
              "/sales" + state.withBy(attribute).query(),
              !state.rows() && attribute == state.attribute()));
    }
    cuts.add(
        new Frame.Link(words.say("rows.link"), "/sales" + state.withRows().query(), state.rows()));
    return cuts;
  }

  private static Table.Row row(String name, SalesSums now, SalesSums before, long all) {
    return Table.Row.of(
        name,
        now.sold(),
        SalesSums.share(now.sold(), all),
        now.revenue(),
        now.averagePrice(),
        now.averageDiscount(),
        before.sold(),
        SalesSums.share(now.sold() - before.sold(), before.sold()));
  }

  /** The sales one by one: a page of them, or a file. */
  private Section rows(Comparison comparison, SalesSums sums) throws SQLException {
    long all = sums.sold() + sums.cancelled() + sums.returned();
    if (request.whole() && all > ROWS_OF_FILE) {
      throw new BadParameterException(
          "period",
          "has " + all + " sales, a file at most " + ROWS_OF_FILE + ": ask for a shorter one");
    }
    int page = request.state().page();
    List<SaleRow> sales =
        SaleRow.of(
            request.connection(),
            comparison.days(),
            request.filter(),
            request.whole() ? ROWS_OF_FILE : Pages.ROWS,
            request.whole() ? 0 : (page - 1L) * Pages.ROWS);
    List<Table.Row> rows =
        sales.stream()
            .map(
                sale ->
                    Table.Row.of(
                        sale.saleId(),
                        sale.soldOn(),
                        words.name("status.", sale.status()),
                        sale.make() + " " + sale.model(),
                        words.name("member.", sale.powertrain()),
                        sale.region(),
                        Form.name(request, Attribute.DEALER, sale.dealer()),
                        sale.listPrice(),
                        sale.netPrice()))
            .toList();
    return new Section(
            words.say("rows.title"),
            words.say(
                "rows.note",
                words.write(Column.Kind.COUNT, Math.min(all, (page - 1L) * Pages.ROWS + 1)),
                words.write(Column.Kind.COUNT, Math.min(all, (long) page * Pages.ROWS)),
                words.write(Column.Kind.COUNT, all)),
            "",
            Table.of(
                "rows",
                List.of(
                    new Column("sale_id", Column.Kind.TEXT),
                    new Column("sold_on", Column.Kind.DATE),
                    new Column("status", Column.Kind.TEXT),
                    new Column("model", Column.Kind.TEXT),
                    new Column("powertrain", Column.Kind.TEXT),
                    new Column("region", Column.Kind.TEXT),
                    new Column("dealer", Column.Kind.TEXT),
                    new Column("list_price", Column.Kind.PRICE),
                    new Column("net_price", Column.Kind.PRICE)),
                rows),
            words.say("rows.no_page"))
        .withLinks(cuts())
        .withPager(Pages.pager(request, page, all));
  }
}
