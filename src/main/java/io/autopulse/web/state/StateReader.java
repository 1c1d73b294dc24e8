package io.autopulse.web.state;

import io.autopulse.domain.compare.Period;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a URL. Everything is checked: an unknown name, a value that is none, too
 * many values or too long ones are refused with the parameter's name. An empty value, as a form
 * sends it, is no value.
 */
public final class StateReader {
  /** Members of one attribute that a URL may ask for. */
  static final int MOST_MEMBERS = 50;

  /** Characters of a member. */
  static final int LONGEST = 200;

  private static final int LAST_PAGE = 100_000;

  private static final Pattern COLUMN = Pattern.compile("-?[a-z][a-z_]{0,40}");

  private static final Set<String> SINGLE =
      Set.of("period", "against", "grain", "by", "sort", "page", "known", "lang");

  private static final Map<String, Attribute> ATTRIBUTES =
      Arrays.stream(Attribute.values())
          .collect(Collectors.toMap(Attribute::toString, Function.identity()));

  private StateReader() {}

  /**
   * Reads the state.
   *
   * @param parameters their values by name
   * @throws BadParameterException if one cannot be understood
   */
  public static PageState read(Map<String, List<String>> parameters) {
    EnumMap<Attribute, List<String>> filters = new EnumMap<>(Attribute.class);
    parameters.forEach(
        (name, values) -> {
          Attribute attribute = ATTRIBUTES.get(name);
          if (attribute != null) {
            filters.put(attribute, members(name, values));
          } else if (!SINGLE.contains(name)) {
            throw new BadParameterException(
                name.length() > LONGEST ? name.substring(0, LONGEST) : name,
                "there is no such parameter");
          }
        });
    String by = single(parameters, "by");
    boolean rows = "sale".equals(by);
    return new PageState(
        parse(
            "period",
            single(parameters, "period"),
            Period::parse,
            "write 2024, 2024-Q3, 2024-07, 2024-W31 or 2024-07-31"),
        orElse(
            code("against", single(parameters, "against"), Against.values(), Against::code),
            Against.BEFORE),
        code("grain", single(parameters, "grain"), GRAINS, Grain::toString),
        rows ? null : code("by", by, Attribute.values(), Attribute::toString),
        rows,
        filters,
        parse("sort", single(parameters, "sort"), StateReader::sort, "write a column's name"),
        orElse(
            parse("page", single(parameters, "page"), StateReader::page, "write a number from 1"),
            1),
        orElse(
            code("lang", single(parameters, "lang"), Language.values(), Language::code),
            Language.EN),
        parse("known", single(parameters, "known"), StateReader::day, "write a day as 2024-07-31"));
  }

  private static final Grain[] GRAINS = {Grain.DAY, Grain.WEEK, Grain.MONTH};

  private static List<String> members(String name, List<String> values) {
    List<String> members = values.stream().filter(v -> !v.isEmpty()).distinct().sorted().toList();
    if (members.size() > MOST_MEMBERS) {
      throw new BadParameterException(name, "it may be given " + MOST_MEMBERS + " times");
    }
    if (members.stream().anyMatch(member -> member.length() > LONGEST)) {
      throw new BadParameterException(name, "it may have " + LONGEST + " characters");
    }
    return members;
  }

  private static String single(Map<String, List<String>> parameters, String name) {
    List<String> values =
        parameters.getOrDefault(name, List.of()).stream().filter(v -> !v.isEmpty()).toList();
    if (values.size() > 1) {
      throw new BadParameterException(name, "it may be given once");
    }
    return values.isEmpty() ? "" : values.get(0);
  }

  private static <T> @Nullable T parse(
      String name, String text, Function<String, Optional<T>> parser, String remedy) {
    if (text.isEmpty()) {
      return null;
    }
    return parser.apply(text).orElseThrow(() -> new BadParameterException(name, remedy));
  }

  private static <T> @Nullable T code(
      String name, String text, T[] known, Function<T, String> code) {
    return parse(
        name,
        text,
        value -> Arrays.stream(known).filter(one -> code.apply(one).equals(value)).findFirst(),
        "it must be one of " + Arrays.stream(known).map(code).collect(Collectors.joining(", ")));
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static Optional<Sort> sort(String text) {
    return COLUMN.matcher(text).matches()
        ? Optional.of(new Sort(text.replaceFirst("^-", ""), text.startsWith("-")))
        : Optional.empty();
  }

  private static Optional<LocalDate> day(String text) {
    return Period.parse(text).filter(period -> period.kind() == Period.Kind.DAY).map(Period::start);
  }

  private static Optional<Integer> page(String text) {
    return text.matches("[1-9]\\d{0,5}") && Integer.parseInt(text) <= LAST_PAGE
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }
}
