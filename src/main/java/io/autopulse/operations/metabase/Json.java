package io.autopulse.operations.metabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** Trees of values, as YAML files and Metabase's API have them. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode ofYaml(String text) throws JsonProcessingException {
    return YAML.readTree(text);
  }

  static String yaml(JsonNode node) {
    try {
      return YAML.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<JsonNode> elements(JsonNode list) {
    return list.isArray() ? StreamSupport.stream(list.spliterator(), false).toList() : List.of();
  }

  /** Returns the values of a list or map, in the order of a text in them: servers keep none. */
  static List<JsonNode> sorted(JsonNode values, String by) {
    return StreamSupport.stream(values.spliterator(), false)
        .sorted(Comparator.comparing(value -> value.path(by).asText()))
        .toList();
  }

  static List<String> keys(JsonNode map) {
    List<String> keys = new ArrayList<>();
    map.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Copies keys that a node has. */
  static ObjectNode pick(JsonNode from, List<String> keys) {
    ObjectNode picked = object();
    for (String key : keys) {
      if (from.has(key)) {
        picked.set(key, from.get(key).deepCopy());
      }
    }
    return picked;
  }

  static ArrayNode array(Iterable<? extends JsonNode> elements) {
    ArrayNode array = MAPPER.createArrayNode();
    elements.forEach(array::add);
    return array;
  }

  /** Returns the values by their paths; what is null, false or empty is left out. */
  static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    collect(node, "", texts);
    return texts;
  }

  private static void collect(JsonNode node, String path, Map<String, String> texts) {
    if (node.isObject()) {
      keys(node).forEach(key -> collect(node.get(key), path + "/" + key, texts));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "/" + i, texts);
      }
    } else if (!node.isNull() && !node.asText().equals("false")) {
      texts.put(path.substring(1), node.asText());
    }
  }
}
