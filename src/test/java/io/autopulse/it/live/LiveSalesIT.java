package io.autopulse.it.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Parity;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole live job in one process: files land while it runs, it is killed in the middle, goes on,
 * and ends on request; its tables are those of the refresh over the same files.
 */
class LiveSalesIT {
  @TempDir private Path folder;

  @Test
  void killedAndRestartedJobEndsWithTheTablesOfTheRefresh() throws Exception {
    Path manifest = Landing.generateForLiveJobs(folder.resolve("landing"), 3_000, 0.02);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            + "live: {panes: 200ms, corrections: 5200w, poll: 200ms, quiet: 0s}\n");
    AutopulseJar jar = AutopulseJar.in(folder);
    Parity parity = new Parity(folder);
    Path batchManifest = folder.resolve("batch.yaml");
    Files.writeString(batchManifest, Files.readString(manifest).replaceAll("(?m)^live:.*$", ""));
    Refresh.of(batchManifest, folder.resolve("batch.duckdb"))
        .with("kpis.grains=[hour, day, week, month]")
        .run();
    List<Path> held = holdBack();

    AutopulseJar.Call first = live(jar, manifest);
    assertThat(first.awaitErr("versions loaded"), is(true));
    land(held.get(0));
    assertThat(
        parity.await("0 < (select count(*) from live.autopulse_core.sale_versions)"), is(true));
    land(held.get(1));
    assertThat("killed while it worked", first.kill(), is(true));
    land(held.get(2));

    AutopulseJar.Call second = live(jar, manifest);
    Parity.Condition equal = Parity.TABLES.and(Parity.REJECTED_RECORDS);
    boolean arrived = parity.await(equal);
    assertThat(second.errSoFar() + arrived, arrived, is(true));
    second.process().destroy();
    AutopulseJar.Result ended = second.await();
    assertThat(ended.out().contains("It goes on where it ended"), is(true));
    assertThat("after the end", parity.await(equal), is(true));
    assertThat(
        parity.count("select count(*) from live.autopulse_core.sales_kpi_live"),
        greaterThan(1_000L));
    assertThat(
        parity.count("select count(*) from live.autopulse_core.rejected_records"),
        greaterThan(10L));
  }

  @Test
  void filesThatAreWrongOrCannotBeReadDoNotEndTheJob() throws Exception {
    Path manifest = Landing.generateForLiveJobs(folder.resolve("landing"), 300, 0);
    Files.writeString(
        manifest,
        Files.readString(manifest)
            + "live: {panes: 200ms, corrections: 5200w, poll: 200ms, quiet: 0s}\n");
    List<Path> held = holdBack();
    Parity parity = new Parity(folder);
    AutopulseJar jar = AutopulseJar.in(folder);
    AutopulseJar.Call job = live(jar, manifest);
    Path wrong = folder.resolve("aside/wrong.csv");
    Files.writeString(
        wrong, "sale_id,status,sold_at,Preis\nW1,SOLD,2024-05-14,100\nW2,SOLD,2024-05-14,200\n");
    assertThat(
        parity.await("0 < (select count(*) from live.autopulse_core.sale_versions)"), is(true));
    land(wrong);
    assertThat(
        parity.await(
            "2 = (select count(*) from live.autopulse_core.rejected_records where code = 'UNKNOWN_HEADER')"),
        is(true));
    long before = parity.count("select count(*) from live.autopulse_core.sale_versions");
    land(held.get(0));
    assertThat(
        "what lands later is loaded",
        parity.await(before + " < (select count(*) from live.autopulse_core.sale_versions)"),
        is(true));
    byte[] noGzip = {0x1f, (byte) 0x8b, 99, 0, 0, 0, 0, 0, 0, 0, 1};
    land(Files.write(folder.resolve("aside/cut[1].csv"), noGzip));
    String reported =
        "1 = (select count(*) from live.autopulse_core.rejected_records where code = 'UNREADABLE_FILE')";
    assertThat(parity.await(reported), is(true));
    job.process().destroy();
    assertThat(job.await().err().contains("cut[1].csv: the file cannot be read"), is(true));

    job = live(jar, manifest);
    before = parity.count("select count(*) from live.autopulse_core.sale_versions");
    land(held.get(1));
    assertThat(
        "what lands after a restart is loaded",
        parity.await(before + " < (select count(*) from live.autopulse_core.sale_versions)"),
        is(true));
    assertThat("reported once", parity.await(reported), is(true));
    job.process().destroy();
    job.await();
  }

  private static AutopulseJar.Call live(AutopulseJar jar, Path manifest) {
    return jar.start(
        "run",
        manifest.toString(),
        "--warehouse",
        "duckdb:live.duckdb",
        "--set",
        "kpis.grains=[hour, day, week, month]",
        "--",
        "--checkpointingInterval=1000");
  }

  // All sales files but one, to land later.
  private List<Path> holdBack() throws IOException {
    Path sales = folder.resolve("landing/sales");
    Path aside = Files.createDirectories(folder.resolve("aside"));
    try (Stream<Path> files = Files.list(sales)) {
      List<Path> later = files.sorted().skip(1).toList();
      for (Path file : later) {
        Files.move(file, aside.resolve(file.getFileName()));
      }
      return later.stream().map(file -> aside.resolve(file.getFileName())).toList();
    }
  }

  private void land(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    Files.move(file, folder.resolve("landing/sales").resolve(file.getFileName()));
  }
}
