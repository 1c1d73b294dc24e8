package io.autopulse.pipeline.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML document that knows where it was written. */
public sealed interface Node {
  /** Returns where the value, or the key it belongs to, was written. */
  Place place();

  /**
   * Returns what was found, to be said beside what was expected: {@code the text "abc"}, {@code a
   * list}, {@code a map}.
   */
  String description();

  /**
   * One value.
   *
   * @param place where
   * @param text the text as written, without quotes and before substitution; empty when nothing was
   *     written
   */
  record Scalar(Place place, String text) implements Node {
    @Override
    public String description() {
      return text.isEmpty() ? "no value" : "the value \"" + text + "\"";
    }
  }

  /**
   * A list.
   *
   * @param place where
   * @param elements its elements in order
   */
  record Sequence(Place place, List<Node> elements) implements Node {
    /** Keeps its own copy. */
    public Sequence {
      elements = List.copyOf(elements);
    }

    @Override
    public String description() {
      return "a list";
    }
  }

  /**
   * A map.
   *
   * @param place where
   * @param entries its values by key, in the order written
   */
  record Mapping(Place place, Map<String, Node> entries) implements Node {
    /** Keeps its own copy, in the same order. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String description() {
      return "a map";
    }
  }
}
