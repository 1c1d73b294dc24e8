package io.autopulse.web.state;

import io.autopulse.domain.compare.Period;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.warehouse.serving.KnownDay;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a URL asks for. The same state gives the same URL, and the same URL the same page of the
 * same run.
 *
 * @param period of which figures are shown; null for the month of the last sale
 * @param against what it is compared with
 * @param grain the steps of charts; null for what suits the period
 * @param by what tables tell apart; null for the first attribute that the filters leave open
 * @param rows whether the sales are shown one by one
 * @param filters members by attribute
 * @param sort the order of the table; null for its own
 * @param page of the rows, from 1
 * @param language of the page
 * @param known the day on whose evening figures were known so; null for now
 */
public record PageState(
    @Nullable Period period,
    Against against,
    @Nullable Grain grain,
    @Nullable Attribute by,
    boolean rows,
    Map<Attribute, List<String>> filters,
    @Nullable Sort sort,
    int page,
    Language language,
    @Nullable LocalDate known) {
  /** The state of a URL without parameters. */
  public static final PageState START =
      new PageState(null, Against.BEFORE, null, null, false, Map.of(), null, 1, Language.EN, null);

  /** How a drill goes: each step tells apart what the one before has chosen one of. */
  private static final List<Attribute> DRILL =
      List.of(Attribute.REGION, Attribute.DEALER, Attribute.MODEL);

  /** Copies the filters. */
  public PageState {
    EnumMap<Attribute, List<String>> copied = new EnumMap<>(Attribute.class);
    filters.forEach(
        (attribute, members) -> {
          if (!members.isEmpty()) {
            copied.put(attribute, List.copyOf(members));
          }
        });
    filters = Collections.unmodifiableMap(copied);
  }

  /** Returns what tables tell apart: what is asked for, or the next step of the drill. */
  public Attribute attribute() {
    if (by != null) {
      return by;
    }
    return DRILL.stream()
        .filter(step -> !filters.containsKey(step))
        .findFirst()
        .orElse(Attribute.MODEL);
  }

  /** Returns the state of one step down the drill: of this member alone. */
  public PageState drillInto(Attribute attribute, String member) {
    PageState filtered = withFilter(attribute, List.of(member));
    boolean last = filtered.filters.keySet().containsAll(DRILL);
    return new PageState(
        period, against, grain, null, last, filtered.filters, null, 1, language, known);
  }

  /** Returns the state with other members of an attribute; none of them lifts the filter. */
  public PageState withFilter(Attribute attribute, List<String> members) {
    Map<Attribute, List<String>> changed = new EnumMap<>(Attribute.class);
    changed.putAll(filters);
    changed.put(attribute, members);
    return new PageState(period, against, grain, by, rows, changed, sort, 1, language, known);
  }

  /** Tells whether a filter lets a member pass by its name. */
  public boolean isChosen(Attribute attribute, String member) {
    return filters.getOrDefault(attribute, List.of()).contains(member);
  }

  /** Returns the state of a click on a member: of it alone, or without it if it is chosen. */
  public PageState toggled(Attribute attribute, String member) {
    List<String> chosen = filters.getOrDefault(attribute, List.of());
    return withFilter(
        attribute,
        chosen.contains(member)
            ? chosen.stream().filter(other -> !other.equals(member)).toList()
            : List.of(member));
  }

  /** Returns the state of a step of time, in the steps that suit it. */
  public PageState zoomedTo(Period step) {
    return new PageState(step, against, null, by, rows, filters, sort, 1, language, known);
  }

  /** Returns the state that tells another attribute apart. */
  public PageState withBy(Attribute attribute) {
    return new PageState(
        period, against, grain, attribute, false, filters, null, 1, language, known);
  }

  /** Returns the state that shows the sales one by one. */
  public PageState withRows() {
    return new PageState(period, against, grain, null, true, filters, null, 1, language, known);
  }

  /** Returns the state of another period. */
  public PageState withPeriod(Period other) {
    return new PageState(other, against, grain, by, rows, filters, sort, 1, language, known);
  }

  /** Returns the state that is compared with something else. */
  public PageState withAgainst(Against other) {
    return new PageState(period, other, grain, by, rows, filters, sort, 1, language, known);
  }

  /** Returns the state of all sales. */
  public PageState withoutFilters() {
    return new PageState(period, against, grain, by, rows, Map.of(), sort, 1, language, known);
  }

  /** Returns the state with another order; null for the table's own. */
  public PageState withSort(@Nullable Sort other) {
    return new PageState(period, against, grain, by, rows, filters, other, 1, language, known);
  }

  /** Returns the state of another page of rows. */
  public PageState withPage(int other) {
    return new PageState(period, against, grain, by, rows, filters, sort, other, language, known);
  }

  /** Returns the state in another language. */
  public PageState withLanguage(Language other) {
    return new PageState(period, against, grain, by, rows, filters, sort, page, other, known);
  }

  /**
   * Returns the day as of which its figures are; empty for now.
   *
   * @param zone of business dates
   * @param now no later day is known
   */
  public Optional<KnownDay> knownDay(ZoneId zone, Instant now) {
    if (known != null && known.isAfter(LocalDate.ofInstant(now, zone))) {
      throw new BadParameterException("known", "it may not be after today");
    }
    return Optional.ofNullable(known).map(day -> KnownDay.of(day, zone));
  }

  /** Returns the state as it was known on the evening of a day; null for now. */
  public PageState withKnown(@Nullable LocalDate day) {
    return new PageState(period, against, grain, by, rows, filters, sort, 1, language, day);
  }

  /** Returns what goes along to another page: not what its table shows, nor how. */
  public PageState elsewhere() {
    return new PageState(period, against, grain, null, false, filters, null, 1, language, known);
  }

  /** Returns the member that a filter lets pass if it is one alone. */
  public Optional<String> only(Attribute attribute) {
    List<String> members = filters.getOrDefault(attribute, List.of());
    return members.size() == 1 ? Optional.of(members.get(0)) : Optional.empty();
  }

  /** Returns the parameters of its URL, in their order: none for {@link #START}. */
  public List<Map.Entry<String, String>> parameters() {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    if (period != null) {
      parameters.add(Map.entry("period", period.toString()));
    }
    if (against != Against.BEFORE) {
      parameters.add(Map.entry("against", against.code()));
    }
    if (grain != null) {
      parameters.add(Map.entry("grain", grain.toString()));
    }
    if (rows) {
      parameters.add(Map.entry("by", "sale"));
    } else if (by != null) {
      parameters.add(Map.entry("by", by.toString()));
    }
    filters.forEach(
        (attribute, members) ->
            members.forEach(member -> parameters.add(Map.entry(attribute.toString(), member))));
    if (sort != null) {
      parameters.add(Map.entry("sort", sort.toString()));
    }
    if (page > 1) {
      parameters.add(Map.entry("page", String.valueOf(page)));
    }
    if (known != null) {
      parameters.add(Map.entry("known", known.toString()));
    }
    if (language != Language.EN) {
      parameters.add(Map.entry("lang", language.code()));
    }
    return parameters;
  }

  /** Returns the query of its URL, with the question mark; empty for {@link #START}. */
  public String query() {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (Map.Entry<String, String> one : parameters()) {
      query.add(one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
