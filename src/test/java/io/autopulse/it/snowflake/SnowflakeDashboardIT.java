package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LocalDashboard;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.serving.FetchedCopies;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.web.Dashboard;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of a warehouse on the emulator of Snowflake has the tables of DuckDB's. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SnowflakeDashboardIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String DATABASE = "SNOWFLAKEDASHBOARDIT";
  private static final String URI_TEXT = "snowflake://EMULATED/" + DATABASE + "/AUTOPULSE_CORE";

  /** What pages show beside sales, in the words of both warehouses. */
  private static final List<String> OTHERS =
      List.of(
          "insert into AUTOPULSE_CORE.market_registrations_history values (date '2024-11-01', 'month', 'ALL', 'ALL', 'ALL', 'BEV', date '2024-12-05', 900, 'r1'), (date '2024-11-01', 'month', 'ALL', 'ALL', 'ALL', 'ICE', date '2024-12-05', 2100, 'r1'), (date '2024-12-01', 'month', 'ALL', 'ALL', 'ALL', 'BEV', date '2025-01-05', 1000, 'r1'), (date '2024-12-01', 'month', 'ALL', 'ALL', 'ALL', 'ICE', date '2025-01-05', 1900, 'r1')",
          "insert into AUTOPULSE_CORE.trend_features (week_start, dimension, member, units, share_change, run_id) values (date '2024-12-02', 'region', 'NORTH', 3, 0.001, 'r1'), (date '2024-12-09', 'region', 'NORTH', 9, 0.002, 'r1')",
          "insert into AUTOPULSE_CORE.rejected_records values ('%s', 'sales', 'erp.csv:7', 'MISSING_FIELD', 'parse', 'status', 'status is required and missing', 'V-1,''é'' ***', 'csv', null)");

  @TempDir private Path folder;

  @Test
  void tablesAreThoseOfDuckDb(SnowflakeEmulator snowflake) throws Exception {
    snowflake.dropCoreTables(DATABASE);
    Map<String, String> environment = snowflake.environment("dashboard");
    SnowflakeRefreshes refreshes =
        new SnowflakeRefreshes(
            folder,
            URI_TEXT,
            environment,
            List.of("--awsRegion=us-east-1", "--endpoint=" + snowflake.s3Endpoint()));
    Path manifest =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(Nightly.size(200, 2_000))
                .withSizes(3, 5, 1)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2024, 11, 1), LocalDate.of(2025, 1, 1))));
    List<Map<String, String>> tables = new ArrayList<>();
    for (String uri : List.of("duckdb:" + folder.resolve("w.duckdb"), URI_TEXT)) {
      refreshes.runHere(manifest, uri);
      try (Warehouse warehouse =
          Warehouses.open(WarehouseUri.parse(uri), DuckDbSettings.RUN, environment)) {
        ServingFolder copies = ServingFolder.at(folder.resolve("copies-" + tables.size()));
        try (Connection connection = warehouse.connect();
            Statement statement = connection.createStatement()) {
          String run = ServingFolder.lastPublished(connection).orElseThrow();
          for (String other : OTHERS) {
            statement.execute(other.formatted(run));
          }
          if (tables.isEmpty()) {
            copies.write(connection, run);
          }
        }
        if (!tables.isEmpty()) {
          FetchedCopies fetched = new FetchedCopies(warehouse, copies);
          assertThat(fetched.refresh().isPresent(), is(true));
          assertThat(fetched.refresh(), is(Optional.empty()));
        }
        tables.add(tables(copies));
      }
    }
    assertThat(tables.get(0).size(), is(greaterThan(20)));
    assertThat(tables.get(0).toString(), containsString("MISSING_FIELD"));
    assertThat(tables.get(1), is(tables.get(0)));
  }

  /** Reads every table that the API describes as CSV, without what a run alone knows. */
  private static Map<String, String> tables(ServingFolder copies) throws Exception {
    Map<String, String> tables = new TreeMap<>();
    try (Dashboard dashboard =
        Dashboard.start(
            LocalDashboard.settings(ZoneOffset.UTC, List.of()),
            copies,
            Clock.fixed(Instant.parse("2025-01-02T07:00:00Z"), ZoneOffset.UTC))) {
      for (String line : get(dashboard, "/assets/openapi.yaml").lines().toList()) {
        if (line.startsWith("  /api/v1/")) {
          String path = line.strip().replace("/api/v1", "").replace(":", "");
          if (!path.equals("/health/jobs") && !path.equals("/health/runs")) {
            for (String query : List.of("?period=2024-12", "?period=2024-Q4&powertrain=BEV")) {
              String address = path + ".csv" + query + (path.endsWith("/rows") ? "&by=sale" : "");
              tables.put(
                  address,
                  get(dashboard, address).lines().skip(2).collect(Collectors.joining("\n")));
            }
          }
        }
      }
    }
    return tables;
  }

  private static String get(Dashboard dashboard, String path) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(dashboard.address()).resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(path + ": " + answer.body(), answer.statusCode(), is(oneOf(200, 404)));
    return answer.body();
  }
}
