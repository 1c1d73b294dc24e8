package io.autopulse.pipeline.yaml;

import io.autopulse.domain.feed.Feed.Field;
import io.autopulse.domain.feed.IdColumns;
import io.autopulse.domain.problem.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map being read. The keys that a reader asks for are the keys that may stand here; when it has
 * read, every other key is an error that names the nearest of them.
 */
public final class Section {
  private final Node.Mapping mapping;
  private final Reading reading;
  private final Set<String> asked = new LinkedHashSet<>();

  Section(Node.Mapping mapping, Reading reading) {
    this.mapping = mapping;
    this.reading = reading;
  }

  /** Returns the keys that stand here, in the order written. */
  public Set<String> keys() {
    return mapping.entries().keySet();
  }

  /** Reads one value that must be there. */
  public <T> Value<T> required(String key, Function<String, T> type) {
    return element(key).map(e -> e.scalar(type)).orElseGet(() -> missing(key));
  }

  /** Reads one value that may be absent. */
  public <T> Value<Optional<T>> optional(String key, Function<String, T> type) {
    return element(key)
        .map(e -> e.scalar(type.andThen(Optional::of)))
        .orElseGet(() -> Value.of(Optional.empty()));
  }

  /** Reads one value, or gives the default. */
  public <T> Value<T> optional(String key, Function<String, T> type, T absent) {
    return element(key).map(e -> e.scalar(type)).orElseGet(() -> Value.of(absent));
  }

  /** Reads a map that must be there. */
  public <T> Value<T> requiredSection(String key, Function<Section, T> reader) {
    return element(key).map(e -> e.section(reader)).orElseGet(() -> missing(key));
  }

  /** Reads a map that may be absent. */
  public <T> Value<Optional<T>> section(String key, Function<Section, T> reader) {
    return section(key, reader.andThen(Optional::of), Optional.empty());
  }

  /** Reads a map, or gives the default. */
  public <T> Value<T> section(String key, Function<Section, T> reader, T absent) {
    return element(key).map(e -> e.section(reader)).orElseGet(() -> Value.of(absent));
  }

  /** Reads a map of single values whose keys are among the names; empty if absent. */
  public <T> Value<Map<String, T>> map(
      String key, Collection<String> names, Function<String, T> type) {
    return section(key, section -> section.entries(names, type), Map.of());
  }

  /** Reads the single values of this map that stand under one of the names. */
  public <T> Map<String, T> entries(Collection<String> names, Function<String, T> type) {
    Map<String, Value<Optional<T>>> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, optional(name, type)));
    return present(values);
  }

  /** Reads one value or a list of them, which may be absent. */
  public <T> Value<Optional<List<T>>> oneOrMore(String key, Function<String, T> type) {
    return element(key)
        .map(
            e -> e.isList() ? Value.built(() -> someOf(e, type)) : e.scalar(type.andThen(List::of)))
        .map(value -> Value.built(() -> Optional.of(value.get())))
        .orElseGet(() -> Value.of(Optional.empty()));
  }

  /** Reads the columns of fields: of a field one, of an id a list of several too. */
  public Map<String, String> entries(List<Field> fields) {
    Map<String, Value<Optional<String>>> values = new LinkedHashMap<>();
    for (Field field : fields) {
      values.put(
          field.name(),
          element(field.name())
              .map(e -> Value.built(() -> Optional.of(columns(e, field).get())))
              .orElseGet(() -> Value.of(Optional.empty())));
    }
    return present(values);
  }

  private Value<String> columns(Element element, Field field) {
    if (!element.isList() || !IdColumns.mayBeSeveral(field)) {
      return element.scalar(Scalars.name());
    }
    return Value.built(
        () -> {
          List<String> headers = elements(element.list().get(), e -> e.scalar(Scalars.name()));
          return headers.isEmpty()
              ? element.<String>broken("names no column", "Name one, or several").get()
              : IdColumns.of(headers);
        });
  }

  /** Returns the values that were there, by name. */
  public static <T> Map<String, T> present(Map<String, Value<Optional<T>>> values) {
    Map<String, T> present = new LinkedHashMap<>();
    values.forEach((name, value) -> value.get().ifPresent(v -> present.put(name, v)));
    return present;
  }

  /** Reads a list that must be there and may repeat itself. */
  public <T> Value<List<T>> requiredList(String key, Function<Element, Value<T>> type) {
    return element(key).map(e -> e.listOf(type)).orElseGet(() -> missing(key));
  }

  /** Reads a list without repetition, or gives the default. */
  public <T> Value<List<T>> list(String key, Function<Element, Value<T>> type, List<T> absent) {
    return element(key)
        .map(e -> Value.built(() -> elements(e.list().get(), type)))
        .orElseGet(() -> Value.of(absent));
  }

  /** Notes that a key must not stand here, if it does. */
  public void refuse(String key, String problem, String remedy) {
    Node node = mapping.entries().get(key);
    if (node != null) {
      asked.add(key);
      reading.report(node.place(), problem, remedy);
    }
  }

  /** Notes a problem with a value that stands below this map. */
  public void report(List<String> path, String problem, String remedy) {
    Node node = mapping;
    for (String key : path) {
      node = node instanceof Node.Mapping map ? map.entries().getOrDefault(key, map) : node;
    }
    reading.report(node.place(), problem, remedy);
  }

  /** Accepts every key: what may stand here cannot be told. */
  public void acceptOtherKeys() {
    asked.addAll(keys());
  }

  /**
   * Applies the reader, and reports what the record's constructor says against the values together.
   */
  <T> Value<T> read(Function<Section, T> reader) {
    return Value.built(
        () -> {
          try {
            return reader.apply(this);
          } catch (IllegalArgumentException e) {
            return this.<T>broken(String.valueOf(e.getMessage())).get();
          }
        });
  }

  /** Reports each key that the reader did not ask for. */
  void reportUnknownKeys() {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!asked.contains(key)) {
                reading.report(node.place(), "is not a known key", NearestName.hint(key, asked));
              }
            });
  }

  private Optional<Element> element(String key) {
    asked.add(key);
    @Nullable Node node = mapping.entries().get(key);
    return Optional.ofNullable(node).map(n -> new Element(n, reading));
  }

  private <T> List<T> elements(List<Element> elements, Function<Element, Value<T>> type) {
    List<Value<T>> values = new ArrayList<>();
    elements.forEach(e -> values.add(type.apply(e)));
    Set<T> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(values.get(i).get())) {
        return elements.get(i).<List<T>>broken("stands twice in the list", "Keep one").get();
      }
    }
    return values.stream().map(Value::get).toList();
  }

  private <T> List<T> someOf(Element element, Function<String, T> type) {
    List<Element> elements = element.list().get();
    return elements.isEmpty()
        ? element.<List<T>>broken("has no element", "Give it one, or remove the key").get()
        : elements(elements, e -> e.scalar(type));
  }

  private <T> Value<T> missing(String key) {
    return broken("the required key \"" + key + "\" is missing");
  }

  private <T> Value<T> broken(String problem) {
    reading.report(mapping.place(), problem, "");
    return Value.broken();
  }
}
