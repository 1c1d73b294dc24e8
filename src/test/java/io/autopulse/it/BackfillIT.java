package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.cli.InProcessCli;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backfill in chunks gives the tables of one run over the whole range, whatever disturbs it. */
class BackfillIT {
  private static final long SEED = 20_240_229;
  private static final int MONTHS = Nightly.size(6, 24);
  private static final int KILLS = Nightly.size(2, 5);
  private static final int RANGES = Nightly.size(1, 12);
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
  private static final BusinessInterval ALL = new BusinessInterval(FIRST, FIRST.plusMonths(MONTHS));
  private static final String REJECTED =
      "select distinct * exclude (run_id) from rejected_records order by all";

  @TempDir Path folder;

  private Path manifest;
  private Path before;

  /** Publishes what was first sold, and adds what was corrected later. */
  @BeforeEach
  void refreshAndCorrect() throws IOException {
    manifest =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(Nightly.size(1_500, 12_000))
                .withPeriod(ALL)
                .withSizes(10, 12, 4)
                .withRates(SaleRates.USUAL.withDefects(0.02)));
    before = folder.resolve("before.duckdb");
    Refresh.of(manifest, before).run();
    Corrections.add(manifest.resolveSibling("sales"), 3);
  }

  @Test
  void backfillThatIsKilledAgainAndAgainEqualsAnUndisturbedOne() throws IOException {
    Path undisturbed = backfilled("undisturbed", ALL, "--chunks", "none");
    Path killed = Files.copy(before, folder.resolve("killed.duckdb"));
    assertThat(PublishedTables.of(undisturbed), is(not(PublishedTables.of(killed))));

    AutopulseJar jar = AutopulseJar.in(folder);
    for (String moment : moments().subList(0, KILLS)) {
      Call call = jar.start(backfill(killed, ALL));
      assertThat(moment, call.awaitErr(moment), is(true));
      assertThat(moment, call.kill(), is(true));
    }
    Result last = jar.succeed(backfill(killed, ALL));

    assertSameTables(killed, undisturbed);
    assertThat(
        "no chunk is published twice",
        PublishedTables.query(
            killed,
            "select count(*), count(distinct interval_from) from load_runs where inputs is not null and interval_from is not null and status = 'PUBLISHED'"),
        is(List.of(MONTHS + "|" + MONTHS)));
    assertThat(last.out(), containsString("in " + MONTHS + " chunks: "));
    assertThat(
        jar.succeed(backfill(killed, ALL)).out(), containsString("all were published before"));
  }

  /** What the backfill says when it is killed: a chunk and what its run does next. */
  private static List<String> moments() {
    return Nightly.runs()
        ? List.of(
            at(2, "reading"),
            at(7, "auditing and publishing"),
            at(12, "opening"),
            at(12, "auditing and publishing"),
            at(20, "published by"))
        : List.of(at(2, "reading"), at(4, "auditing and publishing"));
  }

  private static String at(int chunk, String stage) {
    LocalDate month = FIRST.plusMonths(chunk - 1L);
    return "chunk %d of %d  %s to %s  %s"
        .formatted(chunk, MONTHS, month, month.plusMonths(1), stage);
  }

  @Test
  void chunksInAnyOrderAndSideBySideGiveTheTablesOfOneRun() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < RANGES; i++) {
      LocalDate from = FIRST.plusDays(random.nextInt(30 * MONTHS / 2));
      BusinessInterval range = new BusinessInterval(from, from.plusDays(40 + random.nextInt(60)));
      String what = "seed " + SEED + ", " + range;
      Path whole = backfilled("whole" + i, range, "--chunks", "none");

      List<BusinessInterval> chunks = new ArrayList<>(range.months());
      Collections.shuffle(chunks, random);
      Path shuffled = Files.copy(before, folder.resolve("shuffled" + i + ".duckdb"));
      for (BusinessInterval chunk : chunks) {
        InProcessCli.succeed(backfill(shuffled, chunk, "--chunks", "none"));
      }
      assertThat(what, PublishedTables.of(shuffled), is(PublishedTables.of(whole)));

      assertSameTables(backfilled("parallel" + i, range, "--parallel", "3"), whole);
    }
  }

  /**
   * The backfill has read the old files, and waits; the refresh reads the new ones and publishes.
   */
  @Test
  void backfillThatARefreshOvertakesIsComputedAgain() throws IOException, InterruptedException {
    BusinessInterval range = new BusinessInterval(FIRST.plusMonths(1), FIRST.plusMonths(3));
    Path database = Files.copy(before, folder.resolve("overtaken.duckdb"));
    Call backfill = AutopulseJar.in(folder).start(backfill(database, range));
    assertThat(backfill.awaitErr("chunk 1 of 2  2023-02-01 to 2023-03-01  reading"), is(true));
    signal("STOP", backfill);
    Corrections.cancel(manifest.resolveSibling("sales"), 2, "2025-12-02T12:00:00Z");
    String refresh = Refresh.of(manifest, database).over("2023-02-20", "2023-02-21").run().runId();
    signal("CONT", backfill);
    Result ended = backfill.await().mustExit(0);

    assertThat(
        ended.err(),
        containsString("computing again: run " + refresh + " has published meanwhile"));
    assertThat(
        PublishedTables.query(
            database,
            "select count(*) from load_runs where message like '%' || '" + refresh + "' || '%'"),
        is(List.of("1")));
    assertSameTables(database, backfilled("clean", range, "--chunks", "none"));
  }

  private static void signal(String name, Call call) throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder("kill", "-" + name, String.valueOf(call.process().pid()))
            .start()
            .waitFor();
    assertThat(exitCode, is(0));
  }

  @Test
  void dryRunShowsWhatIsDoneAndWhatTheRestTakesAndStartsNothing() {
    BusinessInterval range = new BusinessInterval(FIRST.plusMonths(1), FIRST.plusMonths(3));
    BusinessInterval february = new BusinessInterval(range.from(), FIRST.plusMonths(2));
    Path none = folder.resolve("none.duckdb");
    assertThat(
        InProcessCli.succeed(backfill(none, range, "--dry-run")).out(),
        containsString("no history  no history  to do"));
    assertThat(Files.exists(none), is(false));

    InProcessCli.succeed(backfill(before, february));
    String runs = "select count(*) from load_runs";
    List<String> known = PublishedTables.query(before, runs);
    String plan = InProcessCli.succeed(backfill(before, range, "--dry-run")).out();
    assertThat(plan, containsString("in 2 chunks: 1 to do"));
    assertThat(plan, containsString("2023-01-30 to 2023-03-06"));
    assertThat(plan, containsString("published by r"));
    assertThat(plan, containsString("records read, "));
    assertThat(PublishedTables.query(before, runs), is(known));

    String again = InProcessCli.succeed(backfill(before, range, "--dry-run", "--restart")).out();
    assertThat(again, containsString("in 2 chunks: 2 to do"));
  }

  private Path backfilled(String name, BusinessInterval range, String... options)
      throws IOException {
    Path database = Files.copy(before, folder.resolve(name + ".duckdb"));
    InProcessCli.succeed(backfill(database, range, options));
    return database;
  }

  private String[] backfill(Path database, BusinessInterval range, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backfill",
                manifest.toString(),
                "--from",
                range.from().toString(),
                "--to",
                range.to().toString(),
                "--runner-config",
                "direct",
                "--warehouse",
                "duckdb:" + database));
    arguments.addAll(List.of(options));
    return arguments.toArray(new String[0]);
  }

  private static void assertSameTables(Path found, Path expected) {
    assertThat(PublishedTables.of(found), is(PublishedTables.of(expected)));
    assertThat(
        PublishedTables.query(found, REJECTED), is(PublishedTables.query(expected, REJECTED)));
  }
}
