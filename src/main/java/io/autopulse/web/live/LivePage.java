package io.autopulse.web.live;

import io.autopulse.domain.compare.DayHours;
import io.autopulse.domain.compare.DayUnits;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.report.dashboard.HourlySales;
import io.autopulse.report.dashboard.LiveSales;
import io.autopulse.report.dashboard.SalesSums;
import io.autopulse.warehouse.serving.FetchedLive;
import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.web.chart.Line;
import io.autopulse.web.chart.LineChart;
import io.autopulse.web.page.Card;
import io.autopulse.web.page.Column;
import io.autopulse.web.page.Form;
import io.autopulse.web.page.Frame;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.PageRequest;
import io.autopulse.web.page.Pages;
import io.autopulse.web.page.Section;
import io.autopulse.web.page.Table;
import io.autopulse.web.page.Words;
import io.autopulse.web.state.PageState;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The live page: today's sales as a live job has loaded them, beside the same weekday of past weeks
 * as the last run knows them. What is of today is provisional.
 */
public final class LivePage {
  /** Past weeks whose same weekday is looked at. */
  private static final int WEEKS = 4;

  private final PageRequest request;
  private final Words words;
  private final LiveSales live;
  private final LiveAge age;
  private final NavigableMap<LocalDate, DayUnits> past;

  private LivePage(PageRequest request, LivePublication publication) throws SQLException {
    this.request = request;
    // A warehouse that no refresh has filled has no currency of its own yet.
    words = new Words(request.state().language(), publication.currency());
    live = new LiveSales(publication, request.filter());
    age = new LiveAge(publication, request.now());
    List<LocalDate> days = new ArrayList<>();
    for (int week = 1; week <= WEEKS; week++) {
      days.add(publication.day().minusWeeks(week));
    }
    // Every open page asks again at each publication, and past weeks are those of the copy.
    past =
        request.shared(
            () -> HourlySales.of(request.connection(), days, publication.zone(), request.filter()),
            HourlySales.class,
            days,
            publication.zone(),
            request.filter());
  }

  /**
   * Makes the page.
   *
   * @param publication the last; empty if there is none
   */
  public static Page build(PageRequest request, Optional<LivePublication> publication)
      throws SQLException {
    Page page =
        publication.isPresent() ? new LivePage(request, publication.get()).build() : empty(request);
    return Pages.arranged(page, request);
  }

  private static Page empty(PageRequest request) {
    Words words = request.words();
    return new Page(
        request.kind(),
        Frame.of(request),
        request.state(),
        words.say("live.none"),
        List.of(),
        List.of(
            new Section("", "", "", figures(List.of()), ""),
            new Section("", "", "", hours(List.of()), ""),
            new Section("", "", "", members(request.state().attribute(), List.of()), "")),
        Form.withoutPeriods(request));
  }

  private Page build() {
    LivePublication publication = live.publication();
    List<Card> cards = cards();
    String day = words.date(publication.day());
    return new Page(
        request.kind(),
        Frame.of(request)
            .from(
                words,
                publication.runId() + ", " + request.served().runId(),
                words.say(
                    publication.origin().isRead() ? "live.read" : "live.published",
                    words.second(publication.writtenAt(), publication.zone()),
                    publication.job()),
                age.warning(words)),
        request.state(),
        publication.origin().isRead()
            ? words.say("live.lead.read", FetchedLive.PERIOD.toSeconds())
            : words.say("live.lead"),
        cards,
        List.of(figuresOf(cards), hourCurve(), memberTable()),
        Form.withoutPeriods(request).showing(words.say("live.day", day)));
  }

  private List<Card> cards() {
    SalesSums sums = live.sums();
    List<Card> cards = new ArrayList<>();
    cards.add(
        card(
            "units_sold",
            words.write(Column.Kind.COUNT, sums.sold()),
            sums.sold(),
            againstUsual().stream().toList()));
    cards.add(card("revenue", words.brief(sums.revenue()), sums.revenue(), List.of()));
    BigDecimal price = sums.averagePrice();
    cards.add(card("average_price", words.write(Column.Kind.PRICE, price), price, List.of()));
    long lost = sums.cancelled() + sums.returned();
    cards.add(card("units_lost", words.write(Column.Kind.COUNT, lost), lost, List.of()));
    cards.add(age("newest_event", age.newestEvent()));
    cards.add(age("newest_pane", age.newestPane()));
    return cards;
  }

  private Card card(String key, String value, @Nullable Number raw, List<Card.Delta> deltas) {
    return new Card(key, words.say("live." + key), value, raw, deltas, "");
  }

  private Card age(String key, Optional<Duration> age) {
    return card(
        key, LiveAge.write(words, age), age.map(Duration::toSeconds).orElse(null), List.of());
  }

  /** The units until the last full hour, against what is usual by then. */
  private Optional<Card.Delta> againstUsual() {
    DayUnits today = live.units();
    int hours = today.hours().over(live.publication().writtenAt());
    if (hours == 0 || !today.hasTimes()) {
      return Optional.empty();
    }
    int minute = today.hours().endMinute(hours - 1);
    OptionalDouble usual = DayUnits.usual(past.values(), minute);
    if (usual.isEmpty() || usual.getAsDouble() == 0) {
      return Optional.empty();
    }
    long sold = today.through(hours - 1);
    double change = sold / usual.getAsDouble() - 1;
    return Optional.of(
        new Card.Delta(
            "usual",
            // The figure has the current hour too, which is not over.
            words.say(
                "live.delta",
                words.write(Column.Kind.COUNT, sold),
                clock(minute),
                words.write(Column.Kind.COUNT, Math.round(usual.getAsDouble()))),
            words.write(Column.Kind.CHANGE, change),
            (int) Math.signum(change),
            change));
  }

  private static String clock(int minute) {
    return "%02d:%02d".formatted(minute / 60, minute % 60);
  }

  private Section figuresOf(List<Card> cards) {
    return new Section(
        "",
        "",
        "",
        figures(
            cards.stream()
                .map(
                    card ->
                        Table.Row.of(
                            card.key(),
                            card.raw(),
                            card.deltas().isEmpty() ? null : card.deltas().get(0).raw()))
                .toList()),
        "");
  }

  private static Table figures(List<Table.Row> rows) {
    return Table.of(
        "figures",
        List.of(
            new Column("figure", Column.Kind.TEXT),
            new Column("value", Column.Kind.NUMBER),
            new Column("against_usual", Column.Kind.NUMBER)),
        rows);
  }

  /** The units added up hour by hour, beside what is usual on this weekday. */
  private Section hourCurve() {
    DayUnits today = live.units();
    DayHours hours = today.hours();
    int begun = Math.min(hours.count(), hours.over(live.publication().writtenAt()) + 1);
    Optional<DayUnits> weekBefore =
        Optional.ofNullable(past.get(hours.day().minusWeeks(1))).filter(DayUnits::hasTimes);
    double[] now = new double[hours.count()];
    double[] usual = new double[hours.count()];
    double[] before = new double[hours.count()];
    List<String> names = new ArrayList<>();
    List<Table.Row> rows = new ArrayList<>();
    for (int hour = 0; hour < hours.count(); hour++) {
      int end = hours.endMinute(hour);
      boolean known = hour < begun;
      now[hour] = known ? today.through(hour) : Double.NaN;
      usual[hour] = DayUnits.usual(past.values(), end).orElse(Double.NaN);
      before[hour] = weekBefore.isPresent() ? weekBefore.get().until(end) : Double.NaN;
      String name =
          hours.from(hour).toString()
              + (hours.isRepeated(hour) ? " " + words.say("live.again") : "");
      names.add(name);
      rows.add(
          Table.Row.of(
              name,
              known ? today.units().get(hour) : null,
              known ? today.through(hour) : null,
              Double.isNaN(usual[hour]) ? null : usual[hour],
              weekBefore.isPresent() ? weekBefore.get().until(end) : null));
    }
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(words.say("live.line.today"), "now", now));
    if (!Double.isNaN(usual[0])) {
      lines.add(Line.of(words.say("live.line.usual"), "before", usual));
    }
    if (weekBefore.isPresent()) {
      lines.add(Line.of(words.say("live.line.week_before"), "year", before));
    }
    String title = words.say("live.hours");
    return new Section(
        title,
        note(today),
        new LineChart(title, names, List.of(), lines, words::mark).svg(),
        hours(rows),
        "");
  }

  private String note(DayUnits today) {
    List<String> days =
        past.values().stream()
            .filter(DayUnits::hasTimes)
            .map(day -> words.shortDate(day.hours().day()))
            .toList();
    String weekday =
        today
            .hours()
            .day()
            .getDayOfWeek()
            .getDisplayName(TextStyle.FULL, words.language().locale());
    StringBuilder note = new StringBuilder(words.say("live.hours.note"));
    note.append(' ')
        .append(
            days.isEmpty()
                ? words.say("live.hours.no_past", weekday)
                : words.say("live.hours.usual", weekday, String.join(", ", days)));
    if (today.hours().count() != 24) {
      note.append(' ').append(words.say("live.hours.clocks", today.hours().count()));
    }
    if (today.total() > 0 && !today.hasTimes()) {
      note.append(' ').append(words.say("live.hours.untimed"));
    }
    return note.toString();
  }

  private static Table hours(List<Table.Row> rows) {
    return Table.of(
        "hours",
        List.of(
            new Column("from_hour", Column.Kind.TEXT),
            new Column("units_in_hour", Column.Kind.COUNT),
            new Column("units_so_far", Column.Kind.COUNT),
            new Column("units_usual", Column.Kind.NUMBER),
            new Column("units_week_before", Column.Kind.COUNT)),
        rows);
  }

  /** Today's sales of every member of an attribute, the strongest first. */
  private Section memberTable() {
    PageState state = request.state();
    Attribute attribute = state.attribute();
    SalesSums all = live.sums();
    Map<String, SalesSums> members = new TreeMap<>(live.members(attribute));
    List<Table.Row> rows = new ArrayList<>();
    members.entrySet().stream()
        .sorted(
            Comparator.comparingLong((Map.Entry<String, SalesSums> m) -> m.getValue().sold())
                .reversed())
        .forEach(
            member ->
                rows.add(
                    row(
                            Form.name(request, attribute, member.getKey()),
                            member.getValue(),
                            all.sold())
                        .linked(
                            request.kind().path()
                                + state.toggled(attribute, member.getKey()).query(),
                            state.isChosen(attribute, member.getKey()))));
    Table table = members(attribute, rows).withBar("units_sold");
    return new Section(
            words.say("live.members", words.attribute(attribute)),
            "",
            "",
            rows.isEmpty()
                ? table
                : table.withTotals(row(words.say("table.total"), all, all.sold())),
            state.filters().isEmpty()
                ? words.say("live.nothing", words.date(live.publication().day()))
                : words.say("live.nothing.filters", words.date(live.publication().day())))
        .withClick(words.say("click.filter"))
        .withLinks(cuts());
  }

  private static Table.Row row(String name, SalesSums sums, long all) {
    return Table.Row.of(
        name,
        sums.sold(),
        SalesSums.share(sums.sold(), all),
        sums.revenue(),
        sums.averagePrice(),
        sums.averageDiscount(),
        sums.cancelled() + sums.returned());
  }

  private static Table members(Attribute attribute, List<Table.Row> rows) {
    return Table.of(
        "members",
        List.of(
            new Column(attribute.toString(), Column.Kind.TEXT),
            new Column("units_sold", Column.Kind.COUNT),
            new Column("share", Column.Kind.SHARE),
            new Column("revenue", Column.Kind.AMOUNT),
            new Column("average_price", Column.Kind.PRICE),
            new Column("average_discount", Column.Kind.SHARE),
            new Column("units_lost", Column.Kind.COUNT)),
        rows);
  }

  /** Other cuts of the same sales. */
  private List<Frame.Link> cuts() {
    List<Frame.Link> cuts = new ArrayList<>();
    for (Attribute attribute : Attribute.values()) {
      cuts.add(
          new Frame.Link(
              words.say("attribute." + attribute),
              request.kind().path() + request.state().withBy(attribute).query(),
              attribute == request.state().attribute()));
    }
    return cuts;
  }
}
