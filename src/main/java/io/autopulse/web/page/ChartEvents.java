package io.autopulse.web.page;

import io.autopulse.domain.compare.Period;
import io.autopulse.domain.compare.UnitChange;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.dashboard.SalesEvent;
import io.autopulse.report.dashboard.SalesFilter;
import io.autopulse.web.chart.LineChart;
import io.autopulse.web.state.Note;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened in the days of a chart: notes, launches and ends of models, restatements and runs
 * that were not as usual; as marks in the chart, and as a table below it.
 */
final class ChartEvents {
  /** More flags would hide the chart; a file has them all. */
  private static final int MOST = 20;

  private final Words words;
  private final List<BusinessInterval> steps;
  private final List<Event> events;
  private final int others;

  /** What happened on a date, in words. */
  private record Event(LocalDate on, String kind, String text) {}

  private ChartEvents(Words words, List<BusinessInterval> steps, List<Event> events, int others) {
    this.words = words;
    this.steps = steps;
    this.events = events;
    this.others = others;
  }

  /**
   * Reads what happened.
   *
   * @param steps the days of each step of the chart, in their order
   * @param filter which sales the chart is about
   */
  static ChartEvents of(PageRequest request, List<BusinessInterval> steps, SalesFilter filter)
      throws SQLException {
    Words words = request.words();
    if (steps.isEmpty()) {
      return new ChartEvents(words, steps, List.of(), 0);
    }
    BusinessInterval days =
        new BusinessInterval(steps.get(0).from(), steps.get(steps.size() - 1).to());
    List<Event> events = new ArrayList<>();
    for (Note note : notes(request)) {
      events.add(new Event(note.date(), "note", note.in(words.language())));
    }
    for (SalesEvent.ModelLife model : SalesEvent.models(request.connection(), days, filter)) {
      events.add(
          new Event(
              model.on(),
              "model",
              words.say(model.launched() ? "event.launched" : "event.ended", model.model())));
    }
    boolean months = steps.stream().anyMatch(step -> length(step) > 7);
    BusinessInterval whole =
        months
            ? new BusinessInterval(
                days.from().withDayOfMonth(1),
                days.to().minusDays(1).withDayOfMonth(1).plusMonths(1))
            : new BusinessInterval(
                BusinessInterval.weekStart(days.from()),
                BusinessInterval.weekStart(days.to().minusDays(1)).plusWeeks(1));
    Grain grain = months ? Grain.MONTH : Grain.WEEK;
    for (SalesEvent.Restated restated :
        request.shared(
            () -> SalesEvent.restatements(request.connection(), whole, grain, filter),
            SalesEvent.class,
            whole,
            grain,
            filter)) {
      LocalDate on = restated.on().isBefore(days.from()) ? days.from() : restated.on();
      events.add(new Event(on, "restated", restated(words, restated.change())));
    }
    for (SalesEvent.Run run : SalesEvent.runs(request.connection(), days)) {
      events.add(new Event(run.on(), "run", run(words, run)));
    }
    List<Event> inside =
        events.stream()
            .filter(event -> steps.stream().anyMatch(step -> step.contains(event.on)))
            .toList();
    int shown = request.whole() ? inside.size() : Math.min(MOST, inside.size());
    return new ChartEvents(
        words,
        steps,
        inside.subList(0, shown).stream().sorted(Comparator.comparing(Event::on)).toList(),
        inside.size() - shown);
  }

  /** Notes are of the whole business, and may name anybody's sales. */
  private static List<Note> notes(PageRequest request) {
    return request.scope().isEmpty() ? request.notes() : List.of();
  }

  private static long length(BusinessInterval step) {
    return ChronoUnit.DAYS.between(step.from(), step.to());
  }

  private static String restated(Words words, UnitChange change) {
    boolean month = length(change.days()) > 7;
    return words.say(
        (month ? "event.month." : "event.week.") + (change.units() > 0 ? "rose" : "fell"),
        words.date(change.on()),
        month
            ? words.period(Period.of(Period.Kind.MONTH, change.days().from()))
            : words.shortDate(change.days().from()),
        Math.abs(change.units()));
  }

  private static String run(Words words, SalesEvent.Run run) {
    return run.status().equals("PUBLISHED")
        ? run.days()
            .map(
                days ->
                    words.say(
                        "event.run.past",
                        run.runId(),
                        run.job(),
                        words.date(days.from()),
                        words.date(days.to().minusDays(1))))
            .orElse("")
        : words.say("event.run.none", run.runId(), run.job(), words.name("run.", run.status()));
  }

  /** Returns a mark for each step in which something happened. */
  List<LineChart.Mark> marks() {
    Map<Integer, LineChart.Mark> marks = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      String label = String.valueOf(i + 1);
      marks.merge(
          step(event.on),
          new LineChart.Mark(step(event.on), label, event.text),
          (before, more) ->
              new LineChart.Mark(
                  before.step(), before.label(), before.title() + "\n" + more.title()));
    }
    return List.copyOf(marks.values());
  }

  private int step(LocalDate on) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).contains(on)) {
        return i;
      }
    }
    throw new IllegalStateException(on + " is in no step");
  }

  /** Returns the table, which is shown if anything happened. */
  Section section() {
    List<Table.Row> rows = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      rows.add(Table.Row.of(i + 1, event.on, words.say("event." + event.kind), event.text));
    }
    return new Section(
        events.isEmpty() ? "" : words.say("event.title"),
        others == 0 ? "" : words.say("event.others", others),
        "",
        Table.of(
            "events",
            List.of(
                new Column("mark", Column.Kind.COUNT),
                new Column("on_date", Column.Kind.DATE),
                new Column("event", Column.Kind.TEXT),
                new Column("text", Column.Kind.TEXT)),
            rows),
        "");
  }
}
