package io.autopulse.pipeline.yaml;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
}
