package io.autopulse.operations.metabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.yaml.YamlFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of measures that all dashboards share. A column that has the name of a measure is that
 * measure: it has its SQL, its title and its format.
 */
public final class Measures {
  private static final Pattern BRACED = Pattern.compile("\\{(\\w+)}");

  private final Map<String, JsonNode> measures = new HashMap<>();
  private final JsonNode formats;

  private Measures(JsonNode document) {
    formats = document.path("formats");
    for (JsonNode measure : Json.elements(document.path("measures"))) {
      measures.put(measure.path("name").asText(), measure);
    }
  }

  /**
   * Reads the list.
   *
   * @throws InputException if there is none
   */
  public static Measures read(Path file) {
    try {
      Measures read = new Measures(Json.ofYaml(YamlFile.text(file)));
      if (!read.measures.isEmpty()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          file.toString(), "cannot be read as YAML", "Check its indentation", e);
    }
    throw new InputException(file.toString(), "lists no measures", "Write them under measures");
  }

  void check(Content card, List<InputException> problems) {
    String text = plain(card.sql().text());
    for (String column : card.sql().columns()) {
      JsonNode measure = measures.get(column);
      if (measure == null) {
        continue;
      }
      if (!is(text, column, measure)) {
        problems.add(
            card.problem(
                "dataset_query.stages.0.native",
                "measure: " + column + " is not what the list of measures says",
                "Write " + expanded(column)));
      }
      JsonNode shown =
          card.document()
              .path("visualization_settings")
              .path("column_settings")
              .path("[\"name\",\"" + column + "\"]");
      JsonNode format = formats.path(measure.path("format").asText()).path("metabase");
      boolean formatted =
          Json.keys(format).stream().allMatch(key -> format.get(key).equals(shown.path(key)));
      if (!formatted || !shown.path("column_title").equals(measure.path("label").path("en"))) {
        problems.add(
            card.problem(
                "visualization_settings.column_settings",
                "measure: " + column + " has another title or format than in the list of measures",
                "Write " + measure.path("label").path("en").asText() + ", " + format));
      }
    }
  }

  /** A measure of several relations is made of columns that are measures themselves. */
  private boolean is(String text, String column, JsonNode measure) {
    String alias = " as \"" + column + "\"";
    if (selected(text, plain(expanded(column)), alias) && from(text, column)) {
      return true;
    }
    if (measure.has("relation")) {
      return selected(text, column, alias) && defined(text, column);
    }
    Matcher parts = BRACED.matcher(measure.path("sql").asText());
    return selected(text, plain(parts.replaceAll("$1")), alias)
        && parts.reset().results().allMatch(part -> defined(text, part.group(1)));
  }

  private boolean defined(String text, String column) {
    return selected(text, plain(expanded(column)), " as " + column) && from(text, column);
  }

  private boolean from(String text, String column) {
    JsonNode measure = Objects.requireNonNull(measures.get(column));
    return measure.has("relation")
        ? text.contains("from AUTOPULSE_MARTS." + measure.get("relation").asText())
        : BRACED
            .matcher(measure.path("sql").asText())
            .results()
            .allMatch(part -> from(text, part.group(1)));
  }

  /** Tells whether an expression is a whole column of a statement. */
  private static boolean selected(String text, String expression, String alias) {
    return text.contains(", " + expression + alias)
        || text.contains("select " + expression + alias);
  }

  private String expanded(String name) {
    String sql = Objects.requireNonNull(measures.get(name)).path("sql").asText();
    return BRACED
        .matcher(sql)
        .replaceAll(part -> Matcher.quoteReplacement(expanded(part.group(1))));
  }

  private static String plain(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
