package io.autopulse.report.dashboard;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which sales count: those that have, of each attribute named, one of its members.
 *
 * @param members by attribute, as KPIs name them; an attribute without members lets all pass
 */
public record SalesFilter(Map<Attribute, List<String>> members) {
  /**
   * What KPIs and forecasts have figures of.
   *
   * @param dimension as their tables name it
   * @param member of the dimension
   */
  record Cell(String dimension, String member) {}

  /** Copies the members, and leaves out attributes without one. */
  public SalesFilter {
    EnumMap<Attribute, List<String>> copied = new EnumMap<>(Attribute.class);
    members.forEach(
        (attribute, names) -> {
          if (!names.isEmpty()) {
            copied.put(attribute, List.copyOf(names));
          }
        });
    members = Collections.unmodifiableMap(copied);
  }

  /** Returns the cell that has exactly these sales; empty for more than one member. */
  Optional<Cell> cell() {
    if (members.isEmpty()) {
      return Optional.of(new Cell(Dimension.TOTAL.toString(), Dimension.ALL));
    }
    Map.Entry<Attribute, List<String>> first = members.entrySet().iterator().next();
    return members.size() == 1 && first.getValue().size() == 1
        ? Optional.of(new Cell(Dimension.of(first.getKey()).toString(), first.getValue().get(0)))
        : Optional.empty();
  }

  /** Returns the condition, with a mark for each of {@link #values}. */
  String condition() {
    StringBuilder condition = new StringBuilder();
    members.forEach(
        (attribute, names) ->
            condition
                .append(" and ")
                .append(expression(attribute))
                .append(" in (")
                .append(String.join(", ", Collections.nCopies(names.size(), "?")))
                .append(')'));
    return condition.toString();
  }

  /** Returns the values that {@link #condition} wants, in its order. */
  List<Object> values() {
    List<Object> values = new ArrayList<>();
    members.values().forEach(values::addAll);
    return values;
  }

  /** Returns the expression that gives a sale's member of an attribute. */
  static String expression(Attribute attribute) {
    return switch (attribute) {
      case MAKE -> "make";
      // As KPIs name it: model names repeat across makes.
      case MODEL -> "make || ' ' || model";
      case SEGMENT -> "segment";
      case POWERTRAIN -> "powertrain";
      case REGION -> "region";
      case DEALER -> "dealer_id";
    };
  }
}
