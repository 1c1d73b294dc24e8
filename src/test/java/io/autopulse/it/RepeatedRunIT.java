package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.cli.InProcessCli;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same tables: again, on another runner, and piece by piece. */
class RepeatedRunIT {
  @TempDir static Path folder;

  private static Path manifest;
  private static Path once;

  @BeforeAll
  static void runOnce() {
    manifest = Landing.generate(folder.resolve("landing"), 20_000, 0.02);
    once = folder.resolve("once.duckdb");
    Refresh.of(manifest, once).run();
  }

  @Test
  void secondRunGivesTheSameTables() throws IOException {
    Path again = Files.copy(once, folder.resolve("again.duckdb"));
    Refresh.of(manifest, again).run();
    assertThat(PublishedTables.of(again), is(PublishedTables.of(once)));
  }

  @Test
  void embeddedFlinkAndTheDirectRunnerGiveByteEqualTables() throws IOException {
    Path flink = folder.resolve("flink.duckdb");
    Refresh.of(manifest, flink).on("flink-local").run();
    Path direct = Files.createDirectories(folder.resolve("direct"));
    Path embedded = Files.createDirectories(folder.resolve("embedded"));
    PublishedTables.export(once, direct);
    PublishedTables.export(flink, embedded);
    for (String table : PublishedTables.names()) {
      assertThat(
          table,
          Files.mismatch(direct.resolve(table + ".csv"), embedded.resolve(table + ".csv")),
          is(-1L));
      assertThat(Files.size(direct.resolve(table + ".csv")), is(greaterThan(1000L)));
    }
  }

  @Test
  void rangeOfDatesThenThePrintedBackfillsGiveTheTablesOfAllDates() throws IOException {
    Path work = Files.createDirectories(folder.resolve("pieces"));
    String warehouse = "duckdb:" + work.resolve("w.duckdb");
    Result run =
        InProcessCli.succeed(
            "run",
            manifest.toString(),
            "--from",
            "2024-03-13",
            "--to",
            "2024-04-10",
            "--runner-config",
            "direct",
            "--warehouse",
            warehouse);
    // Whole months; the weeks that cross their edges do not touch the dates asked for.
    assertThat(run.out(), containsString("published 2024-03-01 to 2024-05-01"));
    assertThat(
        PublishedTables.query(
            work.resolve("w.duckdb"),
            "select grain, min(window_start)::date, max(window_end)::date from sales_kpi group by grain order by grain"),
        is(
            List.of(
                "day|2024-03-01|2024-05-01",
                "month|2024-03-01|2024-05-01",
                "week|2024-03-04|2024-04-29")));

    Matcher backfill =
        Pattern.compile("autopulse (backfill \\S+ --from \\S+ --to \\S+)").matcher(run.out());
    assertThat(run.out(), backfill.find(), is(true));
    InProcessCli.succeed(
        (backfill.group(1) + " --runner-config direct --warehouse " + warehouse).split(" "));
    assertThat(PublishedTables.of(work.resolve("w.duckdb")), is(PublishedTables.of(once)));
  }

  @Test
  void windowsOutsideTheCoveredDatesAreLeftAsTheyWere() throws IOException {
    Path changed = Landing.generate(folder.resolve("changed"), 20_000, 0.02);
    Corrections.add(changed.resolveSibling("sales"), 10);
    Path all = folder.resolve("all.duckdb");
    Refresh.of(changed, all).run();
    Path part = Files.copy(once, folder.resolve("part.duckdb"));
    AutopulseJar.in(folder)
        .succeed(
            "backfill",
            changed.toString(),
            "--from",
            "2024-03-13",
            "--to",
            "2024-04-10",
            "--runner-config",
            "direct",
            "--warehouse",
            "duckdb:" + part);

    String covered = "window_start >= '2024-03-01' and window_end <= '2024-05-01'";
    assertThat(kpis(part, covered), is(kpis(all, covered)));
    assertThat(kpis(part, covered), is(not(kpis(once, covered))));
    assertThat(kpis(part, "not (" + covered + ")"), is(kpis(once, "not (" + covered + ")")));
    assertThat(
        PublishedTables.query(
            part, "select count(distinct run_id) from sales_kpi where not (" + covered + ")"),
        is(List.of("1")));
  }

  /** From CSV and from JSON lines, again, and with what was rejected read again. */
  @Test
  void targetsAreTheSameHoweverTheyAreWrittenAndHoweverOftenTheyAreRead() throws IOException {
    Path plan = Files.createDirectories(folder.resolve("plan"));
    Files.writeString(
        plan.resolve("sales.csv"),
        "sale_id,status,sold_at,make,model,dealer_id,net_price\nS1,SOLD,2024-05-14,Renault,Clio,D1,20000\n");
    Files.writeString(
        plan.resolve("targets.csv"),
        """
        month,dealer_id,make,model,units,revenue,updated_at
        2024-05,d1,ALL,ALL,10,250000,2024-01-15
        2024-05,d1,ALL,ALL,11,260000.50,2024-02-15
        2024-05,D9,Renault,Cilo,3,,
        2024-06,ALL,ALL,ALL,100,,
        2024-06,D1,ALL,ALL,"1,200",,
        2024-06,D1,Renault,ALL,5,,
        2024-06,D1,Renault,ALL,6,,
        """);
    Files.writeString(
        plan.resolve("targets.jsonl"),
        """
        {"month":"2024-05-01","dealer_id":"D1","make":"ALL","model":"ALL","units":10,"revenue":250000,"updated_at":"2024-01-15"}
        {"month":"2024-05-01","dealer_id":"D1","make":"ALL","model":"ALL","units":11,"revenue":260000.5,"updated_at":"2024-02-15"}
        {"month":"2024-05-01","dealer_id":"D9","make":"Renault","model":"Cilo","units":3}
        {"month":"2024-06-01","dealer_id":"ALL","make":"ALL","model":"ALL","units":100,"revenue":null}
        {"month":"2024-06-01","dealer_id":"D1","make":"ALL","model":"ALL","units":"1,200"}
        {"month":"2024-06-01","dealer_id":"D1","make":"Renault","model":"ALL","units":5}
        {"month":"2024-06-01","dealer_id":"D1","make":"Renault","model":"ALL","units":6}
        """);
    String yaml =
        """
        job: plan
        lookback: all
        feeds:
          sales:
            from: {type: csv, path: "%1$s/sales.csv"}
          targets:
            from: {type: %2$s, path: "%1$s/targets.%3$s"}
        audits: {max_rejected: 0.5}
        """;
    Path csv = Files.writeString(plan.resolve("csv.yaml"), yaml.formatted(plan, "csv", "csv"));
    Path json =
        Files.writeString(
            plan.resolve("json.yaml"), yaml.formatted(plan, "airbyte-jsonl", "jsonl"));
    Path database = plan.resolve("csv.duckdb");
    String[] run = {
      "run", csv.toString(), "--runner-config", "direct", "--warehouse", "duckdb:" + database
    };
    Result first = InProcessCli.succeed(run);
    assertThat(
        targets(database),
        is(
            List.of(
                "2024-05-01|D1|ALL|ALL|11|260000.50|EUR|2024-02-14 23:00:00.0",
                "2024-05-01|D9|RENAULT|CILO|3|null|EUR|null",
                "2024-06-01|ALL|ALL|ALL|100|null|EUR|null")));
    assertThat(
        PublishedTables.query(
            database,
            "select parse_filename(origin), code, field from rejected_records order by 1"),
        is(
            List.of(
                "targets.csv:6|BAD_NUMBER|units",
                "targets.csv:7|CONFLICTING_RECORD|units",
                "targets.csv:8|CONFLICTING_RECORD|units")));
    assertThat(
        first.out(),
        containsString(
            """
            Targets of names that neither sales nor vehicles and dealers have: is one misspelt?
              targets dealer_id: D9 (1)
              targets model: RENAULT CILO (1)
            """));

    Path jsonLines = plan.resolve("json.duckdb");
    Refresh.of(json, jsonLines).run();
    assertThat(PublishedTables.of(jsonLines), is(PublishedTables.of(database)));
    PublishedTables before = PublishedTables.of(database);
    InProcessCli.succeed(run);
    assertThat(PublishedTables.of(database), is(before));

    Matcher replay = Pattern.compile("autopulse (replay \\S+ --run \\S+)").matcher(first.out());
    assertThat(first.out(), replay.find(), is(true));
    InProcessCli.succeed(
        (replay.group(1)
                + " --runner-config direct --set feeds.targets.formats.grouping=, --warehouse duckdb:"
                + database)
            .split(" "));
    assertThat(targets(database).get(3), is("2024-06-01|D1|ALL|ALL|1200|null|EUR|null"));
    assertThat(
        PublishedTables.query(
            database,
            "select rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded, rows_published from load_run_feeds inner join load_runs using (run_id) where feed = 'targets' order by started_at"),
        is(List.of("7|4|3|0|1|3", "7|4|3|0|1|3", "10|5|2|3|1|4")));
  }

  private static List<String> targets(Path database) {
    return PublishedTables.query(
        database, "select * exclude (run_id) from sales_targets order by all");
  }

  private static String kpis(Path database, String condition) {
    return PublishedTables.of(database, condition).contents().get("sales_kpi");
  }
}
