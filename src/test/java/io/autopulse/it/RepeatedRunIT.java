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

  private static String kpis(Path database, String condition) {
    return PublishedTables.of(database, condition).contents().get("sales_kpi");
  }
}
