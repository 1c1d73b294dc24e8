package io.autopulse.web;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.Section;
import io.autopulse.web.page.Table;
import io.autopulse.web.state.Note;
import io.autopulse.web.state.PageState;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The pages that have been made of a copy for some readers. A copy never changes, so the same state
 * gives the same page: it is made once, also if many ask for it at once, and kept while there is
 * room. A page that could not be made is tried again.
 */
final class MadePages {
  /** About so many bytes of all pages of a copy together. */
  private static final long ROOM = 64L << 20;

  private static final int FRAME_BYTES = 20_000;
  private static final int CELL_BYTES = 64;

  private final AsyncCache<Asked, Page> pages =
      Caffeine.newBuilder().maximumWeight(ROOM).weigher(MadePages::bytes).buildAsync();

  /**
   * What tells pages of a copy apart.
   *
   * @param kind which page
   * @param state what it shows
   * @param known the day as of which it shows figures; empty for now
   * @param notes for charts, which may change while the copy is served
   */
  record Asked(Page.Kind kind, PageState state, Optional<KnownDay> known, List<Note> notes) {}

  /** Makes a page. */
  interface Maker {
    Page make() throws SQLException;
  }

  /** Returns the page that has been made or is being made, or else makes it. */
  Page get(Asked asked, Maker maker) throws SQLException {
    CompletableFuture<Page> mine = new CompletableFuture<>();
    CompletableFuture<Page> others = pages.asMap().putIfAbsent(asked, mine);
    if (others != null) {
      return wait(others);
    }
    try {
      mine.complete(maker.make());
    } catch (SQLException | RuntimeException | Error e) {
      mine.completeExceptionally(e);
    }
    return wait(mine);
  }

  private static Page wait(CompletableFuture<Page> page) throws SQLException {
    try {
      return page.join();
    } catch (CompletionException e) {
      // Each of those who asked is told what one of them met.
      if (e.getCause() instanceof SQLException problem) {
        throw problem;
      }
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw e;
    }
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
