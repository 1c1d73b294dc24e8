package io.autopulse.warehouse.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The sources of dbt are the core tables, so that neither drifts from the other. */
class DbtSourcesTest {
  private static final Map<String, CoreTable> VIEWS =
      Map.of(
          "sale_versions_all", CoreTable.SALE_VERSIONS,
          "rejected_records_all", CoreTable.REJECTED_RECORDS);

  @Test
  void sourcesAreTheTablesAndColumnsOfTheCatalogue() throws IOException {
    Map<String, Set<String>> expected = new TreeMap<>();
    for (CoreTable table : CoreTable.values()) {
      expected.put(table.toString(), new TreeSet<>(table.names()));
    }
    assertThat("warehouse/dbt/models/sources.yml", sources("core"), is(expected));
  }

  @Test
  void viewsHaveTheColumnsOfTheTableThatTheyShow() throws IOException {
    Map<String, Set<String>> expected = new TreeMap<>();
    VIEWS.forEach((view, table) -> expected.put(view, new TreeSet<>(table.names())));
    assertThat(sources("core_views"), is(expected));
  }

  @Test
  void everyTableAndColumnIsDescribed() throws IOException {
    List<String> silent = new ArrayList<>();
    for (String source : List.of("core", "core_views")) {
      for (JsonNode table : source(source).path("tables")) {
        if (table.path("description").asText().isBlank()) {
          silent.add(table.path("name").asText());
        }
        for (JsonNode column : table.path("columns")) {
          if (column.path("description").asText().isBlank()) {
            silent.add(table.path("name").asText() + "." + column.path("name").asText());
          }
        }
      }
    }
    assertThat(silent, is(List.of()));
  }

  private static Map<String, Set<String>> sources(String name) throws IOException {
    Map<String, Set<String>> tables = new TreeMap<>();
    for (JsonNode table : source(name).path("tables")) {
      Set<String> columns = new TreeSet<>();
      table.path("columns").forEach(column -> columns.add(column.path("name").asText()));
      tables.put(table.path("name").asText(), columns);
    }
    return tables;
  }

  private static JsonNode source(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DbtSourcesTest.class.getResourceAsStream("/io/autopulse/dbt/models/sources.yml"))) {
      for (JsonNode source : new YAMLMapper().readTree(in).path("sources")) {
        if (source.path("name").asText().equals(name)) {
          return source;
        }
      }
    }
    throw new AssertionError("no source " + name);
  }
}
