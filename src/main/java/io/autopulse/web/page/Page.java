package io.autopulse.web.page;

import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.state.PageState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A page, of one copy of the warehouse.
 *
 * @param kind which
 * @param frame what is around it
 * @param state what it shows
 * @param lead a sentence that sums it up; may be empty
 * @param cards figures; none on most pages
 * @param sections charts and tables
 * @param form which parts of the filter form it has
 */
public record Page(
    Kind kind,
    Frame frame,
    PageState state,
    String lead,
    List<Card> cards,
    List<Section> sections,
    Form form) {
  /** Copies the lists. */
  public Page {
    cards = List.copyOf(cards);
    sections = List.copyOf(sections);
  }

  /** Makes the page that is asked for. */
  static Page of(
      PageRequest request, String lead, List<Card> cards, List<Section> sections, Form form) {
    return new Page(
        request.kind(), Frame.of(request), request.state(), lead, cards, sections, form);
  }

  /**
   * Returns the page as it is later.
   *
   * @param now tells how old the data are
   * @param publishedAt when the last run published
   */
  public Page seenAt(Instant now, Instant publishedAt) {
    return new Page(kind, frame.seenAt(now, publishedAt), state, lead, cards, sections, form);
  }

  /** The pages, in the order of the menu. */
  public enum Kind {
    /** The figures of a period. */
    OVERVIEW,
    /** What was sold, by whom, down to the sale. */
    SALES,
    /** The market and our share. */
    MARKET,
    /** What is expected, and how earlier forecasts did. */
    FORECAST,
    /** What a live job knows of today. */
    LIVE,
    /** Jobs, runs, audits and rejected records. */
    HEALTH;

    /** Returns its name in URLs and messages. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the pages of a reader: what a live job publishes is added up for the whole business.
     *
     * @param scope whose sales he may see; empty for everybody's
     */
    static List<Kind> of(Optional<Scope> scope) {
      return scope.isEmpty() ? List.of(values()) : ofCopies();
    }

    /** Returns the pages that are made of a copy alone. */
    public static List<Kind> ofCopies() {
      return Arrays.stream(values()).filter(kind -> kind != LIVE).toList();
    }

    /** Returns its path. */
    public String path() {
      return "/" + code();
    }
  }

  /** Returns a section by its name in URLs. */
  public Optional<Section> section(String id) {
    return sections.stream().filter(section -> section.id().equals(id)).findFirst();
  }
}
