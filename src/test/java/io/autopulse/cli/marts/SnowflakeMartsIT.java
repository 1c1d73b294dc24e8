package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.it.snowflake.SnowflakeRefreshes;
import io.autopulse.operations.metabase.CardSql;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The marts on the emulator of Snowflake are those of DuckDB, table by table. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SnowflakeMartsIT {
  private static final String DATABASE = "SNOWFLAKEMARTSIT";
  private static final String URI = "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE";

  /** Without what a run or a build alone knows. */
  private static final Map<String, String> TABLES =
      Map.ofEntries(
          Map.entry("dim_date", ""),
          Map.entry("dim_vehicle", ""),
          Map.entry("dim_region", ""),
          Map.entry("dim_make", ""),
          Map.entry("fct_sales", "run_id, dealer_key"),
          Map.entry("fct_sale_versions", "run_id"),
          Map.entry("mart_sales_by_model", ""),
          Map.entry("mart_sales_by_region", ""),
          Map.entry("mart_sales_by_dealer", ""),
          Map.entry("mart_sales_by_powertrain", ""),
          Map.entry("mart_price_trends", ""),
          Map.entry("mart_target_attainment", ""),
          Map.entry("mart_targets_by_dealer", ""));

  @TempDir private Path folder;

  @Test
  void martsAreThoseOfDuckDb(SnowflakeEmulator snowflake) throws Exception {
    snowflake.dropCoreTables(DATABASE);
    Map<String, String> environment = snowflake.environment("marts");
    SnowflakeRefreshes refreshes =
        new SnowflakeRefreshes(
            folder,
            URI,
            environment,
            List.of("--awsRegion=us-east-1", "--endpoint=" + snowflake.s3Endpoint()));
    Path manifest =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(Nightly.size(200, 2_000))
                .withSizes(3, 5, 1)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2024, 11, 1), LocalDate.of(2025, 1, 1))));
    Path duckDb = folder.resolve("w.duckdb");
    for (String warehouse : List.of("duckdb:" + duckDb, URI)) {
      refreshes.runHere(manifest, warehouse);
      build(warehouse, environment);
    }
    assertSameMarts(duckDb, environment);
    try (Warehouse marts =
            Warehouses.open(WarehouseUri.parse(URI), DuckDbSettings.QUERY, environment);
        Connection connection = marts.connect()) {
      assertThat(CardSql.failures(connection, false), is(empty()));
    }

    if (Nightly.runs()) {
      // A second build takes the facts over, restates a day and swaps again.
      for (String warehouse : List.of("duckdb:" + duckDb, URI)) {
        change(warehouse, environment);
        build(warehouse, environment);
      }
      assertSameMarts(duckDb, environment);
    }
  }

  private static void change(String uri, Map<String, String> environment) throws Exception {
    try (Warehouse warehouse =
            Warehouses.open(WarehouseUri.parse(uri), DuckDbSettings.RUN, environment);
        Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update AUTOPULSE_CORE.sales set net_price = net_price + 1 where sale_id = (select min(sale_id) from AUTOPULSE_CORE.sales)");
      statement.execute(
          "update AUTOPULSE_CORE.dealers set region = 'MOVED' where dealer_id = (select min(dealer_id) from AUTOPULSE_CORE.dealers)");
    }
  }

  private void build(String warehouse, Map<String, String> environment) {
    DbtResults results =
        new Marts(
                WarehouseUri.parse(warehouse),
                Optional.of("fr"),
                Duration.ZERO,
                MartsIT.HOME,
                environment,
                text -> {})
            .build(Instant.now(), MartsIT.MODELS_ALONE);
    assertThat(results.models(), is(greaterThan(30)));
  }

  private static void assertSameMarts(Path duckDb, Map<String, String> environment)
      throws Exception {
    List<String> different = new ArrayList<>();
    try (Connection embedded = PublishedTables.open(duckDb);
        Warehouse snowflake =
            Warehouses.open(WarehouseUri.parse(URI), DuckDbSettings.QUERY, environment);
        Connection emulated = snowflake.connect()) {
      for (Map.Entry<String, String> table : TABLES.entrySet()) {
        String query =
            "select * %s from AUTOPULSE_MARTS.%s"
                .formatted(
                    table.getValue().isEmpty() ? "" : "exclude (" + table.getValue() + ")",
                    table.getKey());
        List<String> expected = WarehouseRows.of(embedded, query);
        assertThat(table.getKey(), expected, is(not(empty())));
        List<String> found = WarehouseRows.of(emulated, query);
        if (!found.equals(expected)) {
          different.add(
              "%s: %d rows, not %d, %s"
                  .formatted(
                      table.getKey(),
                      found.size(),
                      expected.size(),
                      WarehouseRows.difference(found, expected)));
        }
      }
    }
    assertThat(different, is(empty()));
  }
}
