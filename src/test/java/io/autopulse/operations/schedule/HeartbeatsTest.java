package io.autopulse.operations.schedule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.runs.RunningProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatsTest {
  private static final Instant DUE = Instant.parse("2001-03-25T03:00:00Z");

  @TempDir Path state;

  @Test
  void heartbeatIsReadAsItWasWritten() {
    Heartbeat whole =
        new Heartbeat(
            "daily-refresh",
            DUE,
            DUE.plusSeconds(2),
            Optional.of(DUE.plusMillis(65_250)),
            Outcome.FAILED,
            3,
            2,
            List.of("r1", "r2"),
            "audit \"counts\" failed\nMünchen",
            "catch-up",
            "etl-1",
            4711);
    Heartbeats heartbeats = new Heartbeats(state);
    heartbeats.write(whole);
    assertThat(heartbeats.of("daily-refresh"), is(List.of(whole)));
    assertThat(
        Files.exists(state.resolve("heartbeats/daily-refresh/20010325T030000Z.json")), is(true));
  }

  @Test
  void dueRunsAreInOrderAndEachHasOneFile() throws Exception {
    Heartbeats heartbeats = new Heartbeats(state);
    Heartbeat late = running(DUE.plusSeconds(86_400), "elsewhere", 1);
    heartbeats.write(late);
    heartbeats.write(running(DUE, "elsewhere", 1));
    heartbeats.write(running(DUE, "elsewhere", 2));
    assertThat(
        heartbeats.of("marts").stream().map(Heartbeat::processId).toList(), is(List.of(2L, 1L)));
    assertThat(heartbeats.latest("marts"), is(Optional.of(late)));
    try (Stream<Path> files = Files.list(state.resolve("heartbeats/marts"))) {
      assertThat(files.count(), is(2L));
    }
  }

  @Test
  void jobThatNeverRanHasNone() {
    assertThat(new Heartbeats(state).of("marts"), is(empty()));
    assertThat(new Heartbeats(state).latest("marts"), is(Optional.empty()));
  }

  @Test
  void runWhoseProcessIsGoneCountsAsFailed() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Heartbeats heartbeats = new Heartbeats(state);
    heartbeats.write(running(DUE, RunningProcess.current().host(), ended.pid()));
    Heartbeat lost = heartbeats.latest("marts").orElseThrow();
    assertThat(lost.outcome(), is(Outcome.FAILED));
    assertThat(lost.message(), containsString("process " + ended.pid()));
  }

  @Test
  void numberOfAnEndedProcessThatALaterOneWasGivenIsToldApart() {
    Heartbeats heartbeats = new Heartbeats(state);
    heartbeats.write(running(DUE, RunningProcess.current().host(), ProcessHandle.current().pid()));
    assertThat(
        "this process started after that run",
        heartbeats.latest("marts").orElseThrow().outcome(),
        is(Outcome.FAILED));
  }

  @Test
  void runOfALivingProcessOrOfAnotherHostIsRunning() {
    Heartbeats heartbeats = new Heartbeats(state);
    Instant now = ProcessHandle.current().info().startInstant().orElseThrow().plusSeconds(60);
    heartbeats.write(running(now, RunningProcess.current().host(), ProcessHandle.current().pid()));
    assertThat(heartbeats.latest("marts").orElseThrow().outcome(), is(Outcome.RUNNING));
    heartbeats.write(running(now, "elsewhere", 1));
    assertThat(heartbeats.latest("marts").orElseThrow().outcome(), is(Outcome.RUNNING));
  }

  @Test
  void readerNeverSeesAHalfWrittenHeartbeat() throws Exception {
    Heartbeats heartbeats = new Heartbeats(state);
    heartbeats.write(running(DUE, "elsewhere", 1));
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 300; i++) {
                heartbeats.write(running(DUE, "h".repeat(1 + i * 40), 1));
              }
            });
    writer.start();
    long read = 0;
    while (writer.isAlive()) {
      assertThat(heartbeats.of("marts").size(), is(1));
      read++;
    }
    assertThat(read, is(not(0L)));
    assertThat(heartbeats.latest("marts").orElseThrow().host().length(), is(1 + 299 * 40));
  }

  @Test
  void heartbeatsAreKeptForFourHundredDays() {
    Heartbeats heartbeats = new Heartbeats(state);
    heartbeats.deleteOld("marts");
    Instant latest = Instant.parse("2002-05-01T04:30:00Z");
    heartbeats.write(running(latest, "elsewhere", 1));
    heartbeats.write(running(Instant.parse("2001-03-27T04:30:00Z"), "elsewhere", 2));
    heartbeats.write(running(Instant.parse("2001-03-27T04:29:59Z"), "elsewhere", 3));
    heartbeats.deleteOld("marts");
    assertThat(
        heartbeats.of("marts").stream().map(Heartbeat::processId).toList(), is(List.of(2L, 1L)));
  }

  @Test
  void damagedFileIsNamed() throws Exception {
    Path of = Files.createDirectories(state.resolve("heartbeats/marts"));
    Files.writeString(of.resolve("20010325T030000Z.json"), "{\"job\": \"marts\"}");
    InputException problem =
        assertThrows(InputException.class, () -> new Heartbeats(state).of("marts"));
    assertThat(problem.getMessage(), containsString("20010325T030000Z.json: is not a heartbeat"));
  }

  private static Heartbeat running(Instant due, String host, long processId) {
    return new Heartbeat(
        "marts",
        due,
        due,
        Optional.empty(),
        Outcome.RUNNING,
        0,
        1,
        List.of(),
        "",
        "schedule",
        host,
        processId);
  }
}
