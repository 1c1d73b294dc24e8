package io.autopulse.operations.metabase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every question runs on DuckDB over tables with the columns and types that dbt promises. */
class CardSqlTest {
  private static final Path MODELS = Path.of("warehouse/dbt/models");
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void everyQuestionRunsOnTheTablesThatDbtPromisesWithAndWithoutFilters() throws Exception {
    try (Connection tables = tables(UnaryOperator.identity())) {
      assertThat(CardSql.failures(tables, true), is(empty()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fct_sales, revenue, Revenue",
    "fct_sales, dealer_id, Sales by dealer",
    "mart_market_share, contribution_points, Why the share changed",
    "mart_forecast_vs_actual, lower_80, Expected by week",
    "mart_data_quality, job, Last publication by job",
    "mart_target_attainment, gap_units, Targets by dealer"
  })
  void columnRenamedInDbtIsFound(String table, String column, String question) throws Exception {
    UnaryOperator<String> renamed = ddl -> ddl.replace("\"" + table + "." + column + "\"", "renamed");
    try (Connection tables = tables(renamed)) {
      assertThat(CardSql.failures(tables, true), hasItem(startsWith(question + " ")));
    }
  }

  /** Of two months: without a choice the month of the last sale counts. */
  @Test
  void monthOfTheLastSaleIsShownUnlessAnotherIsChosen() throws Exception {
    try (Connection tables = tables(UnaryOperator.identity())) {
      insert(tables, "2024-10-31", "NORD", 10_000, 20_000);
      insert(tables, "2024-10-02", "SUED", 20_000, 40_000);
      insert(tables, "2024-11-05", "NORD", 30_000, 40_000);
      assertThat(CardSql.rows(tables, "sales/revenue", Map.of()), is(List.of("30000.00")));
      assertThat(
          CardSql.rows(tables, "sales/revenue", Map.of("period", "2024-10")),
          is(List.of("30000.00")));
      assertThat(
          CardSql.rows(tables, "sales/revenue", Map.of("period", "2024-10", "region", "SUED")),
          is(List.of("20000.00")));
      assertThat(
          CardSql.rows(tables, "sales/sales_by_region", Map.of("period", "2024-10")),
          is(
              List.of(
                  "2024-10|NORD|1|10000.00|10000.0|0.5", "2024-10|SUED|1|20000.00|20000.0|0.5")));
      assertThat(
          CardSql.rows(tables, "sales/units_and_revenue_by_month", Map.of("period", "2024-10")),
          is(List.of("2024-10-01|2|30000.00")));
      assertThat(
          CardSql.rows(tables, "sales/months_with_sales", Map.of()),
          is(List.of("2024-11", "2024-10")));
    }
  }

  @Test
  void shareIsOfTheLastMonthThatTheMarketIsKnownOf() throws Exception {
    try (Connection tables = tables(UnaryOperator.identity());
        Statement statement = tables.createStatement()) {
      insert(tables, "2024-10-31", "NORD", 10_000, 12_500);
      insert(tables, "2024-11-05", "NORD", 30_000, 40_000);
      statement.execute(
          "insert into AUTOPULSE_MARTS.fct_registrations (period_grain, period_start, market_units) values ('month', '2024-10-01', 8), ('week', '2024-09-30', 3)");
      statement.execute(
          "insert into AUTOPULSE_MARTS.mart_market_share (grain, period_start, dimension) values ('month', '2024-10-01', 'total')");
      assertThat(
          CardSql.rows(tables, "market/market_share", Map.of()), is(List.of("0.125|2024-10")));
      assertThat(
          CardSql.rows(tables, "market/market_share", Map.of("period", "2024-11")), is(empty()));
    }
  }

  @Test
  void forecastIsThatOfTheWholeBusinessOrOfOneRegion() throws Exception {
    try (Connection tables = tables(UnaryOperator.identity());
        Statement statement = tables.createStatement()) {
      for (String member : List.of("'total', 'ALL', 7", "'region', 'NORD', 4", "'region', 'SUED', 3")) {
        statement.execute(
            "insert into AUTOPULSE_MARTS.mart_forecast_vs_actual (dimension, member, forecast_units, grain, period_start, is_latest) values (%s, 'week', '2024-12-02', true)"
                .formatted(member));
      }
      assertThat(
          CardSql.rows(tables, "forecast/expected_by_week", Map.of()),
          is(List.of("2024-12-02|7.000000|null|null")));
      assertThat(
          CardSql.rows(tables, "forecast/expected_by_week", Map.of("region", "SUED")),
          is(List.of("2024-12-02|3.000000|null|null")));
      assertThat(
          CardSql.rows(tables, "forecast/units_forecast", Map.of()), is(List.of("7.000000")));
    }
  }

  /** The lineage that dbt documents. */
  @Test
  void exposuresOfDbtAreTheTablesThatTheQuestionsRead() throws Exception {
    Map<String, Set<String>> exposed = new TreeMap<>();
    for (JsonNode exposure : YAML.readTree(MODELS.resolve("exposures.yml").toFile()).path("exposures")) {
      if (exposure.path("name").asText().startsWith("metabase_")) {
        Set<String> tables = new TreeSet<>();
        exposure
            .path("depends_on")
            .forEach(ref -> tables.add(ref.asText().replaceAll("ref\\('(\\w+)'\\)", "$1")));
        exposed.put(exposure.path("name").asText(), tables);
      }
    }
    Map<String, Set<String>> read = new TreeMap<>();
    for (Content card : ShippedContent.read().of(Content.Kind.CARD)) {
      String page = Path.of(card.file()).getParent().getFileName().toString();
      Pattern.compile("AUTOPULSE_MARTS\\.(\\w+)")
          .matcher(card.sql().text())
          .results()
          .forEach(
              table ->
                  read.computeIfAbsent("metabase_" + page, p -> new TreeSet<>())
                      .add(table.group(1)));
    }
    assertThat(read, is(exposed));
  }

  /** A quotation mark in a member neither breaks a statement nor ends its text. */
  @Test
  void memberWithAQuotationMarkIsOne() throws Exception {
    try (Connection tables = tables(UnaryOperator.identity())) {
      insert(tables, "2024-11-05", "VAL D''OISE", 30_000, 40_000);
      assertThat(
          CardSql.rows(tables, "sales/units_sold", Map.of("region", "VAL D'OISE")), hasSize(1));
      assertThat(
          CardSql.rows(tables, "sales/units_sold", Map.of("region", "VAL D'OISE")),
          is(not(List.of("null"))));
    }
  }

  private static void insert(Connection tables, String day, String region, int net, int list)
      throws SQLException {
    try (Statement statement = tables.createStatement()) {
      statement.execute(
          "insert into AUTOPULSE_MARTS.fct_sales (sold_on, region, units_sold, revenue, discount_net, discount_list) values ('%s', '%s', 1, %d, %d, %d)"
              .formatted(day, region, net, net, list));
    }
  }

  static Connection tables(UnaryOperator<String> change)
      throws SQLException, IOException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement();
        Stream<Path> files = Files.walk(MODELS)) {
      statement.execute("create schema AUTOPULSE_MARTS");
      for (Path file : files.filter(file -> file.toString().endsWith(".yml")).toList()) {
        for (JsonNode model : YAML.readTree(file.toFile()).path("models")) {
          String name = model.path("name").asText();
          List<String> columns = new ArrayList<>();
          for (JsonNode column : model.path("columns")) {
            if (column.has("data_type")) {
              columns.add(
                  "\"%s.%s\" %s"
                      .formatted(
                          name, column.path("name").asText(), column.path("data_type").asText()));
            }
          }
          if (!columns.isEmpty()) {
            String ddl = change.apply(String.join(", ", columns));
            statement.execute(
                "create table AUTOPULSE_MARTS.%s (%s)"
                    .formatted(name, ddl.replace("\"" + name + ".", "\"")));
          }
        }
      }
    }
    return connection;
  }
}
