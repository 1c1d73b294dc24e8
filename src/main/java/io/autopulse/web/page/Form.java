package io.autopulse.web.page;

import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.web.state.PageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The filters of a page, as a form that needs no script, and the periods that it leads to.
 *
 * @param action the page's path
 * @param periods the periods; empty lists on pages without
 * @param choices the filters that can be set
 * @param hidden what goes along: names and values
 * @param chips the filters that are set, each a link that lifts it
 * @param crumbs the way down: a link a step
 */
public record Form(
    String action,
    Frame.Periods periods,
    List<Choice> choices,
    List<Map.Entry<String, String>> hidden,
    List<Frame.Link> chips,
    List<Frame.Link> crumbs) {
  private static final List<Attribute> ORDER =
      List.of(
          Attribute.REGION,
          Attribute.DEALER,
          Attribute.MAKE,
          Attribute.MODEL,
          Attribute.SEGMENT,
          Attribute.POWERTRAIN);

  /** Members that a list offers: with more it is longer than the rest of the page. */
  private static final int MOST = 50;

  /** No form. */
  static final Form NONE =
      new Form(
          "",
          new Frame.Periods("", List.of(), List.of(), List.of()),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  /**
   * A filter.
   *
   * @param name its parameter
   * @param label what it filters by
   * @param options its members
   */
  public record Choice(String name, String label, List<Option> options) {
    /** Copies the options. */
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * A member that can be chosen.
   *
   * @param value in the URL
   * @param text for people
   * @param chosen whether it is
   */
  public record Option(String value, String text, boolean chosen) {}

  /** Copies the lists. */
  public Form {
    choices = List.copyOf(choices);
    hidden = List.copyOf(hidden);
    chips = List.copyOf(chips);
    crumbs = List.copyOf(crumbs);
  }

  /** Makes the form of a page of sales. */
  static Form of(PageRequest request) {
    PageState state = request.state();
    String path = request.kind().path();
    List<Choice> choices = new ArrayList<>();
    List<Map.Entry<String, String>> hidden = new ArrayList<>();
    List<Frame.Link> chips = new ArrayList<>();
    for (Attribute attribute : ORDER) {
      List<String> chosen = state.filters().getOrDefault(attribute, List.of());
      choices.add(choice(request, attribute, chosen));
      // A list takes one; the others go along.
      chosen.stream().skip(1).forEach(m -> hidden.add(Map.entry(attribute.toString(), m)));
      chips.addAll(chips(request, attribute));
    }
    hidden.addAll(state.withoutFilters().withSort(null).parameters());
    return new Form(path, Frame.periods(request), choices, hidden, chips, crumbs(request));
  }

  private static List<Frame.Link> chips(PageRequest request, Attribute attribute) {
    PageState state = request.state();
    String label = request.words().say("attribute." + attribute) + ": ";
    return state.filters().getOrDefault(attribute, List.of()).stream()
        .map(
            member ->
                new Frame.Link(
                    label + name(request, attribute, member),
                    request.kind().path() + state.toggled(attribute, member).query(),
                    false))
        .toList();
  }

  /** Makes a list of members: of many those that sold most, and the one that is chosen. */
  private static Choice choice(PageRequest request, Attribute attribute, List<String> chosen) {
    List<String> members = request.served().members().getOrDefault(attribute, List.of());
    TreeSet<String> shown = new TreeSet<>(members.subList(0, Math.min(members.size(), MOST)));
    chosen.stream().limit(1).forEach(shown::add);
    String label = request.words().say("attribute." + attribute);
    return new Choice(
        attribute.toString(),
        members.size() <= MOST ? label : request.words().say("filter.most", label, MOST),
        shown.stream()
            .map(
                member ->
                    new Option(
                        member, name(request, attribute, member), chosen.indexOf(member) == 0))
            .toList());
  }

  /** Makes the form of a page whose period is its own. */
  public static Form withoutPeriods(PageRequest request) {
    Form form = of(request);
    return new Form(form.action, NONE.periods, form.choices, form.hidden, form.chips, form.crumbs);
  }

  /** Returns the form with another name of what is shown. */
  public Form showing(String shown) {
    return new Form(
        action,
        new Frame.Periods(shown, periods.around(), periods.kinds(), periods.against()),
        choices,
        hidden,
        chips,
        crumbs);
  }

  /** Makes the periods of a page with one filter, which members of its tables set. */
  static Form ofPeriods(PageRequest request, Attribute attribute) {
    return new Form(
        request.kind().path(),
        Frame.periods(request),
        List.of(),
        List.of(),
        chips(request, attribute),
        List.of());
  }

  private static List<Frame.Link> crumbs(PageRequest request) {
    boolean isTop = request.state().filters().isEmpty() && !request.state().rows();
    if (request.kind() != Page.Kind.SALES || isTop) {
      return List.of();
    }
    List<Frame.Link> crumbs = new ArrayList<>();
    PageState top = request.state().elsewhere().withoutFilters();
    crumbs.add(new Frame.Link(request.words().say("crumb.all"), "/sales" + top.query(), false));
    PageState step = top;
    for (Attribute attribute : ORDER) {
      if (request.state().only(attribute).isPresent()) {
        String member = request.state().only(attribute).orElseThrow();
        step = step.drillInto(attribute, member);
        crumbs.add(
            new Frame.Link(name(request, attribute, member), "/sales" + step.query(), false));
      }
    }
    if (request.state().rows() && !step.rows()) {
      crumbs.add(
          new Frame.Link(
              request.words().say("rows.link"), "/sales" + step.withRows().query(), false));
    }
    Frame.Link last = crumbs.remove(crumbs.size() - 1);
    crumbs.add(new Frame.Link(last.text(), last.target(), true));
    return crumbs;
  }

  /** Returns a member's name for people: of a dealer its name and its id. */
  public static String name(PageRequest request, Attribute attribute, String member) {
    String dealer = request.served().dealerNames().get(member);
    return attribute == Attribute.DEALER && dealer != null
        ? dealer + " (" + member + ")"
        : request.words().name("member.", member);
  }
}
