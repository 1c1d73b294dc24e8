package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at any moment of a run leaves the tables as before it or as after it, and the
 * next run neither trips over what is left nor leaves it there. Each build kills at five fixed
 * moments; {@code mvn verify -Pnightly} at twenty more, half of them anywhere, half where it
 * matters most: while tables are replaced.
 */
class KilledRunIT {
  private static final long SEED = 20_240_613;
  private static final int RANDOM_KILLS = Nightly.size(0, 20);
  private static final int VERSIONS = Nightly.size(2_000, 8_000);
  private static final String OPENS = "opening ";
  private static final String READS = "reading";
  private static final String PUBLISHES = "auditing and publishing";

  /**
   * A moment of a run.
   *
   * @param after what the run has said
   * @param share of the time that it takes from there to its end
   */
  private record Moment(String after, double share) {
    // The run ended before its moment came: the machine is faster than it was.
    Moment sooner() {
      return new Moment(after, share * 0.75);
    }
  }

  @TempDir Path folder;

  private Path manifest;
  private Path before;
  private AutopulseJar jar;
  private PublishedTables old;
  private PublishedTables changed;

  private static List<Moment> moments() {
    List<Moment> moments =
        new ArrayList<>(
            List.of(
                new Moment(OPENS, 0),
                new Moment(READS, 0),
                new Moment(READS, 0.4),
                new Moment(PUBLISHES, 0),
                new Moment(PUBLISHES, 0.5)));
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_KILLS; i++) {
      moments.add(new Moment(i % 2 == 0 ? OPENS : PUBLISHES, random.nextDouble()));
    }
    return moments;
  }

  @Test
  void killedRunLeavesTheOldTablesOrTheNewAndTheNextRunSucceeds() throws IOException {
    manifest = Landing.generate(folder.resolve("landing"), VERSIONS, 0.02);
    before = folder.resolve("before.duckdb");
    Refresh.of(manifest, before).run();
    Corrections.add(manifest.resolveSibling("sales"), 3);
    Path after = folder.resolve("after.duckdb");
    Files.copy(before, after);
    jar = AutopulseJar.in(folder);
    Map<String, Long> millisToTheEnd = millisToTheEnd(after);
    old = PublishedTables.of(before);
    changed = PublishedTables.of(after);
    assertThat(changed, is(not(old)));

    int foundNew = 0;
    for (Moment moment : moments()) {
      // A run that ended before its moment came was not killed: another takes its place.
      Moment attempt = moment;
      while (!killed(attempt, millisToTheEnd.get(attempt.after()))) {
        attempt = attempt.sooner();
      }
      foundNew += assertOldOrNewAndGoOn(attempt) ? 1 : 0;
    }
    System.out.printf(
        "KilledRunIT: %d runs killed; the new tables were there %d times%n",
        moments().size(), foundNew);
  }

  private Path database() {
    return folder.resolve("w.duckdb");
  }

  /** Starts a run and kills it at its moment; returns whether it was still running. */
  private boolean killed(Moment moment, long millisToTheEnd) throws IOException {
    Files.deleteIfExists(Path.of(database() + ".wal"));
    Files.copy(before, database(), StandardCopyOption.REPLACE_EXISTING);
    Call run = start(database());
    run.awaitErr(moment.after());
    AutopulseJar.pause((long) (moment.share() * millisToTheEnd));
    return run.kill();
  }

  /** Checks what a killed run left, and runs again; returns whether the new tables were there. */
  private boolean assertOldOrNewAndGoOn(Moment moment) {
    String what = "after the kill at " + moment;
    PublishedTables found = PublishedTables.of(database());
    assertThat(what, found, anyOf(is(old), is(changed)));

    Refresh.of(manifest, database()).run();
    assertThat(what, PublishedTables.of(database()), is(changed));
    assertThat(what, Files.exists(Path.of(database() + ".staging")), is(false));
    assertThat(
        what,
        PublishedTables.query(database(), "select count(*) from load_runs where status = 'RUNNING'")
            .get(0),
        is("0"));
    return found.equals(changed);
  }

  private Map<String, Long> millisToTheEnd(Path database) {
    Call run = start(database);
    Map<String, Long> said = new HashMap<>();
    for (String text : List.of(OPENS, READS, PUBLISHES)) {
      assertThat(run.awaitErr(text), is(true));
      said.put(text, System.nanoTime());
    }
    run.await().mustExit(0);
    long end = System.nanoTime();
    said.replaceAll((text, nanos) -> (end - nanos) / 1_000_000);
    return said;
  }

  private Call start(Path database) {
    return jar.start(
        "run",
        manifest.toString(),
        "--runner-config",
        "direct",
        "--warehouse",
        "duckdb:" + database);
  }
}
