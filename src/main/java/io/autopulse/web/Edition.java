package io.autopulse.web;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.report.dashboard.DataHealth;
import io.autopulse.warehouse.serving.KnownDay;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.web.export.Digest;
import io.autopulse.web.export.PageAddress;
import io.autopulse.web.export.PageFile;
import io.autopulse.web.page.Page;
import io.autopulse.web.page.PageRequest;
import io.autopulse.web.page.Pages;
import io.autopulse.web.state.Against;
import io.autopulse.web.state.BadParameterException;
import io.autopulse.web.state.Note;
import io.autopulse.web.state.PageState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The latest serving copy as files rather than for browsers: pages that work offline, and a digest.
 * All of them are of one run, and have the figures that the server shows of it.
 */
public final class Edition implements AutoCloseable {
  private final SellingDays sellingDays;
  private final Optional<Scope> scope;
  private final ZoneId zone;
  private final List<Note> notes;
  private final Instant now;
  private final Snapshots snapshots;
  private final Snapshots.Lease lease;

  private Edition(
      ServingFolder folder,
      Optional<Scope> scope,
      SellingDays sellingDays,
      ZoneId zone,
      List<Note> notes,
      Instant now) {
    this.sellingDays = sellingDays;
    this.scope = scope;
    this.zone = zone;
    this.notes = List.copyOf(notes);
    this.now = now;
    snapshots = new Snapshots(folder, Duration.ZERO);
    lease = snapshots.take(scope);
  }

  /**
   * Opens the latest copy.
   *
   * @param folder which has one
   * @param scope whose sales are shown; empty for everybody's
   * @param sellingDays the calendar of trade
   * @param zone of business dates
   * @param notes for charts
   * @param now tells how old the data are
   */
  public static Edition open(
      ServingFolder folder,
      Optional<Scope> scope,
      SellingDays sellingDays,
      ZoneId zone,
      List<Note> notes,
      Instant now) {
    return new Edition(folder, scope, sellingDays, zone, notes, now);
  }

  /** Returns the run that published last. */
  public String runId() {
    return lease.served().runId();
  }

  /**
   * Makes a file of pages.
   *
   * @param addresses at least one
   */
  public String pages(List<PageAddress> addresses) throws SQLException {
    List<Page> pages = new ArrayList<>();
    for (PageAddress address : addresses) {
      pages.add(page(address.kind(), address.state()));
    }
    return PageFile.html(pages, styles());
  }

  /**
   * Makes the digest of a period.
   *
   * @param state the period, the filters and the language
   */
  public Digest digest(PageState state) throws SQLException {
    Page before = page(Page.Kind.OVERVIEW, state.withAgainst(Against.BEFORE));
    Page year = page(Page.Kind.OVERVIEW, state.withAgainst(Against.YEAR));
    try (Connection connection = lease.connect(Optional.empty())) {
      return Digest.of(before, year, DataHealth.of(connection));
    }
  }

  private Page page(Page.Kind kind, PageState state) throws SQLException {
    try {
      Optional<KnownDay> known = state.knownDay(zone, now);
      try (Connection connection = lease.connect(known)) {
        return Pages.build(
            new PageRequest(
                kind,
                state,
                connection,
                lease.pages(),
                lease.served(connection, known),
                scope,
                sellingDays,
                notes,
                now,
                false));
      }
    } catch (BadParameterException e) {
      throw PageAddress.unreadable(kind.code() + state.query(), e);
    }
  }

  private static String styles() {
    try (InputStream resource = Edition.class.getResourceAsStream("dashboard.css")) {
      if (resource == null) {
        throw new IllegalStateException("no style sheet");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    lease.close();
    snapshots.close();
  }
}
