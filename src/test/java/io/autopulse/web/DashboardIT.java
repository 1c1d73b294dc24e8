package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.LocalDashboard;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.NodeEnvironment;
import io.autopulse.testing.Parity;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.web.export.PageAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser: nothing is out of anybody's reach, and nothing calls elsewhere. */
class DashboardIT {
  private static final List<String> PAGES =
      List.of(
          "overview",
          "overview?period=2024-05&against=year&lang=fr",
          "overview?period=2025",
          "sales",
          "sales?period=2024&by=dealer&lang=fr&sort=-share",
          "sales?by=sale&region=CORSE",
          "market?lang=fr&period=2024-05",
          "market?powertrain=BEV",
          "overview?known=2024-05-20",
          "sales?known=2024-05-20&lang=fr",
          "forecast?lang=fr",
          "live",
          "live?lang=fr",
          "forecast?region=SOUTH",
          "health",
          "health?lang=fr");

  @TempDir private Path directory;

  @Test
  void everyPageIsAccessibleQuietAndWorksWithoutScripts() throws Exception {
    Path pictures = Files.createDirectories(Path.of("target/dashboard"));
    String said;
    try (ServedWarehouse served = ServedWarehouse.in(directory)) {
      List<String> arguments = new ArrayList<>();
      arguments.add(served.address());
      arguments.add(NodeEnvironment.chromium().toString());
      arguments.add(pictures.toAbsolutePath().toString());
      arguments.addAll(PAGES);
      arguments.add(exported(served).toUri().toString());
      said = NodeEnvironment.run("dashboard.mjs", arguments);
    }
    assertThat(
        said, said.lines().filter(line -> line.startsWith("PROBLEM")).toList(), is(List.of()));
    assertThat(said, containsString("\nDRILLED ?by=sale&model="));
    assertThat(said, containsString("\nBACK ?region=BRETAGNE&dealer=D2\n"));
    assertThat(said, containsString("\nCLICKED ?region=BRETAGNE\nLIFTED .\n"));
    assertThat(said, containsString("\nKNOWN ?known=2024-05-20\n"));
    assertThat(said, containsString("\nSTEP ?powertrain=BEV\n"));
    assertThat(said, containsString("\nZOOMED ?period=2024-01\n"));
    assertThat(said, containsString("\nDONE"));
  }

  /** Sales are invented as they happen, a live job follows them, and a browser watches. */
  @Test
  void livePageShowsSalesInPlaceWhileALiveJobRuns() throws Exception {
    Path pictures = Files.createDirectories(Path.of("target/dashboard"));
    ServingFolder folder = servedPast(directory.resolve("live.duckdb"));
    AutopulseJar jar =
        AutopulseJar.in(directory).with(Map.of("AUTOPULSE_WAREHOUSE", "duckdb:live.duckdb"));
    AutopulseJar.Call sales = jar.start("generate", "--live", "--to", "stream", "--rate", "20");
    assertThat(sales.awaitErr("Follow: autopulse run "), is(true));
    AutopulseJar.Call job = jar.start("run", "stream/live.yaml");
    String said;
    boolean equal;
    try (Dashboard dashboard =
        Dashboard.start(
            LocalDashboard.settings(ZoneOffset.UTC, List.of()), folder, Clock.systemUTC())) {
      said =
          NodeEnvironment.run(
              "live.mjs",
              List.of(
                  dashboard.address(),
                  NodeEnvironment.chromium().toString(),
                  pictures.toAbsolutePath().toString()));
      sales.process().destroy();
      sales.await();
      equal = showsTheKpisOfToday(dashboard.address());
    } finally {
      sales.process().destroy();
      job.process().destroy();
    }
    String log = job.await().err();
    assertThat(
        said + log,
        said.lines().filter(line -> line.startsWith("PROBLEM")).toList(),
        is(List.of()));
    assertThat(said, containsString("\nDONE"));
    assertThat("the page's units are the KPIs'", equal, is(true));
  }

  /** Makes a warehouse with three sales on the same weekday of each of the last four weeks. */
  private static ServingFolder servedPast(Path file) throws Exception {
    MigratedFile.at(file);
    ServingFolder folder = ServingFolder.of(file);
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection core = warehouse.connect();
        Statement statement = core.createStatement()) {
      for (int week = 1; week <= 4; week++) {
        for (int sale = 0; sale < 3; sale++) {
          statement.execute(
              """
              insert into sales values (
                'past %d %d', timestamp '%s 10:0%d:00', 0, 'SOLD', timestamp '%s 10:0%d:00', date '%s', null, 'FIAT', '500',
                'SMALL', 'BEV', 'D1', 'CORSE', null, 18000, 'EUR', null, null, 'r1')
              """
                  .formatted(week, sale, today(week), sale, today(week), sale, today(week)));
        }
      }
      statement.execute(
          "insert into load_runs (run_id, job, status, started_at, ended_at) values ('r1', 'erp', 'PUBLISHED', timestamp '%s 04:00:00', timestamp '%s 04:00:00')"
              .formatted(today(0), today(0)));
      folder.write(core, "r1");
    }
    return folder;
  }

  private static LocalDate today(int weeksAgo) {
    return LocalDate.now(ZoneId.of("Europe/Paris")).minusWeeks(weeksAgo);
  }

  /** Waits until the page's units are the KPIs' of today. */
  private boolean showsTheKpisOfToday(String address) throws Exception {
    Parity parity = new Parity(directory);
    String kpis =
        "(select sum(units_sold) from live.autopulse_core.sales_kpi_current where grain = 'day' and dimension = 'total' and window_start = timestamp '%s') = "
            .formatted(today(0));
    for (int attempt = 0; attempt < 600; attempt++) {
      String figures =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(address + "live/figures.csv")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      String units =
          figures
              .lines()
              .filter(line -> line.startsWith("units_sold,"))
              .map(line -> line.split(",")[1])
              .findFirst()
              .orElseThrow();
      if (parity.holds(kpis + units)) {
        return true;
      }
      AutopulseJar.pause(200);
    }
    return false;
  }

  /** A part of the business, as a file. */
  private Path exported(ServedWarehouse served) throws Exception {
    try (Edition edition =
        Edition.open(
            served.folder(),
            Optional.of(new Scope(List.of("BRETAGNE"), List.of("D1"))),
            SellingDays.of(year -> Set.of()),
            ZoneOffset.UTC,
            List.of(),
            Instant.parse("2024-06-15T07:00:00Z"))) {
      return Files.writeString(
          directory.resolve("exported.html"),
          edition.pages(
              Stream.of(
                      "overview",
                      "sales?period=2024-05",
                      "sales?known=2024-05-20",
                      "market",
                      "forecast",
                      "health")
                  .map(PageAddress::parse)
                  .toList()));
    }
  }
}
