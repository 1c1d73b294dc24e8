package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value given on the command line in the place of the manifest's.
 *
 * @param option the option as the user wrote it, without the value: {@code --set lookback}
 * @param path the dotted path of the value that it sets; a number names an element of a list
 * @param value the new value: YAML if it begins with {@code [}, <code>{</code> or a quote,
 *     otherwise the text itself
 */
public record Setting(String option, String path, String value) {
  /** Checks that the path has no empty part. */
  public Setting {
    if (List.of(path.split("\\.", -1)).contains("")) {
      throw new InputException(
          option, "has an empty name in its path", "Write it as lookback=5w or kpis.grains=[day]");
    }
  }

  /**
   * Reads the argument of {@code --set}.
   *
   * @param argument {@code path=value}
   * @throws InputException if there is no {@code =}
   */
  public static Setting parse(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      throw new InputException("--set " + argument, "has no value", "Write it as --set path=value");
    }
    String path = argument.substring(0, equals).strip();
    return new Setting("--set " + path, path, argument.substring(equals + 1));
  }

  /**
   * Returns the tree with this value in it; maps and lists on the way to it are made where the tree
   * has none.
   */
  public Node applyTo(Node tree) {
    return put(tree, List.of(path.split("\\.")), 0);
  }

  private Node put(Node node, List<String> names, int depth) {
    if (depth == names.size()) {
      return parsedValue();
    }
    String name = names.get(depth);
    if (node instanceof Node.Mapping mapping) {
      Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
      Node child = entries.getOrDefault(name, empty(names, depth + 1));
      entries.put(name, put(child, names, depth + 1));
      return new Node.Mapping(mapping.place(), entries);
    }
    String parent = String.join(".", names.subList(0, depth));
    if (node instanceof Node.Sequence sequence) {
      List<Node> elements = new ArrayList<>(sequence.elements());
      int index = index(name, elements.size(), parent);
      if (index == elements.size()) {
        elements.add(put(empty(names, depth + 1), names, depth + 1));
      } else {
        elements.set(index, put(elements.get(index), names, depth + 1));
      }
      return new Node.Sequence(sequence.place(), elements);
    }
    throw new InputException(
        option,
        parent + " is " + node.description() + " and has no \"" + name + "\" in it",
        "Set " + parent + " itself");
  }

  private Node parsedValue() {
    Place.Origin origin = Place.inOption(option, path);
    boolean yaml = value.length() > 1 && "[{\"'".indexOf(value.charAt(0)) >= 0;
    return yaml ? YamlTree.read(value, origin, path) : new Node.Scalar(origin.at(1, path), value);
  }

  /** Returns what a path leads into that the manifest does not have: a list if 0 follows. */
  private Node empty(List<String> names, int depth) {
    Place place = Place.inOption(option, path).at(1, String.join(".", names.subList(0, depth)));
    return depth < names.size() && names.get(depth).equals("0")
        ? new Node.Sequence(place, List.of())
        : new Node.Mapping(place, Map.of());
  }

  private int index(String name, int size, String parent) {
    if (name.matches("\\d{1,4}") && Integer.parseInt(name) < Math.max(size, 1)) {
      return Integer.parseInt(name);
    }
    throw new InputException(
        option,
        parent + " is a list of " + size + " and has no \"" + name + "\"",
        "Name an element by its number, the first is 0, or set the whole list: "
            + parent
            + "=[...]");
  }
}
