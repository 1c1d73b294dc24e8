package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.sink.live.LiveFolder;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownSalesTest {
  private static final LocalDate OCTOBER = LocalDate.of(2026, 10, 1);

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private LiveFolder folder;

  @BeforeEach
  void open() throws IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("w.duckdb")), DuckDbSettings.RUN);
    folder = new LiveFolder(directory.resolve("o'live [a]*"));
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  // 35 days before 2026-11-28 is 2026-10-24, a Saturday.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          day              | 35d     | 2026-10-24
          hour             | 35d     | 2026-10-24
          day, week        | 35d     | 2026-10-19
          day, week, month | 35d     | 2026-10-01
          month            | 24h     | 2026-11-01
          day              | 999999w | 1900-01-01
          """)
  void allWindowsThatCanBeCorrectedAreWhole(String grains, String corrections, LocalDate since)
      throws IOException {
    Manifest manifest = manifest("UTC", grains, corrections);
    Duration horizon = manifest.live().orElseThrow().corrections();
    assertThat(
        KnownSales.since(Instant.parse("2026-11-28T10:00:00Z"), horizon, manifest), is(since));
  }

  @Test
  void dateIsThatOfTheManifestsTimeZone() throws IOException {
    Manifest manifest = manifest("Asia/Tokyo", "day", "24h");
    assertThat(
        KnownSales.since(Instant.parse("2026-11-28T20:00:00Z"), Duration.ofHours(24), manifest),
        is(LocalDate.of(2026, 11, 28)));
  }

  @Test
  void allVersionsOfSalesOfTheseDatesAreTaken() throws Exception {
    // Midnight of 1 October in Paris is 22:00 UTC of the day before.
    version("KEPT", 1, "2026-09-30 22:00:00", "EUR");
    version("BEFORE", 1, "2026-09-30 21:59:59", "EUR");
    version("MOVED", 1, "2026-10-15 08:00:00", "EUR");
    version("MOVED", 2, "2026-09-15 08:00:00", "EUR");
    version("FRANCS", 1, "2026-10-15 08:00:00", "CHF");
    pane("2026-09-28");
    pane("2026-10-01");
    List<String> said = new ArrayList<>();
    KnownSales known = KnownSales.of(folder, "r1", OCTOBER);

    assertThat(
        known.take(warehouse, manifest("Europe/Paris", "month", "35d"), said::add), is(true));

    assertThat(
        Files.readAllLines(known.file()).stream().sorted().toList(),
        contains(
            line("KEPT", 1, "2026-09-30T22:00"),
            line("MOVED", 1, "2026-10-15T08:00"),
            line("MOVED", 2, "2026-09-15T08:00")));
    assertThat(Files.getLastModifiedTime(known.file()).toMillis(), is(0L));
    assertThat(
        rows("select cast(window_start as date) from sales_kpi_live"), contains("2026-09-28"));
    assertThat(
        said,
        contains(
            "no checkpoint: starting anew with the sales since 2026-10-01 that the warehouse knows; 1 live KPI rows are computed anew"));
  }

  @Test
  void emptyWarehouseGivesNoFileAndSaysNothing() throws Exception {
    Files.createDirectories(folder.known());
    Files.writeString(folder.known().resolve("r0.jsonl"), "{}\n");
    List<String> said = new ArrayList<>();
    KnownSales known = KnownSales.of(folder, "r1", OCTOBER);

    assertThat(known.take(warehouse, manifest("UTC", "day", "35d"), said::add), is(false));

    assertThat(Files.exists(known.file()), is(false));
    assertThat(
        "that of an earlier state", Files.exists(folder.known().resolve("r0.jsonl")), is(false));
    assertThat(said, is(List.of()));
  }

  private static String line(String sale, int sequence, String sold) {
    return """
        {"sale_id":"%s","updated_at":"2026-11-01T10:00:00.000123","sequence":"%d","status":"SOLD","sold_at":"%s",\
        "model_id":null,"make":"RENAULT","model":"CLIO","segment":"B","powertrain":"UNKNOWN","dealer_id":"D1",\
        "region":"NORD","list_price":null,"net_price":20000.00,"currency":"EUR","channel":null,"source":"erp"}"""
        .formatted(sale, sequence, sold);
  }

  private void version(String sale, int sequence, String sold, String currency)
      throws SQLException {
    execute(
        """
        insert into sale_versions (
            sale_id, updated_at, sequence, status, sold_at, sold_on, make, model, segment, powertrain, dealer_id, region,
            net_price, currency, source, run_id
        ) values (
            '%s', '2026-11-01 10:00:00.000123', %d, 'SOLD', '%3$s', '%3$s', 'RENAULT', 'CLIO', 'B', 'UNKNOWN', 'D1', 'NORD',
            20000, '%4$s', 'erp', 'r0'
        )
        """
            .formatted(sale, sequence, sold, currency));
  }

  private void pane(String start) throws SQLException {
    execute(
        """
        insert into sales_kpi_live (
            grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue,
            revision, is_final, computed_at, run_id
        ) values ('month', '%1$s', '%1$s', 'total', 'ALL', 1, 0, 0, 1, 1, false, '%1$s', 'r0')
        """
            .formatted(start));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private Manifest manifest(String zone, String grains, String corrections) throws IOException {
    String text =
        """
        job: live-sales
        timezone: %s
        live: {panes: 10s, corrections: %s}
        feeds: {sales: {from: {type: csv, path: "in/*.csv"}}}
        kpis: {grains: [%s], dimensions: [total]}
        """
            .formatted(zone, corrections, grains);
    return new ManifestReader(Map.of())
        .read(Files.writeString(directory.resolve("live.yaml"), text), List.of());
  }
}
