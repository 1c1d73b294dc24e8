package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.page.Form;
import io.autopulse.web.page.Frame;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.Words;
import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import io.autopulse.web.state.PageState;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MadePagesTest {
  private static final MadePages.Asked ASKED =
      new MadePages.Asked(
          Page.Kind.OVERVIEW, PageState.START, Optional.empty(), Optional.empty(), List.of());

  private final MadePages pages = new MadePages();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void samePageIsMadeOnceAndAnotherByItself() throws SQLException {
    Page first = pages.get(ASKED, this::make);
    assertThat(pages.get(ASKED, this::make), sameInstance(first));
    assertThat(made.get(), is(1));
    Optional<KnownDay> known = Optional.of(KnownDay.of(LocalDate.of(2024, 5, 1), ZoneOffset.UTC));
    List<Note> notes = List.of(new Note(LocalDate.of(2024, 5, 1), Map.of(Language.EN, "Strike")));
    for (MadePages.Asked other :
        List.of(
            new MadePages.Asked(
                Page.Kind.SALES, PageState.START, Optional.empty(), Optional.empty(), List.of()),
            new MadePages.Asked(
                Page.Kind.OVERVIEW,
                PageState.START,
                Optional.of(new Scope(List.of("north"), List.of())),
                Optional.empty(),
                List.of()),
            new MadePages.Asked(
                Page.Kind.OVERVIEW,
                PageState.START.withLanguage(Language.FR),
                Optional.empty(),
                Optional.empty(),
                List.of()),
            new MadePages.Asked(
                Page.Kind.OVERVIEW, PageState.START, Optional.empty(), known, List.of()),
            new MadePages.Asked(
                Page.Kind.OVERVIEW, PageState.START, Optional.empty(), Optional.empty(), notes))) {
      int before = made.get();
      pages.get(other, this::make);
      assertThat(other.toString(), made.get(), is(before + 1));
    }
  }

  @Test
  void whoeverAsksWhileItIsMadeWaitsForIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> end = new CompletableFuture<>();
    ExecutorService readers = Executors.newFixedThreadPool(2);
    try {
      Future<Page> one =
          readers.submit(
              () ->
                  pages.get(
                      ASKED,
                      () -> {
                        begun.countDown();
                        end.join();
                        return make();
                      }));
      begun.await();
      Future<Page> other = readers.submit(() -> pages.get(ASKED, this::make));
      end.complete(null);
      assertThat(other.get(), sameInstance(one.get()));
      assertThat(made.get(), is(1));
    } finally {
      readers.shutdownNow();
    }
  }

  @Test
  void pageThatCouldNotBeMadeIsTriedAgain() throws SQLException {
    assertThrows(
        SQLException.class,
        () ->
            pages.get(
                ASKED,
                () -> {
                  throw new SQLException("the disk is gone");
                }));
    assertThrows(
        BadParameterException.class,
        () ->
            pages.get(
                ASKED,
                () -> {
                  throw new BadParameterException("sort", "no table has it");
                }));
    pages.get(ASKED, this::make);
    assertThat(made.get(), is(1));
  }

  private Page make() {
    made.incrementAndGet();
    Frame frame =
        new Frame(new Words(Language.EN, "EUR"), "", List.of(), List.of(), "r1", "", "", "", "");
    return new Page(
        Page.Kind.OVERVIEW,
        frame,
        PageState.START,
        "",
        List.of(),
        List.of(),
        new Form(
            "",
            new Frame.Periods("", List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }
}
