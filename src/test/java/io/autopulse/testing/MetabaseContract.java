package io.autopulse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds requests to Metabase's API, and its answers, to {@code metabase/openapi.yaml} of the test
 * resources, which says where it comes from. The schemas in it are checked by networknt's validator
 * of JSON Schema.
 */
final class MetabaseContract {
  private static final String FILE = "metabase/openapi.yaml";
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode DESCRIPTION = read();

  private MetabaseContract() {}

  /**
   * An operation of the API that a request is for.
   *
   * @param described what the description says of it
   * @param path the values of the parameters in the path, by name
   */
  record Operation(JsonNode described, Map<String, String> path) {

    /** Returns what is wrong with a request, by the name of the parameter or the place in it. */
    Map<String, String> refusals(URI address, byte[] body) throws IOException {
      Map<String, String> problems = new TreeMap<>();
      Map<String, List<String>> query = query(address);
      for (JsonNode parameter : described.path("parameters")) {
        String name = parameter.path("name").asText();
        boolean inPath = parameter.path("in").asText().equals("path");
        List<String> values =
            inPath
                ? List.of(path.getOrDefault(name, ""))
                : Optional.ofNullable(query.remove(name)).orElse(List.of());
        if (!values.isEmpty()) {
          JsonNode schema = parameter.path("schema");
          check(schema, value(schema, values)).forEach(message -> problems.put(name, message));
        }
      }
      query.keySet().forEach(name -> problems.put(name, "unknown parameter"));
      JsonNode schema = content(described.path("requestBody"));
      if (!schema.isMissingNode()) {
        check(schema, JSON.readTree(body)).forEach(message -> problems.put("body", message));
      } else if (body.length > 0) {
        problems.put("body", "there must be none");
      }
      return problems;
    }

    /** Returns what is wrong with an answer. */
    List<String> problems(JsonNode answer) {
      return check(content(described.path("responses").path("200")), answer);
    }
  }

  /** Returns the operation of a method and path; nothing if the API has none. */
  static Optional<Operation> find(String method, String path) {
    for (Map.Entry<String, JsonNode> described : DESCRIPTION.path("paths").properties()) {
      Matcher matcher =
          Pattern.compile(described.getKey().replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)"))
              .matcher(path);
      JsonNode operation = described.getValue().path(method.toLowerCase(java.util.Locale.ROOT));
      if (matcher.matches() && !operation.isMissingNode()) {
        return Optional.of(
            new Operation(
                operation,
                described.getKey().contains("{id}")
                    ? Map.of("id", matcher.group("id"))
                    : Map.of()));
      }
    }
    return Optional.empty();
  }

  private static JsonNode read() {
    try (InputStream file =
        Objects.requireNonNull(
            MetabaseContract.class.getClassLoader().getResourceAsStream(FILE), FILE)) {
      return new YAMLMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode content(JsonNode holder) {
    return holder.at("/content/application~1json/schema");
  }

  private static List<String> check(JsonNode reference, JsonNode value) {
    SchemaLocation schema =
        SchemaLocation.of("classpath:" + FILE + reference.path("$ref").asText());
    return FACTORY.getSchema(schema).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .sorted()
        .toList();
  }

  /** Returns the value that the texts of a parameter stand for. */
  private static JsonNode value(JsonNode reference, List<String> texts) {
    JsonNode schema = DESCRIPTION.at(reference.path("$ref").asText().substring(1));
    if (schema.path("type").asText().equals("array")) {
      ArrayNode values = JSON.createArrayNode();
      texts.forEach(values::add);
      return values;
    }
    String text = texts.get(texts.size() - 1);
    if (text.matches("-?\\d{1,9}")) {
      return IntNode.valueOf(Integer.parseInt(text));
    }
    return text.matches("true|false")
        ? BooleanNode.valueOf(Boolean.parseBoolean(text))
        : TextNode.valueOf(text);
  }

  private static Map<String, List<String>> query(URI address) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String text = Optional.ofNullable(address.getRawQuery()).orElse("");
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        query
            .computeIfAbsent(parts[0], name -> new ArrayList<>())
            .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
