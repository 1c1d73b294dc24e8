package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.cli.InProcessCli;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.Outcome;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, a real SIGINT: what runs ends at once, says so by its exit code, and holds nothing. */
class InterruptedIT {
  /** What shells know a process by that SIGINT has ended. */
  private static final int INTERRUPTED = 130;

  /**
   * Begins a process group of its own, as a shell does for each command, and hears SIGINT even
   * where what began these tests does not.
   */
  private static final List<String> AS_A_SHELL = List.of("setsid", "env", "--default-signal=INT");

  @TempDir Path folder;

  private Path manifest;
  private Path warehouse;
  private AutopulseJar jar;

  @BeforeEach
  void publish() {
    manifest = Landing.generate(folder.resolve("landing"), 500, 0.02);
    warehouse = folder.resolve("w.duckdb");
    Refresh.of(manifest, warehouse).run();
    jar = AutopulseJar.in(folder);
  }

  @Test
  void runLeavesTheTablesOfBeforeAndTheNextOneNeedNotWait() throws Exception {
    PublishedTables before = PublishedTables.of(warehouse);
    Call run = jar.startBy(AS_A_SHELL, refresh());
    assertThat(run.awaitErr("reading"), is(true));
    interrupt(run);
    run.await().mustExit(INTERRUPTED);
    assertThat(PublishedTables.of(warehouse), is(before));
    Refresh.of(manifest, warehouse).run();
    assertThat(
        PublishedTables.query(
            warehouse, "select status, count(*) from load_runs group by all order by all"),
        is(List.of("ABANDONED|1", "PUBLISHED|2")));
  }

  @Test
  void jobEndsItsStepAndWritesDownThatItWasStopped() throws Exception {
    Path jobs = jobs();
    Call job = jar.startBy(AS_A_SHELL, "job", "daily", "--jobs", jobs.toString());
    assertThat(job.awaitErr("reading"), is(true));
    List<ProcessHandle> steps = job.process().descendants().toList();
    assertThat(steps, is(not(empty())));
    interrupt(job);
    Result stopped = job.await().mustExit(INTERRUPTED);
    assertThat(stopped.out(), containsString("outcome=FAILED exit=1 attempts=1 "));
    assertThat(steps.stream().filter(ProcessHandle::isAlive).toList(), is(empty()));
    Heartbeat heartbeat = new Heartbeats(folder.resolve("state")).latest("daily").orElseThrow();
    assertThat(heartbeat.outcome(), is(Outcome.FAILED));
    assertThat(heartbeat.message(), is("it was stopped"));

    Result next = InProcessCli.runJob("daily", "--jobs", jobs.toString()).mustExit(0);
    assertThat(next.err(), not(containsString("waiting")));
  }

  @Test
  void dashboardLetsItsCopyGo() throws Exception {
    Call dashboard =
        jar.startBy(AS_A_SHELL, "dashboard", "--port", "0", "--warehouse", "duckdb:" + warehouse);
    assertThat(dashboard.awaitOut("Stop it with Ctrl-C."), is(true));
    assertThat(readers(), is(not(empty())));
    interrupt(dashboard);
    dashboard.await().mustExit(INTERRUPTED);
    assertThat(readers(), is(empty()));
  }

  /** As a terminal does: the whole group gets it, a job and its step at once. */
  private static void interrupt(Call call) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-INT", "--", "-" + call.process().pid()).start().waitFor();
    assertThat(code, is(0));
  }

  private String[] refresh() {
    return new String[] {
      "run", manifest.toString(), "--runner-config", "direct", "--warehouse", "duckdb:" + warehouse
    };
  }

  private Path jobs() throws IOException {
    return Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        timezone: Europe/Paris
        state: %s
        jobs:
          daily:
            description: Refreshes.
            steps: [["%s"]]
            timeout: 10m
        """
            .formatted(folder.resolve("state"), String.join("\", \"", refresh())));
  }

  private List<Path> readers() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("reader")).toList();
    }
  }
}
