package io.autopulse.web;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.Section;
import io.autopulse.web.page.SharedFigures;
import io.autopulse.web.page.Table;
import io.autopulse.web.state.Note;
import io.autopulse.web.state.PageState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The pages that have been made of a copy, and the figures that many of them have. A copy never
 * changes, so the same state gives the same readers the same page.
 */
final class MadePages implements SharedFigures {
  /** About so many bytes of all pages together. */
  private static final long ROOM = 64L << 20;

  private static final int FRAME_BYTES = 20_000;
  private static final int CELL_BYTES = 64;

  /** Figures that are kept: each is a few kilobytes. */
  private static final long MOST_FIGURES = 1_000;

  private final Once<Asked, Page> pages =
      new Once<>(Caffeine.newBuilder().maximumWeight(ROOM).weigher(MadePages::bytes).buildAsync());

  private final Once<Object, Object> figures =
      new Once<>(Caffeine.newBuilder().maximumSize(MOST_FIGURES).buildAsync());

  /**
   * What tells pages of a copy apart.
   *
   * @param kind which page
   * @param state what it shows
   * @param scope whose sales it shows; empty for everybody's
   * @param known the day as of which it shows figures; empty for now
   * @param notes for charts, which may change while the copy is served
   */
  record Asked(
      Page.Kind kind,
      PageState state,
      Optional<Scope> scope,
      Optional<KnownDay> known,
      List<Note> notes) {}

  /** Returns the page that has been made or is being made, or else makes it. */
  Page get(Asked asked, Once.Maker<Page> maker) throws SQLException {
    return pages.get(asked, maker);
  }

  @Override
  @SuppressWarnings("unchecked") // a key is of one reading
  public <T> T get(Object key, Reading<T> reading) throws SQLException {
    return (T) figures.get(key, reading::read);
  }

  private static int bytes(Asked asked, Page page) {
    long bytes = FRAME_BYTES;
    for (Section section : page.sections()) {
      Table table = section.table();
      bytes +=
          section.chart().length()
              + (long) CELL_BYTES * table.rows().size() * table.columns().size();
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }
}
