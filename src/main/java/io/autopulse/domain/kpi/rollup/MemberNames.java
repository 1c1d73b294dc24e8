package io.autopulse.domain.kpi.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a dimension's members by the vehicles and outlets of a {@link FactTable}. A member
 * has one text, made once: look-ups are of arrays, and its hash is known. Not safe for use by
 * several threads.
 */
final class MemberNames {
  private static final @Nullable String[] NO_NAMES = {};

  private final MemberCodes members;
  private final List<Attribute> attributes;

  /** By the codes of the first and the second attribute; 0 for one that the dimension lacks. */
  private @Nullable String[][] names = {};

  MemberNames(MemberCodes members, Dimension dimension) {
    this.members = members;
    attributes = dimension.attributes();
  }

  /** Returns the name of the member that a vehicle sold by an outlet belongs to. */
  String of(int vehicle, int outlet) {
    int first = code(0, vehicle, outlet);
    int second = code(1, vehicle, outlet);
    String known =
        first < names.length && second < names[first].length ? names[first][second] : null;
    return known == null ? keep(first, second) : known;
  }

  private int code(int place, int vehicle, int outlet) {
    if (place >= attributes.size()) {
      return 0;
    }
    Attribute attribute = attributes.get(place);
    return members.of(attribute)[MemberCodes.ofOutlet(attribute) ? outlet : vehicle];
  }

  private String keep(int first, int second) {
    if (first >= names.length) {
      int size = names.length;
      names = Arrays.copyOf(names, Math.max(first + 1, 2 * size));
      Arrays.fill(names, size, names.length, NO_NAMES);
    }
    if (second >= names[first].length) {
      names[first] = Arrays.copyOf(names[first], Math.max(second + 1, 2 * names[first].length));
    }
    String name = name(first, second);
    names[first][second] = name;
    return name;
  }

  private String name(int first, int second) {
    return switch (attributes.size()) {
      case 0 -> Dimension.ALL;
      case 1 -> text(0, first);
      default -> text(0, first) + Dimension.PAIR + text(1, second);
    };
  }

  private String text(int place, int code) {
    return new String(members.members(attributes.get(place)).entry(code), UTF_8);
  }
}
