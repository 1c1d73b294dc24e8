package io.autopulse.web.page;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.compare.Comparison;
import io.autopulse.domain.compare.Period;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.report.dashboard.SalesFilter;
import io.autopulse.report.dashboard.Served;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.state.Against;
import io.autopulse.web.state.Note;
import io.autopulse.web.state.PageState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a page is made of.
 *
 * @param kind which page
 * @param state what it shows
 * @param connection to one copy of the warehouse, for the whole page
 * @param figures of the same copy that have been read before
 * @param served what the copy holds
 * @param scope whose sales the connection shows; empty for everybody's
 * @param sellingDays the calendar of trade
 * @param notes for charts
 * @param now tells how old the data are
 * @param whole whether every row is wanted, for a file, rather than one page of them
 */
public record PageRequest(
    Page.Kind kind,
    PageState state,
    Connection connection,
    SharedFigures figures,
    Served served,
    Optional<Scope> scope,
    SellingDays sellingDays,
    List<Note> notes,
    Instant now,
    boolean whole) {
  /** Returns the words of its language. */
  public Words words() {
    return new Words(state.language(), served.currency());
  }

  /**
   * Returns figures that other pages have too.
   *
   * @param reading reads them
   * @param of what tells them from other figures
   */
  public <T> T shared(SharedFigures.Reading<T> reading, Object... of) throws SQLException {
    return figures.get(List.of(scope, Optional.ofNullable(state.known()), List.of(of)), reading);
  }

  /** Returns which sales count. */
  public SalesFilter filter() {
    return new SalesFilter(state.filters());
  }

  /** Returns the period: the one asked for, or else the month of the last sale. */
  Optional<Period> period() {
    return state.period() != null
        ? Optional.of(state.period())
        : served.lastDay().map(day -> Period.of(Period.Kind.MONTH, day));
  }

  /** Returns the days to compare; empty if the period begins after the last sale. */
  Optional<Comparison> comparison() {
    LocalDate last = served.lastDay().orElse(LocalDate.MIN);
    return period()
        .filter(period -> !period.start().isAfter(last))
        .map(period -> Comparison.of(period, last, sellingDays));
  }

  /** Returns the days that tables compare with. */
  BusinessInterval base(Comparison comparison) {
    return state.against() == Against.YEAR ? comparison.yearBefore() : comparison.before();
  }

  /** Returns why a page has no figures. */
  String emptyReason() {
    Words words = words();
    if (served.lastDay().isEmpty()) {
      return state.known() == null
          ? words.say("empty.no_sales")
          : words.say("empty.not_known", words.date(state.known()));
    }
    LocalDate first = served.firstDay().orElseThrow();
    LocalDate last = served.lastDay().orElseThrow();
    Period period = period().orElseThrow();
    if (period.start().isAfter(last)) {
      return words.say("empty.after", words.date(last));
    }
    if (!period.end().isAfter(first)) {
      return words.say("empty.before", words.date(first));
    }
    return state.filters().isEmpty()
        ? words.say("empty.period", words.period(period))
        : words.say("empty.filters", words.period(period));
  }
}
