package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.GenerateSpec;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.CarSalesExport;
import io.autopulse.testing.Landing;
import io.autopulse.testing.SharedSnowflake;
import io.autopulse.testing.SnowflakeEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar publishes the same tables to the Snowflake emulator as to DuckDB, through SnowflakeIO.
 */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SnowflakeRefreshIT {
  private static final String DATABASE = "SNOWFLAKEREFRESHIT";
  private static final String URI = "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE";

  @TempDir Path folder;

  private SnowflakeEmulator snowflake;

  @BeforeEach
  void emptyWarehouse(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    shared.dropCoreTables(DATABASE);
  }

  @Test
  void hostileLandingZoneGivesTheTablesOfDuckDb() throws Exception {
    refreshes().publishHostileSalesAndTheirCorrections();
  }

  @Test
  void marketDataGivesTheTablesAndSharesOfDuckDb() throws Exception {
    SnowflakeRefreshes refreshes = refreshes();
    Path sales =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(1_000)
                .withSizes(15, 20, 1)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 3, 1))));
    Path market = sales.resolveSibling("market.yaml");
    Path duckDb = folder.resolve("w.duckdb");
    for (String warehouse : List.of("duckdb:" + duckDb, URI)) {
      refreshes.run(sales, warehouse, "direct").mustExit(0);
      refreshes.run(market, warehouse, "direct").mustExit(0);
    }
    refreshes.assertSameTables(duckDb);
    refreshes.assertNothingStaged();
    assertThat(
        refreshes.rows("select 1 from AUTOPULSE_CORE.sales_kpi where market_share > 0").size(),
        is(greaterThan(100)));
    assertThat(
        refreshes.rows("select 1 from AUTOPULSE_CORE.fuel_prices_history").size(), is(60 * 13 * 3));
  }

  @Test
  void trendsGiveTheFeaturesAndMoversOfDuckDb() throws Exception {
    SnowflakeRefreshes refreshes = refreshes();
    Path sales = Landing.generate(folder.resolve("landing"), 3_000, 0);
    Path trends = Path.of("pipelines/trend-features.yaml").toAbsolutePath();
    Path duckDb = folder.resolve("w.duckdb");
    for (String warehouse : List.of("duckdb:" + duckDb, URI)) {
      refreshes.run(sales, warehouse, "direct").mustExit(0);
      refreshes
          .run(
              trends,
              warehouse,
              "direct",
              "--set",
              "trends.dimensions=[total, region, powertrain]",
              "--from",
              "2024-06-03",
              "--to",
              "2024-12-30")
          .mustExit(0);
    }
    refreshes.assertSameRows(
        duckDb, "select * exclude (run_id) from AUTOPULSE_CORE.trend_features");
    refreshes.assertSameRows(duckDb, "select * from AUTOPULSE_CORE.trend_movers");
    refreshes.assertSameRows(
        duckDb,
        "select * from AUTOPULSE_CORE.sales_kpi_sliding where grain = '7d' and dimension = 'region'");
    refreshes.assertNothingStaged();
  }

  @Test
  void failedAuditPublishesNothingAndTheNextRunDropsWhatWasStaged() throws Exception {
    SnowflakeRefreshes refreshes = refreshes();
    Path manifest = Landing.generate(folder.resolve("landing"), 2_000, 0.02);
    Result refused =
        refreshes.run(manifest, URI, "direct", "--set", "audits.max_rejected=0.001").mustExit(3);
    assertThat(
        refused.err(),
        allOf(
            containsString("published nothing, and the warehouse is as it was"),
            containsString("What the run staged is kept in tables STG_..__r")));
    assertThat(refreshes.rows("select * from AUTOPULSE_CORE.sales"), is(empty()));
    assertThat(
        refreshes.rows("select status from AUTOPULSE_CORE.load_runs"),
        is(List.of("status=8:REJECTED")));
    assertThat(refreshes.stagedRelations(), is(not(empty())));

    refreshes.run(manifest, URI, "direct").mustExit(0);
    assertThat(refreshes.rows("select 1 from AUTOPULSE_CORE.sales").size(), is(greaterThan(1000)));
    refreshes.assertNothingStaged();
  }

  @Test
  void hostileNamesOfWarehousesAreTheUsersToMend() {
    SnowflakeRefreshes refreshes = refreshes();
    Path manifest = Landing.generate(folder.resolve("landing"), 10, 0);
    for (String uri :
        List.of(
            "snowflake://EMULATED/A;drop table x/AUTOPULSE_CORE",
            "snowflake://EMULATED/A'--/AUTOPULSE_CORE",
            URI + "?warehouse=W'X",
            "snowflake://EMULATED/A/OTHER")) {
      refreshes.run(manifest, uri, "direct").mustExit(2);
    }
    assertThat(
        refreshes
            .with("AUTOPULSE_SNOWFLAKE_STAGE", "s3://staging/a.*/")
            .run(manifest, URI, "direct")
            .mustExit(2)
            .err(),
        containsString("AUTOPULSE_SNOWFLAKE_STAGE"));
    assertThat(
        refreshes
            .with("AUTOPULSE_SNOWFLAKE_STAGE", "")
            .run(manifest, URI, "direct")
            .mustExit(2)
            .err(),
        containsString("AUTOPULSE_SNOWFLAKE_STAGE: it is not set"));
  }

  /** The real export where its file is, else an invented one of the same shape. */
  @Test
  void exportOfAnErpGivesTheTablesOfDuckDb() throws Exception {
    Path export = CarSalesExport.real();
    if (!Files.exists(export)) {
      System.out.println(
          "SnowflakeRefreshIT: no real export at " + export + "; an invented one is run");
      export = folder.resolve("export.csv");
      CarSalesExport.write(export, 4000);
    }
    Path manifest = CarSalesExport.writeManifest(folder);
    SnowflakeRefreshes refreshes = refreshes().with("AUTOPULSE_CAR_SALES", export.toString());
    Path duckDb = folder.resolve("w.duckdb");

    refreshes.run(manifest, "duckdb:" + duckDb, "direct").mustExit(0);
    refreshes.run(manifest, URI, "direct").mustExit(0);
    refreshes.assertSameTables(duckDb);
    try (Stream<String> lines = Files.lines(export)) {
      long records = lines.count() - 1;
      assertThat(
          refreshes.rows("select rows_read from AUTOPULSE_CORE.load_run_feeds"),
          is(List.of("rows_read=%d:%d".formatted(String.valueOf(records).length(), records))));
    }
  }

  private SnowflakeRefreshes refreshes() {
    Map<String, String> environment = snowflake.environment("refresh");
    environment.put("AUTOPULSE_DEBUG", "1");
    return new SnowflakeRefreshes(
        folder,
        URI,
        environment,
        List.of("--awsRegion=us-east-1", "--endpoint=" + snowflake.s3Endpoint()));
  }
}
