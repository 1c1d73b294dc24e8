package io.autopulse.cli.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.cli.summary.LiveSummaryText;
import io.autopulse.pipeline.live.FollowSummary;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live run shows: lines for logs, and a page that is written over on a terminal. */
class LiveConsoleTest {
  // 00:30 of 2 May in Paris.
  private static final Instant START = Instant.parse("2024-05-01T22:30:00Z");

  private static final LiveLoad LOAD =
      new LiveLoad(
          3,
          1_200,
          10,
          40,
          0,
          0,
          Map.of("TOO_LATE", 2L, "BAD_DATE", 31L),
          0,
          1,
          Optional.of(Instant.parse("2024-05-01T22:29:00Z")));

  @TempDir private Path directory;

  private final StringWriter text = new StringWriter();
  private final SettableClock clock = new SettableClock(START);
  private final Manifest manifest =
      new ManifestReader(Map.of())
          .read(
              "m.yaml",
              """
              job: live-sales
              timezone: Europe/Paris
              currency: EUR
              feeds:
                sales:
                  from: {type: csv, path: a.csv}
              warehouse: duckdb:w.duckdb
              """,
              List.of());
  private List<String> absent = List.of();
  private DuckDbWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void fill() throws SQLException, IOException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("a.duckdb")), DuckDbSettings.RUN);
    connection = warehouse.connect();
    row("2024-05-01", "total", "ALL", 99, 0, 0, 99);
    row("2024-05-02", "total", "ALL", 1_002, 12, 3, 20_000_500);
    row("2024-05-02", "model", "RENAULT CLIO", 400, 0, 0, 8_000_000);
    row("2024-05-02", "model", "RENAULT ZOE", 602, 12, 3, 12_000_500);
    row("2024-05-02", "model", "PEUGEOT 208", 0, 1, 0, 0);
    row("2024-05-02", "dealer", "D1", 1_002, 12, 3, 20_000_500);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    warehouse.close();
  }

  @Test
  void logGetsALineEveryTenSeconds() throws SQLException {
    LiveConsole console = console(false);
    console.stage("waiting for w.duckdb, in use by process 7");
    clock.now = START.plusSeconds(2);
    console.loaded(LOAD, connection);
    clock.now = START.plusSeconds(11);
    console.loaded(LiveLoad.NOTHING, connection);
    clock.now = START.plusSeconds(12);
    console.loaded(LOAD, connection);
    console.close();

    assertThat(
        text.toString(),
        is(
            """
            waiting for w.duckdb, in use by process 7
            2 s  1,200 versions loaded, 600/s, last 0 s ago, newest of 62 s ago, rejected 31 BAD_DATE, 2 TOO_LATE, files waiting: 1; day 2024-05-02: 1,002 sold, 12 cancelled, 3 returned, revenue 20,000,500
            12 s  2,400 versions loaded, 200/s, last 0 s ago, newest of 72 s ago, rejected 62 BAD_DATE, 4 TOO_LATE, files waiting: 1; day 2024-05-02: 1,002 sold, 12 cancelled, 3 returned, revenue 20,000,500
            """));
  }

  @Test
  void whatPipesLoadIsCountedWithoutLookingAtTheWarehouse() {
    LiveConsole console = console(false);
    clock.now = START.plusSeconds(10);
    console.ingested(
        new LiveLoad(3, 1_200, 0, 40, 0, 0, Map.of("records", 5L), 1, 0, Optional.empty()));
    clock.now = START.plusSeconds(20);
    console.ingested(LiveLoad.NOTHING);
    console.close();

    assertThat(
        text.toString(),
        is(
            """
            10 s  1,200 versions loaded, 120/s, last 0 s ago, rejected 5 records, files not loaded: 1
            20 s  1,200 versions loaded, 60/s, last 10 s ago, rejected 5 records, files not loaded: 1
            """));
  }

  @Test
  void keysThatRecordsLackAreShownAndNamedAtTheEnd() {
    LiveConsole console = console(false);
    absent =
        List.of(
            "sales \"a\" in 1 of 9",
            "sales \"b\" in 2 of 9",
            "sales \"c\" in 3 of 9",
            "vehicles \"make\" in 1 of 2");
    clock.now = START.plusSeconds(10);
    console.ingested(LiveLoad.NOTHING);
    console.close();

    assertThat(
        text.toString(),
        is(
            "10 s  0 versions loaded, 0/s, keys absent: sales \"a\" in 1 of 9, sales \"b\" in 2 of 9,"
                + " sales \"c\" in 3 of 9 and 1 more\n"));
    assertThat(
        LiveSummaryText.of(
            new FollowSummary("r1", "live", "w", LiveLoad.NOTHING, 1, absent.subList(0, 2)),
            "m.yaml"),
        is(
            """
            Run r1 of live ended after 1 s: 0 sale versions and 0 changes of KPIs loaded to w.
            Keys that records lack: sales "a" in 1 of 9, sales "b" in 2 of 9; was one renamed in the source?
            It goes on where it ended with: autopulse run m.yaml
            """));
  }

  @Test
  void summaryNamesWhatTheJobIsAbout() {
    assertThat(
        summary(new LiveLoad(3, 0, 0, 0, 1_250, 0, Map.of(), 0, 0, Optional.empty())),
        is("1,250 market figures"));
    assertThat(
        summary(new LiveLoad(3, 7, 0, 4, 0, 12, Map.of(), 0, 0, Optional.empty())),
        is("7 sale versions and 4 changes of KPIs and 12 rows of trend features"));
  }

  private static String summary(LiveLoad load) {
    return LiveSummaryText.of(new FollowSummary("r1", "live", "w", load, 1, List.of()), "m.yaml")
        .replaceAll("(?s).* s: (.*) loaded to w.*", "$1");
  }

  @Test
  void filesThatSnowpipeDidNotLoadAreToldWithTheRemedy() {
    assertThat(
        LiveSummaryText.of(
            new FollowSummary(
                "r1",
                "live-sales",
                "snowflake://A/B/AUTOPULSE_CORE",
                new LiveLoad(3, 7, 0, 4, 0, 0, Map.of(), 2, 0, Optional.empty()),
                61.4,
                List.of()),
            "live.yaml"),
        is(
            """
            Run r1 of live-sales ended after 61 s: 7 sale versions and 4 changes of KPIs loaded to snowflake://A/B/AUTOPULSE_CORE.
            2 files were not loaded; look: autopulse reconcile live.yaml
            It goes on where it ended with: autopulse run live.yaml
            """));
  }

  @Test
  void terminalGetsAPageThatIsWrittenOver() throws SQLException {
    LiveConsole console = console(true);
    clock.now = START.plusSeconds(2);
    console.loaded(LOAD, connection);
    String page =
        """
        live-sales, duckdb:w.duckdb

        day 2024-05-02: 1,002 sold, 12 cancelled, 3 returned, revenue 20,000,500

                              units     revenue
        ──────  ────────────  ─────  ──────────
        model   RENAULT ZOE     602  12,000,500
                RENAULT CLIO    400   8,000,000
        dealer  D1            1,002  20,000,500

        2 s  1,200 versions loaded, 600/s, last 0 s ago, newest of 62 s ago, rejected 31 BAD_DATE, 2 TOO_LATE, files waiting: 1
        Ctrl-C ends it
        """;
    assertThat(text.toString(), is(page));

    text.getBuffer().setLength(0);
    console.stage("ending");
    assertThat(
        text.toString(), is("\u001b[12A\r\u001b[J" + page.replace("Ctrl-C ends it", "ending")));
  }

  @Test
  void summaryTellsWhatToDoNext() {
    assertThat(
        LiveSummaryText.of(
            new FollowSummary("r1", "live-sales", "duckdb:w.duckdb", LOAD, 61.4, List.of()),
            "live.yaml"),
        is(
            """
            Run r1 of live-sales ended after 61 s: 1,200 sale versions and 40 changes of KPIs loaded to duckdb:w.duckdb.
            Rejected 31 BAD_DATE, 2 TOO_LATE; look: autopulse sql --warehouse duckdb:w.duckdb "select * from rejected_records_all where run_id = 'r1'"
            It goes on where it ended with: autopulse run live.yaml
            """));
  }

  private LiveConsole console(boolean terminal) {
    return new LiveConsole(new PrintWriter(text), terminal, manifest, clock, () -> absent);
  }

  private void row(
      String day,
      String dimension,
      String member,
      int sold,
      int cancelled,
      int returned,
      int revenue)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into sales_kpi_live values ('day', '%1$s', timestamp '%1$s' + interval 1 day, '%2$s', '%3$s', %4$d, %5$d, %6$d, %7$d, null, null, null, null, null, null, null, 1, false, '2024-05-02', 'r')"
              .formatted(day, dimension, member, sold, cancelled, returned, revenue));
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now;

    SettableClock(Instant now) {
      this.now = now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
