package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.sink.publish.AuditFailedException;
import io.autopulse.sink.publish.forecast.ForecastOverride;
import io.autopulse.testing.CarSalesExport;
import io.autopulse.testing.Landing;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.Warehouse;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs publish the same tables to the Snowflake emulator as to DuckDB, through SnowflakeIO. The jar
 * does so for sales; what is not about a process runs in this one.
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
      refreshes.runHere(sales, warehouse);
      refreshes.runHere(market, warehouse);
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
      refreshes.runHere(sales, warehouse);
      refreshes.runHere(
          trends,
          warehouse,
          Optional.of(new BusinessInterval(LocalDate.of(2024, 6, 3), LocalDate.of(2024, 12, 30))),
          "trends.dimensions=[total, region, powertrain]");
    }
    refreshes.assertSameRows(
        duckDb, "select * exclude (run_id) from AUTOPULSE_CORE.trend_features");
    refreshes.assertSameRows(duckDb, "select * from AUTOPULSE_CORE.trend_movers");
    refreshes.assertSameRows(
        duckDb,
        "select * from AUTOPULSE_CORE.sales_kpi_sliding where grain = '7d' and dimension = 'region'");
    refreshes.assertNothingStaged();
  }

  /** With an end and a launch that were known, so that every query of the job gives rows. */
  @Test
  void forecastsGiveTheLedgerOfDuckDb() throws Exception {
    SnowflakeRefreshes refreshes = refreshes();
    Path sales =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(400)
                .withSizes(1, 2, 1)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 7, 29))));
    Path forecast = Path.of("pipelines/weekly-forecast.yaml").toAbsolutePath();
    Path duckDb = folder.resolve("w.duckdb");
    for (String warehouse : List.of("duckdb:" + duckDb, URI)) {
      refreshes.runHere(sales, warehouse);
      try (Warehouse opened = refreshes.open(warehouse);
          Connection connection = opened.connect()) {
        for (String sql : DATES_OF_VEHICLES) {
          connection.createStatement().execute(sql);
        }
      }
      refreshes.runHere(forecast, warehouse, FORECAST);
    }
    String vintages =
        "select grain, as_of, vintage, forecast_rows, fingerprint from"
            + " AUTOPULSE_CORE.forecast_vintages";
    refreshes.assertSameRows(duckDb, "select * exclude (run_id) from AUTOPULSE_CORE.forecasts");
    refreshes.assertSameRows(duckDb, vintages);
    refreshes.assertSameRows(
        duckDb,
        "select distinct member, made_by from AUTOPULSE_CORE.forecasts where made_by in ('run_out',"
            + " 'launch_curve')");

    refreshes.runHere(forecast, URI, FORECAST);
    refreshes.assertSameRows(duckDb, vintages);

    try (Warehouse opened = refreshes.open(URI);
        Connection connection = opened.connect()) {
      new ForecastOverride(
              "week", "total", "ALL", LocalDate.of(2024, 8, 5), new BigDecimal(42), "Kim", "a fair")
          .add(connection, Instant.parse("2024-07-30T08:00:00Z"));
    }
    assertThat(
        refreshes.rows(
            "select override_units, override_author from AUTOPULSE_CORE.forecasts_current where"
                + " override_units is not null"),
        is(List.of("override_units=9:42.000000|override_author=3:Kim")));
    refreshes.assertNothingStaged();
  }

  private static final String[] FORECAST = {
    "forecast.as_of=2024-07-28",
    "forecast.horizon=2",
    "forecast.windows=3",
    "forecast.dimensions=[total, model, [region, model]]"
  };

  private static final List<String> DATES_OF_VEHICLES =
      List.of(
          "update AUTOPULSE_CORE.vehicles_history set known_at = timestamp '2024-07-01 00:00:00'",
          "update AUTOPULSE_CORE.vehicles_history set discontinued_on = date '2024-07-29' where"
              + " model_id = 'M00001'",
          "insert into AUTOPULSE_CORE.vehicles_history (model_id, known_at, make, model, segment,"
              + " powertrain, launched_on, run_id) values ('M9', timestamp '2024-07-01 00:00:00',"
              + " 'RENAULT', 'NEXT', 'SUV', 'BEV', date '2024-08-05', 'r')");

  @Test
  void failedAuditPublishesNothingAndTheNextRunDropsWhatWasStaged() throws Exception {
    SnowflakeRefreshes refreshes = refreshes();
    Path manifest = Landing.generate(folder.resolve("landing"), 1_000, 0.02);
    AuditFailedException refused =
        assertThrows(
            AuditFailedException.class,
            () -> refreshes.runHere(manifest, URI, "audits.max_rejected=0.001"));
    assertThat(
        refused.getMessage(),
        allOf(
            containsString("published nothing, and the warehouse is as it was"),
            containsString("What the run staged is kept in tables STG_..__r")));
    assertThat(refreshes.rows("select * from AUTOPULSE_CORE.sales"), is(empty()));
    assertThat(
        refreshes.rows("select status from AUTOPULSE_CORE.load_runs"),
        is(List.of("status=8:REJECTED")));
    assertThat(refreshes.stagedRelations(), is(not(empty())));

    refreshes.runHere(manifest, URI);
    assertThat(refreshes.rows("select 1 from AUTOPULSE_CORE.sales").size(), is(greaterThan(500)));
    refreshes.assertNothingStaged();
  }

  @Test
  void hostileNamesOfWarehousesAreTheUsersToMend() {
    SnowflakeRefreshes refreshes = refreshes();
    Path manifest = Landing.generate(folder.resolve("landing"), 10, 0);
    refreshes
        .run(manifest, "snowflake://EMULATED/A;drop table x/AUTOPULSE_CORE", "direct")
        .mustExit(2);
    for (String uri :
        List.of(
            "snowflake://EMULATED/A;drop table x/AUTOPULSE_CORE",
            "snowflake://EMULATED/A'--/AUTOPULSE_CORE",
            URI + "?warehouse=W'X",
            "snowflake://EMULATED/A/OTHER")) {
      assertThrows(InputException.class, () -> refreshes.runHere(manifest, uri), uri);
    }
    assertThat(stageRefused("s3://staging/a.*/"), containsString("AUTOPULSE_SNOWFLAKE_STAGE"));
    assertThat(stageRefused(""), containsString("AUTOPULSE_SNOWFLAKE_STAGE: it is not set"));
  }

  private String stageRefused(String stage) {
    SnowflakeRefreshes refreshes = refreshes().with("AUTOPULSE_SNOWFLAKE_STAGE", stage);
    Path manifest = folder.resolve("landing/manifest.yaml");
    return assertThrows(InputException.class, () -> refreshes.runHere(manifest, URI)).getMessage();
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

    refreshes.runHere(manifest, "duckdb:" + duckDb);
    refreshes.runHere(manifest, URI);
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
