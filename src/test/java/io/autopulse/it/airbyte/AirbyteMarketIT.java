package io.autopulse.it.airbyte;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.airbyte.AirbyteSync;
import io.autopulse.testing.airbyte.ApiRecords;
import io.autopulse.testing.airbyte.MarketApis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From each market API to its table: the connectors are synced, and the manifest that the
 * documentation gives for their streams is run; then both again, with what the APIs say since.
 */
class AirbyteMarketIT {
  private static final Path DOCUMENTATION =
      Path.of(System.getProperty("basedir", ""), "docs/jobs/market-data.md");
  private static final Pattern MANIFEST =
      Pattern.compile("## Airbyte's streams.*?```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private MarketApis apis;
  private AirbyteSync sync;
  private Path database;

  @BeforeEach
  void start() throws IOException {
    apis = MarketApis.start(folder);
    sync = AirbyteSync.in(folder);
    database = folder.resolve("market.duckdb");
  }

  @AfterEach
  void stop() {
    apis.close();
  }

  @Test
  void whatTheConnectorsLandIsPublishedByTheDocumentedManifest() throws IOException {
    configure();
    Path manifest = manifest();
    hold(
        "economie",
        ApiRecords.price("75000001", "Gazole", "1.459", "2025-01-03"),
        ApiRecords.price("75000002", "Gazole", "1.561", "2025-01-03"),
        ApiRecords.price("75000001", "E10", "1.799", "2025-01-04"));
    hold(
        "rdw",
        ApiRecords.vehicle("AA-001-A", "RENAULT", "\"CLIO\"", "2025-01-02", "2025-01-02"),
        ApiRecords.vehicle("AA-002-A", "RENAULT", "\"CLIO\"", "2025-01-02", "2025-01-02"),
        ApiRecords.vehicle("AA-003-A", "KIA", "null", "2025-01-03", "2025-01-03"));
    hold(
        "wikimedia",
        ApiRecords.views("Renault_Clio", "2025010100", "812"),
        ApiRecords.views("Renault_Clio", "2025010200", "790"));
    hold(
        "bluesky",
        ApiRecords.post("bafy1", "I love my Renault Clio!", "2025-01-03T10:00:00.250Z"),
        ApiRecords.post("bafy2", "This Renault Clio is awful.", "2025-01-03T11:00:00.250Z"));
    syncAndRun(manifest);

    assertThat(
        fuelPrices(),
        is(
            List.of(
                "2025-01-03|PARIS|GAZOLE|1.5100|2", //
                "2025-01-04|PARIS|E10|1.7990|1")));
    assertThat(
        registrations(),
        is(List.of("2025-01-02|RENAULT|RENAULT CLIO|2", "2025-01-03|KIA|KIA UNKNOWN|1")));
    assertThat(
        attention(),
        is(
            List.of(
                "2025-01-01|FR.WIKIPEDIA|RENAULT CLIO|812|null",
                "2025-01-02|FR.WIKIPEDIA|RENAULT CLIO|790|null",
                "2025-01-03|BLUESKY|RENAULT CLIO|null|2")));
    // The APIs know more, and one of them better; posts have not changed.
    hold(
        "economie",
        ApiRecords.price("75000001", "E10", "1.799", "2025-01-04"),
        ApiRecords.price("75000002", "E10", "1.899", "2025-01-04"));
    hold(
        "rdw",
        ApiRecords.vehicle("AA-003-A", "KIA", "null", "2025-01-03", "2025-01-03"),
        ApiRecords.vehicle("AA-004-A", "KIA", "null", "2025-01-03", "2025-01-03"));
    hold(
        "wikimedia",
        ApiRecords.views("Renault_Clio", "2025010200", "791"),
        ApiRecords.views("Renault_Clio", "2025010300", "805"));
    syncAndRun(manifest);

    assertThat(
        fuelPrices(),
        is(
            List.of(
                "2025-01-03|PARIS|GAZOLE|1.5100|2", //
                "2025-01-04|PARIS|E10|1.8490|2")));
    assertThat(
        registrations(),
        is(List.of("2025-01-02|RENAULT|RENAULT CLIO|2", "2025-01-03|KIA|KIA UNKNOWN|2")));
    assertThat(
        attention(),
        is(
            List.of(
                "2025-01-01|FR.WIKIPEDIA|RENAULT CLIO|812|null",
                "2025-01-02|FR.WIKIPEDIA|RENAULT CLIO|791|null",
                "2025-01-03|BLUESKY|RENAULT CLIO|null|2",
                "2025-01-03|FR.WIKIPEDIA|RENAULT CLIO|805|null")));
    assertThat(rows("select code, raw from rejected_records"), is(List.of()));
  }

  private void configure() {
    String days = "start_date: \"2025-01-01T00:00:00Z\"\nend_date: \"2025-01-31T00:00:00Z\"\n";
    String base = "base_url: " + apis.url() + "\n" + days;
    sync.config("fuel_prices", base + "api_key: ${MARKET_SECRET}\nfuels: [Gazole, E10]\n");
    sync.config("registrations", base + "app_token: ${MARKET_SECRET}\n");
    sync.config(
        "page_views",
        base
            + "access_token: ${MARKET_SECRET}\ncontact: sales@dealer.example\nproject: fr.wikipedia\narticles: [Renault_Clio]\n");
    sync.config(
        "social_posts",
        base
            + "identifier: dealer.example\napp_password: ${MARKET_SECRET}\ntopics: [Renault Clio]\n");
  }

  /** The manifest of the documentation, and what a user adds: names, and a warehouse. */
  private Path manifest() throws IOException {
    Matcher documented = MANIFEST.matcher(Files.readString(DOCUMENTATION));
    assertThat(DOCUMENTATION + " has no manifest of the streams", documented.find());
    return Files.writeString(
        folder.resolve("market.yaml"),
        documented.group(1)
            + """
            timezone: UTC
            mappings:
              regions: {Paris: ["75*"]}
              topics: {Renault Clio: [Renault_Clio]}
            warehouse: duckdb:%s
            """
                .formatted(database));
  }

  private void syncAndRun(Path manifest) {
    for (String connector : List.of("fuel_prices", "registrations", "page_views", "social_posts")) {
      sync.run(connector).mustExit(0);
    }
    AutopulseJar.in(folder).succeed("run", manifest.toString(), "--runner-config", "direct");
  }

  private void hold(String api, String... records) {
    apis.hold(api, List.of(records).toString());
  }

  private List<String> fuelPrices() {
    return rows("select day, region, fuel, average_price, stations from fuel_prices");
  }

  private List<String> registrations() {
    return rows("select period_start, make, model, registrations from market_registrations");
  }

  private List<String> attention() {
    return rows("select day, source, topic, views, mentions from market_attention");
  }

  private List<String> rows(String query) {
    return PublishedTables.query(database, query + " order by all");
  }
}
