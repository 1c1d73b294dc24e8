package io.autopulse.operations.metabase;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question's statement with Metabase's placeholders: {@code {{tag}}}, and {@code [[...]]} around
 * what is left out when the tag in it has no value.
 *
 * @param text the statement
 * @param tags what the placeholders are, by name
 */
public record NativeSql(String text, Map<String, JsonNode> tags) {
  private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([^}]*?)\\s*}}");
  private static final Pattern OPTIONAL = Pattern.compile("(?s)\\[\\[(.*?)]]");
  private static final Pattern ALIAS = Pattern.compile("(?is)\\bas\\s+\"([^\"]+)\"");

  /** Keeps its own copy, in the same order. */
  public NativeSql {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }

  /** Returns the statement of a stage of a query. */
  static NativeSql of(JsonNode stage) {
    JsonNode declared = stage.path("template-tags");
    Map<String, JsonNode> tags = new LinkedHashMap<>();
    declared.forEach(tag -> tags.put(tag.path("name").asText(), tag));
    return new NativeSql(stage.path("native").asText(""), tags);
  }

  /** Returns the names of the placeholders in the text. */
  public Set<String> used() {
    return TAG.matcher(text)
        .results()
        .map(tag -> tag.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns the names of the columns, which the statement writes in double quotes. */
  public Set<String> columns() {
    return ALIAS
        .matcher(text)
        .results()
        .map(alias -> alias.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Tells whether a placeholder is a filter of a column, rather than a value. */
  public boolean isField(String tag) {
    JsonNode declared = tags.get(tag);
    return declared != null && declared.path("type").asText().equals("dimension");
  }

  /**
   * Returns the statement that Metabase runs.
   *
   * @param values what is chosen, by tag; a tag without a value or default is left out with what is
   *     optional around it
   */
  public String compile(Map<String, String> values) {
    Function<String, String> value =
        tag -> {
          JsonNode declared = tags.get(tag);
          String standard = declared == null ? "" : declared.path("default").asText("");
          return values.getOrDefault(tag, standard);
        };
    String shown =
        OPTIONAL
            .matcher(text)
            .replaceAll(
                part -> {
                  Matcher tag = TAG.matcher(part.group(1));
                  boolean known = tag.results().allMatch(t -> !value.apply(t.group(1)).isEmpty());
                  return Matcher.quoteReplacement(known ? part.group(1) : "");
                });
    return TAG.matcher(shown)
        .replaceAll(
            tag -> Matcher.quoteReplacement(written(tag.group(1), value.apply(tag.group(1)))));
  }

  private String written(String tag, String value) {
    String literal = "'" + value.replace("'", "''") + "'";
    if (!isField(tag)) {
      return literal;
    }
    if (value.isEmpty()) {
      return "1 = 1";
    }
    JsonNode field = Objects.requireNonNull(tags.get(tag)).path("dimension").path(2);
    return "%s.%s.%s in (%s)"
        .formatted(field.path(1).asText(), field.path(2).asText(), field.path(3).asText(), literal);
  }
}
