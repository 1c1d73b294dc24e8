package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One database file, several who want it: they take turns. */
class TwoRunsIT {
  @TempDir Path folder;

  private Path manifest;

  @BeforeEach
  void generate() {
    manifest = Landing.generate(folder.resolve("landing"), 5_000, 0.02);
  }

  @Test
  void twoRunsAtOnceBothPublishAndGiveTheTablesOfOne() {
    AutopulseJar jar = AutopulseJar.in(folder);
    Call first = start(jar);
    Call second = start(jar);
    first.await().mustExit(0);
    second.await().mustExit(0);

    Path alone = folder.resolve("alone.duckdb");
    Refresh.of(manifest, alone).run();
    Path shared = folder.resolve("w.duckdb");
    assertThat(PublishedTables.of(shared), is(PublishedTables.of(alone)));
    assertThat(
        PublishedTables.query(shared, "select status, count(*) from load_runs group by status"),
        is(List.of("PUBLISHED|2")));
    assertThat(Files.exists(folder.resolve("w.duckdb.staging")), is(false));
  }

  @Test
  void runWaitsForWhoeverHoldsTheFileAndSaysWhoThatIs() throws Exception {
    Call run;
    try (Connection holder =
        DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("w.duckdb"))) {
      assertThat(holder.isClosed(), is(false));
      run = start(AutopulseJar.in(folder));
      assertThat(run.awaitErr("in use by process " + ProcessHandle.current().pid()), is(true));
    }
    Result ended = run.await().mustExit(0);
    assertThat(ended.out(), containsString("19 audits passed"));
  }

  private Call start(AutopulseJar jar) {
    return jar.start(
        "run", manifest.toString(), "--runner-config", "direct", "--warehouse", "duckdb:w.duckdb");
  }
}
