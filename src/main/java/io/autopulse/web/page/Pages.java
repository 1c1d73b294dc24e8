package io.autopulse.web.page;

import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.Sort;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes pages. */
public final class Pages {
  /** Rows of a table that a page shows at once. */
  static final int ROWS = 50;

  private Pages() {}

  /**
   * Makes a page.
   *
   * @throws BadParameterException if no table of it has the column that it should be sorted by
   */
  public static Page build(PageRequest request) throws SQLException {
    Page page =
        switch (request.kind()) {
          case OVERVIEW -> OverviewPage.build(request);
          case SALES -> SalesPage.build(request);
          case MARKET -> MarketPage.build(request);
          case FORECAST -> ForecastPage.build(request);
          case LIVE -> throw new IllegalArgumentException("the live page is not of a copy alone");
          case HEALTH -> HealthPage.build(request);
        };
    return arranged(page, request);
  }

  /**
   * Returns a page with its tables in the order that its state asks for, and of long ones a part.
   *
   * @throws BadParameterException if no table of it has the column that it should be sorted by
   */
  public static Page arranged(Page page, PageRequest request) {
    Sort sort = page.state().sort();
    checkSort(page, sort);
    return new Page(
        page.kind(),
        page.frame(),
        page.state(),
        page.lead(),
        page.cards(),
        page.sections().stream().map(section -> section.sorted(sort).paged(request)).toList(),
        page.form());
  }

  /** Returns the links to the rows before those of a page and to the next, of so many in all. */
  static List<Frame.Link> pager(PageRequest request, int page, long all) {
    List<Frame.Link> links = new ArrayList<>();
    String path = request.kind().path();
    if (page > 1) {
      links.add(
          new Frame.Link(
              "← " + request.words().say("pager.before"),
              path + request.state().withPage(page - 1).query(),
              false));
    }
    if ((long) page * ROWS < all) {
      links.add(
          new Frame.Link(
              request.words().say("pager.next") + " →",
              path + request.state().withPage(page + 1).query(),
              false));
    }
    return links;
  }

  private static void checkSort(Page page, @Nullable Sort sort) {
    boolean known =
        sort == null
            || page.sections().isEmpty()
            || page.sections().stream()
                .anyMatch(section -> section.isSortable() && section.table().has(sort.column()));
    if (!known) {
      throw new BadParameterException("sort", "no table of this page has such a column");
    }
  }
}
