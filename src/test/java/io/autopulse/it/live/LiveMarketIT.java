package io.autopulse.it.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LiveTopics;
import io.autopulse.testing.Parity;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Live jobs that follow market feeds, in one process: files land and messages arrive while they
 * run, they are killed in the middle and go on; what their views show is what the jobs that end
 * publish of the same files.
 */
class LiveMarketIT {
  /** The feed that comes by Kafka. */
  private static final String VIEWS = "attention";

  private static final String LIVE = "live: {panes: 1s, poll: 200ms, quiet: 0s%s}\n";

  @TempDir private Path folder;

  private Path landing;
  private AutopulseJar jar;
  private Parity parity;

  private void generate() {
    landing = Landing.generateMarketForLiveJobs(folder.resolve("landing"), 600).getParent();
    jar = AutopulseJar.in(folder);
    parity = new Parity(folder);
  }

  private Path manifest(String name, String like, String more) throws IOException {
    String text = Files.readString(landing.resolve(like));
    return Files.writeString(folder.resolve(name), text + more);
  }

  private void batch(Path manifest) {
    Refresh.of(manifest, folder.resolve("batch.duckdb")).run();
  }

  private AutopulseJar.Call live(Path manifest) {
    return jar.start(
        "run",
        manifest.toString(),
        "--warehouse",
        "duckdb:live.duckdb",
        "--",
        "--checkpointingInterval=1000");
  }

  /** Moves a feed's files away, to land later. */
  private List<Path> holdBack(String feed) throws IOException {
    Path aside = Files.createDirectories(folder.resolve("aside").resolve(feed));
    List<Path> held = new ArrayList<>();
    try (var files = Files.list(landing.resolve(feed))) {
      for (Path file : files.sorted().toList()) {
        held.add(Files.move(file, aside.resolve(file.getFileName())));
      }
    }
    return held;
  }

  private void land(String feed, List<Path> files) throws IOException {
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      Files.move(file, landing.resolve(feed).resolve(file.getFileName()));
    }
  }

  /**
   * Writes a file of the first records of another: extracted some days later and told differently,
   * a day before that once more, and as they were.
   */
  private void correct(String feed, int column, String value) throws IOException {
    List<String> lines = Files.readAllLines(landing.resolve(feed).resolve(feed + "-000.csv"));
    List<String> later = new ArrayList<>(List.of(lines.get(0)));
    List<String> between = new ArrayList<>(later);
    for (String line : lines.subList(1, 60)) {
      String[] fields = line.split(",", -1);
      fields[column] = value;
      fields[fields.length - 1] = "2024-12-24T06:00:00.000Z";
      later.add(String.join(",", fields));
      fields[fields.length - 1] = "2024-12-23T06:00:00.000Z";
      between.add(String.join(",", fields));
      between.add(line);
    }
    Path aside = Files.createDirectories(folder.resolve("aside").resolve(feed));
    Files.write(aside.resolve(feed + "-later.csv"), later);
    Files.write(aside.resolve(feed + "-between.csv"), between);
  }

  private void correctAll() throws IOException {
    correct("fuel_prices", 4, "1.999");
    correct("registrations", 6, "77");
    correct("attention", 3, "777");
  }

  private void land(String which) throws IOException {
    for (String feed : List.of("fuel_prices", "registrations", "attention")) {
      land(feed, List.of(folder.resolve("aside").resolve(feed).resolve(feed + which)));
    }
  }

  private static long seen(Parity parity, String table) throws Exception {
    return parity.count("select count(*) from live.autopulse_core." + table);
  }

  private void sendViews(LiveTopics topics, String which) throws Exception {
    for (byte[] record : LiveTopics.records(landing.resolve(VIEWS).resolve(VIEWS + which))) {
      topics.send(VIEWS, null, record);
    }
    topics.awaitSent();
  }

  @Test
  void killedAndRestartedJobShowsWhatTheMarketJobPublishes() throws Exception {
    generate();
    try (LiveTopics topics = LiveTopics.start(folder)) {
      topics.kafka().createTopic(VIEWS, 2);
      topics.records(VIEWS).forEach(record -> topics.send(VIEWS, null, record));
      Path live = manifest("live.yaml", "market.yaml", LIVE.formatted(""));
      String fromKafka =
          "  attention:\n    from: {type: kafka, bootstrap_servers: \"%s\", topic: %s}\n"
              .formatted(topics.kafka().address(), VIEWS);
      Files.writeString(
          live, Files.readString(live).replaceFirst("(?m)^  attention:\n.*\n", fromKafka));
      correctAll();
      Files.writeString(
          landing.resolve("registrations/poison.csv"),
          """
        period_start,period_grain,region,make,model,powertrain,registrations,extracted_at
        2024-01-01,decade,North,RENAULT,CLIO,ICE,5,2024-02-04T06:00:00.000Z
        "2024-01-01,month
        """);
      List<Path> posts = holdBack("social");

      AutopulseJar.Call first = live(live);
      assertThat(first.awaitErr("figures loaded"), is(true));
      assertThat(
          first.errSoFar(),
          parity.await("0 < (select count(*) from live.autopulse_core.fuel_prices_current)"),
          is(true));
      land("-later.csv");
      sendViews(topics, "-later.csv");
      assertThat(
          "a price that landed is seen",
          parity.await(
              "exists (select 1 from live.autopulse_core.fuel_prices_history_all where maximum_price = 1.999)"),
          is(true));
      land("social", posts);
      assertThat("killed while it worked", first.kill(), is(true));
      land("-between.csv");
      sendViews(topics, "-between.csv");
      batch(landing.resolve("market.yaml"));

      AutopulseJar.Call second = live(live);
      Parity.Condition equal = Parity.MARKET.and(Parity.REJECTED_RECORDS);
      boolean arrived = parity.await(equal);
      assertThat(second.errSoFar() + arrived, arrived, is(true));
      second.process().destroy();
      assertThat(second.await().out(), containsString("market figures"));
      assertThat("after the end", parity.holds(equal), is(true));
      assertThat(seen(parity, "rejected_records"), greaterThan(1L));
      assertThat(seen(parity, "fuel_prices_live"), greaterThan(1_000L));
      assertThat("the market job publishes, nobody else", seen(parity, "fuel_prices"), is(0L));

      Refresh.of(landing.resolve("market.yaml"), folder.resolve("live.duckdb")).run();
      assertThat("the market job takes over", parity.holds(Parity.MARKET), is(true));
      assertThat(
          "and what is left says nothing new",
          parity.holds(
              "not exists (select 1 from live.autopulse_core.fuel_prices_live join live.autopulse_core.fuel_prices_history using (day, region, fuel, known_on))"),
          is(true));
    }
  }

  @Test
  void liveSalesShowTheTrendFeaturesThatTheWeeklyTrendsCompute() throws Exception {
    generate();
    correctAll();
    String market = Files.readString(landing.resolve("market.yaml"));
    String feeds =
        market
            .substring(market.indexOf("  fuel_prices:"), market.indexOf("mappings:"))
            .replaceAll("(?m)^  registrations:\n.*\n", "");
    String mappings = market.substring(market.indexOf("mappings:"), market.indexOf("warehouse:"));
    String dimensions = "trends: {dimensions: [total, make, region]}\n";
    Path live = manifest("live.yaml", "manifest.yaml", "");
    Files.writeString(
        live,
        Files.readString(live).replaceFirst("(?m)^feeds:\n", "feeds:\n" + feeds)
            + mappings
            + dimensions
            + LIVE.formatted(", corrections: 5200w"));
    List<Path> sales = holdBack("sales");
    land("sales", sales.subList(0, 1));

    AutopulseJar.Call first = live(live);
    boolean told =
        parity.await("0 < (select count(*) from live.autopulse_core.trend_features_current)");
    assertThat(first.errSoFar(), told, is(true));
    long units = slidingUnits();
    land("sales", sales.subList(1, 2));
    land("-later.csv");
    assertThat(
        "sliding windows move with the panes",
        parity.await(
            units
                + " < (select coalesce(sum(units_sold), 0) from live.autopulse_core.sales_kpi_sliding)"),
        is(true));
    assertThat("killed while it worked", first.kill(), is(true));
    land("sales", sales.subList(2, sales.size()));
    land("-between.csv");
    batch(landing.resolve("manifest.yaml"));
    batch(landing.resolve("market.yaml"));
    batch(
        Files.writeString(
            folder.resolve("trends.yaml"), "job: trend-features\nlookback: all\n" + dimensions));

    AutopulseJar.Call second = live(live);
    boolean arrived = parity.await(Parity.TRENDS.and(Parity.SLIDING));
    assertThat(second.errSoFar() + arrived, arrived, is(true));
    second.process().destroy();
    assertThat(second.await().out(), containsString("rows of trend features"));
    assertThat(
        "with market features",
        parity.count(
            "select count(*) from live.autopulse_core.trend_features_current where fuel_price is not null and attention is not null"),
        greaterThan(100L));
    assertThat(
        "movers show live weeks",
        parity.holds(
            "(select max(last_week) from live.autopulse_core.trend_movers) = (select max(week_start) from batch.autopulse_core.trend_features)"),
        is(true));
  }

  private long slidingUnits() throws Exception {
    return parity.count(
        "select coalesce(sum(units_sold), 0) from live.autopulse_core.sales_kpi_sliding");
  }
}
