package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.autopulse.pipeline.LiveRun;
import io.autopulse.pipeline.live.FollowListener;
import io.autopulse.pipeline.live.FollowSummary;
import io.autopulse.pipeline.live.StopRequest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.testing.KafkaServer;
import io.autopulse.testing.NastySales;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.autopulse.testing.SharedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One answer to {@link NastySales}, whatever the records come as, whichever runner computes it, and
 * whether the job ends or not.
 */
class SameAnswerIT {
  private static final String KPIS =
      """
      select grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned,
          revenue, average_price, median_price, p10_price, p90_price, average_discount, sales_mix, revision
      from %s
      order by all
      """;

  private static final String SALE =
      "sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment,"
          + " powertrain, dealer_id, region, list_price, net_price, currency";

  private static final String SALES = "select " + SALE + " from sales order by all";

  // A live job has no table of the current versions.
  private static final String LATEST =
      "select "
          + SALE
          + " from sale_versions qualify row_number() over (partition by sale_id order by"
          + " updated_at desc, sequence desc) = 1 order by all";

  private static final String VERSIONS = "select " + SALE + " from sale_versions order by all";

  private static final String REJECTED =
      "select regexp_extract(raw, 'r[0-9][0-9]'), code, coalesce(field, '') from rejected_records"
          + " order by all";

  private static final String COUNTS =
      """
      select rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_conflicting, rows_superseded,
          rows_out_of_range, rows_published
      from load_run_feeds
      where feed = 'sales'
      """;

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static Answer expected;

  /** What is compared. */
  private record Answer(
      List<String> kpis, List<String> sales, List<String> versions, List<String> rejected) {
    static Answer read(Connection connection, String kpis, String sales) throws SQLException {
      return new Answer(
          PublishedTables.rows(connection, KPIS.formatted(kpis)),
          PublishedTables.rows(connection, sales),
          PublishedTables.rows(connection, VERSIONS),
          PublishedTables.rows(connection, REJECTED));
    }

    void mustBe(Answer other) {
      assertThat(rejected, is(other.rejected));
      assertThat(versions, is(other.versions));
      assertThat(sales, is(other.sales));
      assertThat(kpis, is(other.kpis));
    }
  }

  @BeforeAll
  static void writeTheSalesAndComputeTheAnswer() throws Exception {
    postgres = EmbeddedPostgres.start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      NastySales.table(connection);
    }
    NastySales.csv(Files.createDirectories(folder.resolve("csv")).resolve("a.csv"));
    NastySales.jsonLines(Files.createDirectories(folder.resolve("jsonl")).resolve("a.jsonl"));
    expected = refresh("csv", "direct");
  }

  @AfterAll
  static void stopTheDatabase() throws IOException {
    postgres.close();
  }

  @Test
  void answerIsTheOneWorkedOutByHand() {
    assertThat(
        expected.rejected,
        is(
            List.of(
                "r01|MISSING_FIELD|sale_id",
                "r02|MISSING_FIELD|net_price",
                "r03|MISSING_FIELD|status",
                "r04|BAD_DATE|sold_at",
                "r05|DATE_OUT_OF_RANGE|sold_at",
                "r06|FUTURE_DATE|sold_at",
                "r07|BAD_ID|sale_id",
                "r08|BAD_NUMBER|net_price",
                "r09|BAD_NUMBER|net_price",
                "r10|PRICE_NOT_POSITIVE|net_price",
                "r11|NEGATIVE_LIST_PRICE|list_price",
                "r12|PRICE_OUT_OF_RANGE|net_price",
                "r13|FOREIGN_CURRENCY|currency",
                "r14|UNKNOWN_CURRENCY|currency",
                "r15|UNKNOWN_STATUS|status",
                "r16|TEXT_TOO_LONG|make",
                "r17|CONTROL_CHARACTER|make",
                "r18|BAD_CHARSET|region",
                "r19|FOREIGN_CURRENCY|net_price",
                "r20|BAD_NUMBER|net_price")));
    Path database = database("csv", "direct");
    assertThat(
        PublishedTables.query(
            database,
            "select sale_id, status, net_price from sales where sale_id in ('S01', 'S04', 'S05',"
                + " 'S06', 'S07', 'S09', 'S10', 'S17', 'S18') order by 1"),
        is(
            List.of(
                "S01|SOLD|20000.00",
                "S04|RETURNED|15000.00",
                "S05|CANCELLED|12345.67",
                "S06|CANCELLED|11000.00",
                "S07|SOLD|31000.00",
                "S09|SOLD|20500.00",
                "S10|SOLD|19900.00",
                "S17|RETURNED|17900.00",
                "S18|SOLD|14000.00")));
    String kpis =
        "select strftime(window_start, '%%Y-%%m-%%d %%H'), member, units_sold, units_cancelled,"
            + " units_returned, revenue from sales_kpi where %s order by 1, 2";
    assertThat(
        PublishedTables.query(
            database, kpis.formatted("grain = 'month' and dimension in ('total', 'make')")),
        is(
            List.of(
                "2024-03-01 00|ALFA ROMEO|2|0|0|50000.00",
                "2024-03-01 00|ALL|9|3|2|170000.49",
                "2024-03-01 00|CITROËN|0|0|1|0.00",
                "2024-03-01 00|TOYOTA|2|0|0|26000.00",
                "2024-03-01 00|VW|4|3|1|69000.49",
                "2024-03-01 00|ŠKODA|1|0|0|25000.00",
                "2024-04-01 00|ALL|2|0|0|35900.00",
                "2024-04-01 00|TOYOTA|1|0|0|16000.00",
                "2024-04-01 00|VW|1|0|0|19900.00",
                "2024-10-01 00|ALL|2|0|0|21000.00",
                "2024-10-01 00|TOYOTA|2|0|0|21000.00",
                "2024-12-01 00|ALL|1|0|0|13000.00",
                "2024-12-01 00|TOYOTA|1|0|0|13000.00")));
    assertThat(
        PublishedTables.query(
            database,
            kpis.formatted(
                "grain = 'month' and dimension = 'region' and window_start < '2024-04-01'")),
        is(
            List.of(
                "2024-03-01 00|NORD OST|3|3|1|59000.50",
                "2024-03-01 00|SÜD|3|0|1|75000.00",
                "2024-03-01 00|UNKNOWN|1|0|0|9999.99",
                "2024-03-01 00|WEST|2|0|0|26000.00")));
    assertThat(
        "the hours that come twice and not at all, midnight, and the last week of the year",
        PublishedTables.query(
            database,
            kpis.formatted(
                "dimension = 'total' and (grain = 'hour' and window_start in ('2024-03-05 00:00',"
                    + " '2024-03-31 03:00', '2024-04-01 01:00', '2024-10-27 02:00') or grain ="
                    + " 'week' and window_start > '2024-12-01')")),
        is(
            List.of(
                "2024-03-05 00|ALL|1|0|0|25000.00",
                "2024-03-31 03|ALL|1|0|0|12000.00",
                "2024-04-01 01|ALL|1|0|0|16000.00",
                "2024-10-27 02|ALL|2|0|0|21000.00",
                "2024-12-30 00|ALL|1|0|0|13000.00")));
  }

  @ParameterizedTest
  @MethodSource
  void refreshGivesIt(String format, String runner) throws Exception {
    refresh(format, runner).mustBe(expected);
  }

  static Stream<Arguments> refreshGivesIt() {
    Stream<Arguments> eachBuild =
        Stream.of(
            arguments("csv", "flink-local"),
            arguments("jsonl", "direct"),
            arguments("jdbc", "direct"));
    return Nightly.runs()
        ? Stream.concat(
            eachBuild,
            Stream.of(arguments("jsonl", "flink-local"), arguments("jdbc", "flink-local")))
        : eachBuild;
  }

  @ParameterizedTest
  @MethodSource
  void liveJobGivesIt(String format) throws Exception {
    live(format).mustBe(expected);
  }

  static Stream<String> liveJobGivesIt() {
    return Nightly.runs() ? Stream.of("csv", "topic", "jsonl") : Stream.of("csv", "topic");
  }

  @Test
  void marketFiguresThatAreNotDividedAreOfAllInEveryFormat() throws Exception {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table registrations (period_start date, period_grain text, make text, registrations integer);"
              + " insert into registrations values ('2024-01-01', 'month', 'VW', 5),"
              + " ('2024-01-01', 'month', null, 3)");
    }
    Files.writeString(
        folder.resolve("registrations.csv"),
        """
        period_start,period_grain,make,registrations
        2024-01-01,month,VW,5
        2024-01-01,month,,3
        """);
    Files.writeString(
        folder.resolve("registrations.jsonl"),
        """
        {"period_start":"2024-01-01","period_grain":"month","make":"VW","registrations":5}
        {"period_start":"2024-01-01","period_grain":"month","make":null,"registrations":3}
        """);
    for (String source :
        List.of(
            "csv, path: \"%s/registrations.csv\"}".formatted(folder),
            "airbyte-jsonl, path: \"%s/registrations.jsonl\"}, defaults: {region: ALL, model: ALL, powertrain: ALL}"
                .formatted(folder),
            "jdbc, url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: postgres, table: registrations}"
                .formatted(postgres.getPort()))) {
      Path database = database("market", source.substring(0, source.indexOf(',')));
      Path manifest =
          Files.writeString(
              folder.resolve("market.yaml"),
              "job: market\nwarehouse: \"duckdb:%s\"\nfeeds:\n  registrations: {from: {type: %s}\n"
                  .formatted(database, source));
      Refresh.of(manifest, database).run();
      assertThat(
          source,
          PublishedTables.query(
              database,
              "select region, make, model, powertrain, registrations from market_registrations order by all"),
          is(List.of("ALL|UNKNOWN|ALL|ALL|3", "ALL|VW|ALL|ALL|5")));
    }
  }

  private static Answer refresh(String format, String runner) throws Exception {
    Path database = database(format, runner);
    Refresh.of(manifest(format, "", database), database).on(runner).run();
    // 29 - 2 - 2 accepted, 6 of them superseded.
    assertThat(PublishedTables.query(database, COUNTS), is(List.of("49|25|20|2|2|6|0|19")));
    try (Connection connection = PublishedTables.open(database)) {
      return Answer.read(connection, "sales_kpi", SALES);
    }
  }

  private static Path database(String format, String runner) {
    return folder.resolve(format + "-" + runner + ".duckdb");
  }

  /** Runs the live job until its tables hold the answer, or do not for a long time. */
  private static Answer live(String format) throws Exception {
    Path database = database(format, "live");
    Path manifest =
        manifest(
            format, "live: {panes: 200ms, corrections: 5200w, poll: 200ms, quiet: 0s}\n", database);
    StopRequest stop = new StopRequest();
    List<Answer> answers = new ArrayList<>();
    FollowListener listener =
        new FollowListener() {
          @Override
          public void stage(String message) {}

          @Override
          public void loaded(LiveLoad load, Connection warehouse) throws SQLException {
            Answer answer = Answer.read(warehouse, "sales_kpi_current", LATEST);
            answers.add(answer);
            if (answer.equals(expected)) {
              stop.request();
            }
          }
        };
    CompletableFuture<FollowSummary> run =
        CompletableFuture.supplyAsync(
            () ->
                new LiveRun(
                        new ManifestReader(Map.of()).read(manifest, List.of()),
                        Map.of(),
                        Clock.systemUTC(),
                        listener,
                        "test")
                    .run(
                        new RunnerConfigReader(Map.of()).shipped("flink-live"),
                        List.of("--parallelism=2"),
                        stop));
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!run.isDone() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    stop.request();
    run.orTimeout(1, TimeUnit.MINUTES).join();
    assertThat("it loaded", answers.isEmpty(), is(false));
    try (Connection connection = PublishedTables.open(database)) {
      return Answer.read(connection, "sales_kpi_current", LATEST);
    }
  }

  private static String source(String format) throws Exception {
    return switch (format) {
      case "csv" -> "type: csv, separator: \";\", path: \"%s/csv/*.csv\"".formatted(folder);
      case "jsonl" -> "type: airbyte-jsonl, path: \"%s/jsonl/*.jsonl\"".formatted(folder);
      case "topic" ->
          "type: kafka, bootstrap_servers: \"%s\", topic: sales".formatted(sentTo().address());
      default ->
          "type: jdbc, url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: postgres, table: sales"
              .formatted(postgres.getPort());
    };
  }

  private static KafkaServer sentTo() throws Exception {
    KafkaServer kafka = SharedServers.kafka();
    kafka.createTopic("sales", 4);
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
      for (byte[] message : NastySales.json()) {
        producer.send(new ProducerRecord<>("sales", message)).get();
      }
    }
    return kafka;
  }

  private static Path manifest(String format, String live, Path database) throws Exception {
    return Files.writeString(
        folder.resolve(database.getFileName() + ".yaml"),
        """
        job: same-%s
        timezone: Europe/Berlin
        currency: EUR
        lookback: all
        audits: {max_rejected: 1.0, max_conflicting: 1.0}
        kpis: {grains: [hour, day, week, month]}
        warehouse: "duckdb:%s"
        feeds:
          sales:
            from: {%s}
            formats: {decimal: ",", grouping: ".", sold_at: ["dd.MM.yyyy HH:mm", iso]}
        %s\
        """
            .formatted(format, database, source(format), live));
  }
}
