package io.autopulse.pipeline.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads one YAML document into a tree whose every node knows its line. Stricter than YAML: a key
 * may stand only once, and an alias is an error, since the value that it repeats stands at another
 * place than the key it is read for.
 */
public final class YamlTree {
  private static final YAMLFactory YAML = new YAMLFactory();

  private final YAMLParser parser;
  private final Place.Origin origin;

  private YamlTree(YAMLParser parser, Place.Origin origin) {
    this.parser = parser;
    this.origin = origin;
  }

  /**
   * Reads a document.
   *
   * @param text the YAML
   * @param origin names the places in it
   * @param path the dotted path of the whole document; empty for a file
   * @throws InputException if it is not YAML, is empty, holds a key twice, an alias or a second
   *     document
   */
  public static Node read(String text, Place.Origin origin, String path) {
    try (YAMLParser parser = YAML.createParser(text)) {
      YamlTree tree = new YamlTree(parser, origin);
      if (parser.nextToken() == null) {
        throw new InputException(origin.at(1, path).text(), "is empty", "Write at least one key");
      }
      Node node = tree.node(origin.at(1, path));
      if (parser.nextToken() != null) {
        throw new InputException(
            tree.here("").text(), "begins a second document", "Keep one document a file");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw unreadable(e, origin, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Node node(Place place) throws IOException {
    if (parser.isCurrentAlias()) {
      throw new InputException(place.text(), "is an alias", "Write the value out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place);
      case START_ARRAY -> sequence(place);
      case VALUE_NULL -> new Node.Scalar(place, "");
      default -> new Node.Scalar(place, parser.getText());
    };
  }

  private Node mapping(Place place) throws IOException {
    Map<String, Node> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Place at = here(Place.join(place.path(), key));
      parser.nextToken();
      Node earlier = entries.put(key, node(at));
      if (earlier != null) {
        throw new InputException(
            at.text(),
            "stands twice, first on line " + earlier.place().line(),
            "Keep one of the two");
      }
    }
    return new Node.Mapping(place, entries);
  }

  private Node sequence(Place place) throws IOException {
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(node(here(Place.join(place.path(), String.valueOf(elements.size())))));
    }
    return new Node.Sequence(place, elements);
  }

  private Place here(String path) {
    return origin.at(parser.currentTokenLocation().getLineNr(), path);
  }

  private static InputException unreadable(
      JsonProcessingException e, Place.Origin origin, String path) {
    int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    String problem = e.getOriginalMessage().lines().findFirst().orElse("");
    // Where the YAML library says itself what is wrong, it is more precise than what Jackson makes
    // of it.
    if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      line = marked.getProblemMark().getLine() + 1;
      problem = marked.getProblem();
    }
    return new InputException(
        origin.at(line, path).text(),
        "cannot be read as YAML: " + problem,
        "Check the indentation and quotes of this line and the one above");
  }
}
