package io.autopulse.web.page;

import io.autopulse.domain.compare.Period;
import io.autopulse.report.dashboard.Served;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.state.Against;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.PageState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is around every page.
 *
 * @param words of its language
 * @param title of the page
 * @param menu the pages
 * @param languages the same page in each language
 * @param runId the run that published last
 * @param published when it did, and how long ago that is
 * @param stale a warning if the data are old; else empty
 * @param scope whose sales are shown, if not everybody's; else empty
 * @param until until when there are sales; empty if there is none
 */
public record Frame(
    Words words,
    String title,
    List<Link> menu,
    List<Link> languages,
    String runId,
    String published,
    String stale,
    String scope,
    String until) {
  /** A publication a day, and some hours for a late one. */
  static final Duration FRESH = Duration.ofHours(30);

  /** Members of a scope that are named. */
  private static final int MOST_MEMBERS = 8;

  /**
   * A link.
   *
   * @param text what it says
   * @param target where it leads
   * @param current whether it leads to what is shown
   */
  public record Link(String text, String target, boolean current) {}

  /** Copies the lists. */
  public Frame {
    menu = List.copyOf(menu);
    languages = List.copyOf(languages);
  }

  public static Frame of(PageRequest request) {
    Words words = request.words();
    PageState state = request.state();
    Served served = request.served();
    List<Link> menu = new ArrayList<>();
    for (Page.Kind kind : Page.Kind.of(request.scope())) {
      menu.add(
          new Link(
              words.say("page." + kind.code()),
              kind.path() + state.elsewhere().query(),
              kind == request.kind()));
    }
    List<Link> languages = new ArrayList<>();
    for (Language language : Language.values()) {
      languages.add(
          new Link(
              language.locale().getDisplayLanguage(language.locale()),
              request.kind().path() + state.withLanguage(language).query(),
              language == state.language()));
    }
    return new Frame(
            words,
            words.say("page." + request.kind().code()),
            menu,
            languages,
            served.runId(),
            "",
            "",
            request.scope().map(part -> scope(words, part)).orElse(""),
            served.lastDay().map(day -> words.say("frame.until", words.date(day))).orElse(""))
        .seenAt(request.now(), served.publishedAt());
  }

  /**
   * Returns the frame as it is later.
   *
   * @param now tells how old the data are
   * @param publishedAt when the last run published
   */
  Frame seenAt(Instant now, Instant publishedAt) {
    Duration age = Duration.between(publishedAt, now);
    return new Frame(
        words,
        title,
        menu,
        languages,
        runId,
        words.say("frame.published", words.time(publishedAt), words.length(age)),
        age.compareTo(FRESH) > 0 ? words.say("frame.stale", words.length(age)) : "",
        scope,
        until);
  }

  /**
   * Returns the frame of a page that does not come from the last run alone.
   *
   * @param its the words that it is written in
   * @param source which runs it comes from
   * @param when what it says of when that was published
   * @param warning if the data are old; else empty
   */
  public Frame from(Words its, String source, String when, String warning) {
    return new Frame(its, title, menu, languages, source, when, warning, scope, until);
  }

  private static String scope(Words words, Scope scope) {
    List<String> members = new ArrayList<>(scope.regions());
    members.addAll(scope.dealers());
    int others = members.size() - MOST_MEMBERS;
    return others > 0
        ? words.say(
            "frame.scope.others", String.join(", ", members.subList(0, MOST_MEMBERS)), others)
        : words.say("frame.scope", String.join(", ", members));
  }

  /** Returns the links to the periods around the one shown, and to other lengths. */
  static Periods periods(PageRequest request) {
    Words words = request.words();
    String path = request.kind().path();
    if (request.period().isEmpty()) {
      return new Periods("", List.of(), List.of(), List.of());
    }
    Period period = request.period().orElseThrow();
    LocalDate last = request.served().lastDay().orElse(period.start());
    List<Link> around = new ArrayList<>();
    PageState state = request.state();
    around.add(
        new Link(
            "← " + words.period(period.plus(-1)),
            path + state.withPeriod(period.plus(-1)).query(),
            false));
    if (!period.plus(1).start().isAfter(last)) {
      around.add(
          new Link(
              words.period(period.plus(1)) + " →",
              path + state.withPeriod(period.plus(1)).query(),
              false));
    }
    LocalDate inside = last.isBefore(period.end()) ? last : period.end().minusDays(1);
    LocalDate anchor = inside.isBefore(period.start()) ? period.start() : inside;
    List<Link> kinds =
        Arrays.stream(Period.Kind.values())
            .map(
                kind ->
                    new Link(
                        words.say("kind." + kind.name()),
                        path + state.withPeriod(Period.of(kind, anchor)).query(),
                        kind == period.kind()))
            .toList();
    List<Link> against =
        Arrays.stream(Against.values())
            .map(
                one ->
                    new Link(
                        words.say("against." + one.code()),
                        path + state.withAgainst(one).query(),
                        one == state.against()))
            .toList();
    return new Periods(words.period(period), around, kinds, against);
  }

  /**
   * The periods that a page leads to.
   *
   * @param shown the one that is shown
   * @param around the one before and the one after
   * @param kinds other lengths
   * @param against what it is compared with
   */
  public record Periods(String shown, List<Link> around, List<Link> kinds, List<Link> against) {
    /** Copies the lists. */
    public Periods {
      around = List.copyOf(around);
      kinds = List.copyOf(kinds);
      against = List.copyOf(against);
    }
  }
}
