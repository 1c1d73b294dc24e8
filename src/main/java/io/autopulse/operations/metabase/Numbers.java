package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.metabase.Content.Kind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a server calls by numbers, and the files by names: content, databases and columns. */
final class Numbers {
  private final MetabaseServer server;
  private final Map<Kind, Map<String, Long>> numbers = new EnumMap<>(Kind.class);
  private final Map<String, Long> databases = new HashMap<>();
  private final Map<List<String>, Long> fields = new HashMap<>();

  Numbers(MetabaseServer server) {
    this.server = server;
    for (Kind kind : Kind.values()) {
      numbers.put(kind, new HashMap<>());
    }
    for (JsonNode database : Json.elements(list(server.get("api/database")))) {
      databases.put(database.path("name").asText(), database.path("id").asLong());
    }
  }

  /** Lists came without a wrapper once. */
  private static JsonNode list(JsonNode answer) {
    return answer.has("data") ? answer.get("data") : answer;
  }

  void put(Kind kind, String id, long number) {
    map(kind).put(id, number);
  }

  /**
   * Returns the number of something.
   *
   * @throws InputException if the server has none
   */
  long number(Kind kind, String id) {
    Long number = map(kind).get(id);
    if (number == null) {
      throw new InputException(
          server.url(),
          "has no " + kind.path() + " " + id,
          "Check the files: autopulse metabase lint");
    }
    return number;
  }

  /** Returns the name of a number; one that tells it is nothing of ours if it is not. */
  String id(Kind kind, long number) {
    return map(kind).entrySet().stream()
        .filter(entry -> entry.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(kind.path() + ":" + number);
  }

  /**
   * Returns the number of a database.
   *
   * @throws InputException if the server has none of that name
   */
  long database(String name) {
    Long number = databases.get(name);
    if (number == null) {
      throw new InputException(
          server.url(),
          "has no database " + name,
          "Add the warehouse to Metabase under the name " + name);
    }
    return number;
  }

  /** Returns the name of a database. */
  String database(long number) {
    return databases.entrySet().stream()
        .filter(entry -> entry.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("database:" + number);
  }

  /**
   * Returns the number of a column.
   *
   * @param field the names of database, schema, table and column
   * @throws InputException if Metabase does not know it
   */
  long field(JsonNode field) {
    List<String> names = Json.elements(field).stream().map(JsonNode::asText).toList();
    readFields(database(names.get(0)));
    Long number = fields.get(names);
    if (number == null) {
      throw new InputException(
          server.url(),
          "knows no column " + String.join(".", names.subList(1, names.size())),
          "Build the marts, and let Metabase sync the schema of database " + names.get(0));
    }
    return number;
  }

  /** Returns the names of a column of a database. */
  ArrayNode field(long database, long number) {
    readFields(database);
    Optional<List<String>> names =
        fields.entrySet().stream()
            .filter(entry -> entry.getValue() == number)
            .map(Map.Entry::getKey)
            .findFirst();
    ArrayNode field = Json.MAPPER.createArrayNode();
    names.orElse(List.of("field:" + number)).forEach(field::add);
    return field;
  }

  /** Names fold to capitals in Snowflake, and not in DuckDB: the files have them in capitals. */
  private void readFields(long database) {
    String name = database(database);
    if (fields.keySet().stream().anyMatch(known -> known.get(0).equals(name))) {
      return;
    }
    for (JsonNode table :
        Json.elements(server.get("api/database/" + database + "/metadata").path("tables"))) {
      for (JsonNode field : Json.elements(table.path("fields"))) {
        fields.put(
            List.of(
                name,
                table.path("schema").asText().toUpperCase(Locale.ROOT),
                table.path("name").asText().toUpperCase(Locale.ROOT),
                field.path("name").asText().toUpperCase(Locale.ROOT)),
            field.path("id").asLong());
      }
    }
  }

  private Map<String, Long> map(Kind kind) {
    return Objects.requireNonNull(numbers.get(kind));
  }
}
