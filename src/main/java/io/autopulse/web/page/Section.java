package io.autopulse.web.page;

import io.autopulse.web.state.PageState;
import io.autopulse.web.state.Sort;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a page: a chart and its table, or why there is none.
 *
 * @param title what it answers
 * @param note how to read it; may be empty
 * @param click what a click on a name does, which a file has no use for; may be empty
 * @param chart a picture, or nothing
 * @param table its rows
 * @param empty why it has no row; shown instead of the table if it has none
 * @param links to other cuts of the same figures
 * @param pager links to more rows
 */
public record Section(
    String title,
    String note,
    String click,
    String chart,
    Table table,
    String empty,
    List<Frame.Link> links,
    List<Frame.Link> pager) {
  private static final Pattern LINK = Pattern.compile("</?a\\b[^>]*>");

  /** Copies the lists. */
  public Section {
    links = List.copyOf(links);
    pager = List.copyOf(pager);
  }

  /** Makes a section without links. */
  public Section(String title, String note, String chart, Table table, String empty) {
    this(title, note, "", chart, table, empty, List.of(), List.of());
  }

  /** Returns the chart for a file, where its columns lead nowhere. */
  public String chartWithoutLinks() {
    return LINK.matcher(chart).replaceAll("");
  }

  /** Returns the note of a page, where names can be clicked. */
  public String noteWithClick() {
    return Stream.of(note, click).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
  }

  /** Returns the section with other cuts of the same figures. */
  public Section withLinks(List<Frame.Link> others) {
    return new Section(title, note, click, chart, table, empty, others, pager);
  }

  /** Returns the section with a sentence of what a click on a name does. */
  public Section withClick(String sentence) {
    return new Section(title, note, sentence, chart, table, empty, links, pager);
  }

  /** Returns the section with links to more rows. */
  Section withPager(List<Frame.Link> pages) {
    return new Section(title, note, click, chart, table, empty, links, pages);
  }

  /** Tells whether its rows may be put in another order: those of time and single sales may not. */
  public boolean isSortable() {
    Column first = table.columns().get(0);
    return first.kind() == Column.Kind.TEXT && !first.key().equals("sale_id");
  }

  /** Returns the section with its rows in another order, if it has the column. */
  Section sorted(@Nullable Sort sort) {
    return sort != null && isSortable() && table.has(sort.column())
        ? new Section(title, note, click, chart, table.sorted(sort), empty, links, pager)
        : this;
  }

  /** Returns the section with those of its rows that one page shows, and links to the others. */
  Section paged(PageRequest request) {
    int all = table.rows().size();
    if (request.whole() || !isSortable() || all <= Pages.ROWS) {
      return this;
    }
    int page = Math.min(request.state().page(), (all - 1) / Pages.ROWS + 1);
    int from = (page - 1) * Pages.ROWS;
    int to = Math.min(all, from + Pages.ROWS);
    String some = request.words().say("table.part", from + 1, to, all);
    return new Section(
        title,
        note.isEmpty() ? some : note + " " + some,
        click,
        chart,
        table.part(from, to),
        empty,
        links,
        Pages.pager(request, page, all));
  }

  /** Returns its name in URLs. */
  public String id() {
    return table.id();
  }

  /** Returns the query that sorts by a column; the other way round if it is sorted so already. */
  public String sortedBy(PageState state, Column column) {
    Sort sort = state.sort();
    boolean descending =
        sort != null && sort.column().equals(column.key()) ? !sort.descending() : column.isNumber();
    return state.withSort(new Sort(column.key(), descending)).query();
  }

  /** Returns what a heading says of the order; null if it is not that of its column. */
  public @Nullable String ariaSort(PageState state, Column column) {
    if (!isSortedBy(state, column)) {
      return null;
    }
    return Objects.requireNonNull(state.sort()).descending() ? "descending" : "ascending";
  }

  /** Returns the arrow of a heading; empty if the order is not that of its column. */
  public String arrow(PageState state, Column column) {
    if (!isSortedBy(state, column)) {
      return "";
    }
    return Objects.requireNonNull(state.sort()).descending() ? " ↓" : " ↑";
  }

  private boolean isSortedBy(PageState state, Column column) {
    return state.sort() != null && isSortable() && state.sort().column().equals(column.key());
  }
}
