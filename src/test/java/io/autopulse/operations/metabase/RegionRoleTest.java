package io.autopulse.operations.metabase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a region sees, by its views on DuckDB: roles and grants are Snowflake's alone. */
class RegionRoleTest {
  private static final Path TEMPLATE = Path.of("dashboards/metabase/region.sql");

  @Test
  void regionSeesItsOwnRowsAndNoOthers() throws Exception {
    try (Connection marts = CardSqlTest.tables(UnaryOperator.identity());
        Statement statement = marts.createStatement()) {
      statement.execute(
          """
          insert into AUTOPULSE_MARTS.fct_sales (sold_on, region, units_sold, revenue) values
            ('2024-11-05', 'NORD', 1, 10000), ('2024-11-06', 'VAL D''OISE', 1, 20000), ('2024-11-07', null, 1, 40000)""");
      statement.execute(
          """
          insert into AUTOPULSE_MARTS.mart_forecast_vs_actual (dimension, member, forecast_units, grain, period_start, is_latest) values
            ('total', 'ALL', 7, 'week', '2024-12-02', true), ('region', 'NORD', 4, 'week', '2024-12-02', true), ('region', 'VAL D''OISE', 3, 'week', '2024-12-02', true)""");
      statement.execute(
          """
          insert into AUTOPULSE_MARTS.mart_sales_by_dealer (dealer_id, region) values
            ('D1', 'NORD'), ('D2', 'VAL D''OISE'), ('D3', 'NORD'), ('D3', 'VAL D''OISE')""");
      statement.execute(
          """
          insert into AUTOPULSE_MARTS.mart_target_attainment (month_start, dealer_id, make, model, target_units, actual_units) values
            ('2024-11-01', 'D1', 'ALL', 'ALL', 5, 1), ('2024-11-01', 'D2', 'ALL', 'ALL', 6, 1), ('2024-11-01', 'D3', 'ALL', 'ALL', 7, 1)""");
      statement.execute(
          "insert into AUTOPULSE_MARTS.mart_data_quality (run_id, feed, job) values ('r1', 'sales', 'daily')");

      become(marts, "NORD");
      assertThat(CardSql.failures(marts, false), is(empty()));
      assertThat(CardSql.rows(marts, "sales/revenue", Map.of()), is(List.of("10000.00")));
      assertThat(
          CardSql.rows(marts, "sales/revenue", Map.of("region", "VAL D'OISE")),
          is(List.of("null")));
      assertThat(CardSql.rows(marts, "forecast/units_forecast", Map.of()), is(List.of("4.000000")));
      assertThat(
          CardSql.rows(marts, "sales/targets_by_dealer", Map.of()),
          is(List.of("2024-11|D1|5|1|null|null")));
      assertThat(CardSql.rows(marts, "data_health/runs", Map.of()), is(List.of("0")));

      become(marts, "VAL D'OISE");
      assertThat(CardSql.rows(marts, "sales/revenue", Map.of()), is(List.of("20000.00")));

      become(marts, "OF NOBODY");
      assertThat(CardSql.rows(marts, "sales/revenue", Map.of()), is(List.of("null")));
      assertThat(CardSql.rows(marts, "forecast/forecast_by_region", Map.of()), is(empty()));
    }
  }

  @Test
  void everyTableThatAQuestionReadsHasAView() throws Exception {
    Set<String> read = new TreeSet<>();
    for (Content card : ShippedContent.read().of(Content.Kind.CARD)) {
      Pattern.compile("AUTOPULSE_MARTS\\.(\\w+)")
          .matcher(card.sql().text())
          .results()
          .forEach(table -> read.add(table.group(1)));
    }
    Set<String> views = new TreeSet<>();
    Pattern.compile("secure view \\S+\\.(\\w+) as")
        .matcher(Files.readString(TEMPLATE))
        .results()
        .forEach(view -> views.add(view.group(1)));
    assertThat(views, is(read));
  }

  @Test
  void regionsWithNamesThatLookAlikeHaveRolesOfTheirOwn() {
    assertThat(new RegionRole("NORD", "AUTOPULSE").name(), is("AUTOPULSE_REGION_NORD"));
    assertThat(
        new RegionRole("A B", "AUTOPULSE").name(),
        is(not(new RegionRole("A-B", "AUTOPULSE").name())));
    assertThat(
        new RegionRole("VAL D'OISE", "AUTOPULSE").sql("where region = {region}"),
        is("where region = 'VAL D''OISE'"));
    assertThat(
        assertThrows(InputException.class, () -> new RegionRole("N", "a; drop")).getMessage(),
        containsString("--database: is no plain name"));
  }

  private static void become(Connection marts, String region) throws Exception {
    RegionRole role = new RegionRole(region, "memory");
    try (Statement statement = marts.createStatement()) {
      statement.execute("attach ':memory:' as " + role.name());
      for (String sql : role.sql(Files.readString(TEMPLATE)).split(";\\s*\n")) {
        String plain = sql.replaceAll("(?m)^--.*\n", "").strip();
        if (plain.startsWith("create schema") || plain.startsWith("create or replace secure")) {
          statement.execute(plain.replace("secure view", "view"));
        }
      }
      statement.execute("use " + role.name());
    } catch (SQLException e) {
      throw new IllegalStateException("views of " + region, e);
    }
  }
}
