package io.autopulse.web.page;

import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.Sort;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes pages. */
public final class Pages {
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
    return sorted(page);
  }

  /**
   * Returns a page with its tables in the order that its state asks for.
   *
   * @throws BadParameterException if no table of it has the column that it should be sorted by
   */
  public static Page sorted(Page page) {
    Sort sort = page.state().sort();
    checkSort(page, sort);
    return new Page(
        page.kind(),
        page.frame(),
        page.state(),
        page.lead(),
        page.cards(),
        page.sections().stream().map(section -> section.sorted(sort)).toList(),
        page.form());
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
