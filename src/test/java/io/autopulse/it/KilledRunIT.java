package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at any moment of a run leaves the tables as before it or as after it, and the
 * next run neither trips over what is left nor leaves it there.
 */
class KilledRunIT {
  private static final long SEED = 20_240_613;
  private static final int KILLS = 20;

  @TempDir Path folder;

  @Test
  void killedRunLeavesTheOldTablesOrTheNewAndTheNextRunSucceeds() throws IOException {
    Path manifest = Landing.generate(folder.resolve("landing"), 8_000, 0.02);
    Path before = folder.resolve("before.duckdb");
    Refresh.of(manifest, before).run();
    Corrections.add(manifest.resolveSibling("sales"), 3);
    Path after = folder.resolve("after.duckdb");
    Files.copy(before, after);
    AutopulseJar jar = AutopulseJar.in(folder);
    long started = System.nanoTime();
    long publishing = millisOfPublishing(jar, manifest, after);
    long whole = (System.nanoTime() - started) / 1_000_000;
    PublishedTables old = PublishedTables.of(before);
    PublishedTables changed = PublishedTables.of(after);
    assertThat(changed, is(not(old)));

    Random random = new Random(SEED);
    int killed = 0;
    int foundNew = 0;
    int whilePublishing = 0;
    // A run that ended before its moment came was not killed: another takes its place, and moments
    // come sooner, for the machine is faster than it was.
    for (int i = 0; killed < KILLS && i < 3 * KILLS; i++) {
      Path database = folder.resolve("w.duckdb");
      Files.deleteIfExists(Path.of(database + ".wal"));
      Files.copy(before, database, StandardCopyOption.REPLACE_EXISTING);
      Call run = start(jar, manifest, database);
      // Half of the kills anywhere, half where it matters most: while tables are replaced.
      boolean late = i % 2 == 1;
      if (late) {
        run.awaitErr("auditing and publishing");
      }
      AutopulseJar.pause((long) (random.nextDouble() * (late ? publishing : whole)));
      boolean running = run.kill();
      killed += running ? 1 : 0;
      if (!running && late) {
        publishing = publishing * 3 / 4;
      } else if (!running) {
        whole = whole * 3 / 4;
      }
      whilePublishing += running && late ? 1 : 0;
      PublishedTables found = PublishedTables.of(database);
      assertThat("kill " + i + " of seed " + SEED, found, anyOf(is(old), is(changed)));
      foundNew += found.equals(changed) ? 1 : 0;

      Refresh.of(manifest, database).run();
      assertThat("after kill " + i, PublishedTables.of(database), is(changed));
      assertThat(Files.exists(Path.of(database + ".staging")), is(false));
      assertThat(
          PublishedTables.query(database, "select count(*) from load_runs where status = 'RUNNING'")
              .get(0),
          is("0"));
    }
    System.out.printf(
        "KilledRunIT: %d runs killed, %d of them while publishing; the new tables were there %d times%n",
        killed, whilePublishing, foundNew);
    assertThat(killed, is(KILLS));
    assertThat(whilePublishing, is(greaterThanOrEqualTo(KILLS / 5)));
  }

  private static long millisOfPublishing(AutopulseJar jar, Path manifest, Path database) {
    Call run = start(jar, manifest, database);
    run.awaitErr("auditing and publishing");
    long from = System.nanoTime();
    run.await().mustExit(0);
    return (System.nanoTime() - from) / 1_000_000;
  }

  private static Call start(AutopulseJar jar, Path manifest, Path database) {
    return jar.start(
        "run",
        manifest.toString(),
        "--runner-config",
        "direct",
        "--warehouse",
        "duckdb:" + database);
  }
}
