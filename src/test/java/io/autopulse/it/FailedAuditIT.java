package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.cli.InProcessCli;
import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit refuses is not published, is explained and is kept to be looked at. */
class FailedAuditIT {
  @TempDir Path folder;

  @Test
  void runWithTooManyRejectedRecordsExitsThreeAndLeavesTheTablesAsTheyWere() throws IOException {
    Path good = Landing.generate(folder.resolve("good"), 3_000, 0);
    Path bad = Landing.generate(folder.resolve("bad"), 4_000, 0.02);
    Path database = folder.resolve("w.duckdb");
    Refresh.of(good, database).run();
    PublishedTables before = PublishedTables.of(database);

    AutopulseJar jar = AutopulseJar.in(folder);
    String[] call = {
      "run",
      bad.toString(),
      "--runner-config",
      "direct",
      "--warehouse",
      "duckdb:w.duckdb",
      "--set",
      "audits.max_rejected=0.001"
    };
    Result refused = jar.run(call).mustExit(3);
    assertThat(
        refused.err(),
        allOf(
            containsString("published nothing, and the warehouse is as it was"),
            containsString("at most 0.1 % rejected, found 84 of 4169 records"),
            containsString("sales"),
            containsString("What the run staged is kept in ")));
    assertThat(PublishedTables.of(database), is(before));
    String runId =
        PublishedTables.query(database, "select run_id from load_runs where status = 'REJECTED'")
            .get(0);
    assertThat(staged(), is(List.of(runId)));
    assertThat(
        InProcessCli.succeed("runs", "--warehouse", "duckdb:" + database).out(),
        containsString("REJECTED"));

    Refresh.of(bad, database).run();
    Path fresh = folder.resolve("fresh.duckdb");
    Refresh.of(good, fresh).run();
    Refresh.of(bad, fresh).run();
    assertThat(PublishedTables.of(database), is(PublishedTables.of(fresh)));
    assertThat(Files.exists(folder.resolve("w.duckdb.staging")), is(false));
  }

  @Test
  void runWhoseFileIsWrittenToMeanwhilePublishesNothingAndNamesIt() throws IOException {
    Path manifest = Landing.generate(folder.resolve("good"), 300, 0);
    Path database = folder.resolve("w.duckdb");
    Refresh.of(manifest, database).run();
    PublishedTables before = PublishedTables.of(database);
    Path sales = manifest.resolveSibling("sales");
    Corrections.add(sales, 3);
    Path corrections = sales.resolve("sales-corrections.csv");

    InputException refused =
        assertThrows(
            InputException.class,
            () ->
                Refresh.of(manifest, database)
                    .run(stage -> appendAt(stage, "reading", corrections)));
    assertThat(
        refused.getMessage(),
        allOf(
            containsString("sales-corrections.csv: it changed while the run read it"),
            containsString("Run again when the export is complete")));
    assertThat(PublishedTables.of(database), is(before));
    assertThat(
        PublishedTables.query(
            database,
            "select count(*) from load_runs where status = 'FAILED' and message like '%sales-corrections.csv%'"),
        is(List.of("1")));
  }

  private static void appendAt(String stage, String awaited, Path file) {
    if (stage.equals(awaited)) {
      try {
        Files.writeString(file, "S1,2024", StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<String> staged() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("w.duckdb.staging"))) {
      return runs.map(run -> run.getFileName().toString()).toList();
    }
  }
}
