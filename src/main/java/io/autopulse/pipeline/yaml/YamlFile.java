package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the readers of YAML files share: getting the text, and binding the whole tree or reporting
 * all that is wrong with it.
 */
public final class YamlFile {
  private YamlFile() {}

  /** Returns the text of a file, in UTF-8, without a byte order mark. */
  public static String text(Path file) {
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InputException(file.toString(), "is not UTF-8", "Save it as UTF-8");
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          Files.isDirectory(file)
              ? "is a folder"
              : Files.exists(file) ? "cannot be read" : "does not exist",
          "Name a YAML file that can be read");
    }
  }

  /**
   * Returns the text of a file that ships with Autopulse.
   *
   * @param resource its absolute name
   */
  public static String shipped(String resource) {
    try (InputStream stream = YamlFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("no such resource: " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the reader makes of the tree, or throws all the problems found. */
  public static <T> T bind(
      Node tree, Map<String, String> environment, Function<Section, T> reader) {
    return bind(tree, new Reading(new Substitution(environment)::apply), reader);
  }

  /**
   * Returns what the reader makes of a tree whose texts are read as they are written, or throws all
   * the problems found: another program's file, in which <code>${</code> is that program's.
   */
  public static <T> T bindAsWritten(Node tree, Function<Section, T> reader) {
    return bind(tree, new Reading(text -> text), reader);
  }

  private static <T> T bind(Node tree, Reading reading, Function<Section, T> reader) {
    Value<T> value = new Element(tree, reading).section(reader);
    reading.throwProblems();
    return value.get();
  }

  /**
   * Returns the values of a tree, each with its path, in the order of the paths; variables are
   * replaced, and a variable that cannot be is left as it is written.
   *
   * @param without keys of the root that are left out
   */
  public static List<String> contents(
      Node tree, Map<String, String> environment, Set<String> without) {
    List<String> contents = new ArrayList<>();
    collect(tree, "", new Substitution(environment), without, contents);
    return contents;
  }

  private static void collect(
      Node node, String path, Substitution substitution, Set<String> without, List<String> to) {
    if (node instanceof Node.Mapping mapping) {
      new TreeMap<>(mapping.entries())
          .forEach(
              (key, value) -> {
                if (!without.contains(key)) {
                  collect(value, path + "." + key, substitution, Set.of(), to);
                }
              });
    } else if (node instanceof Node.Sequence sequence) {
      for (int i = 0; i < sequence.elements().size(); i++) {
        collect(sequence.elements().get(i), path + "[" + i + "]", substitution, Set.of(), to);
      }
    } else if (node instanceof Node.Scalar scalar) {
      to.add(path + "=" + replaced(scalar.text(), substitution));
    }
  }

  private static String replaced(String text, Substitution substitution) {
    try {
      return substitution.apply(text);
    } catch (InputException e) {
      // Whoever binds the tree reports it.
      return text;
    }
  }
}
