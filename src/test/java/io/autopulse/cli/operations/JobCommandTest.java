package io.autopulse.cli.operations;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.cli.InProcessCli;
import io.autopulse.operations.schedule.Heartbeat;
import io.autopulse.operations.schedule.Heartbeats;
import io.autopulse.operations.schedule.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobCommandTest {
  @TempDir Path folder;
  private Path jobs;

  @BeforeEach
  void write() throws IOException {
    jobs =
        Files.writeString(
            folder.resolve("jobs.yaml"),
            """
            timezone: Europe/Paris
            state: %s
            jobs:
              daily:
                description: Refreshes.
                schedule: "0 0 5 * * ? *"
                steps:
                  - program: [sync, "{yesterday}"]
                  - [run, a.yaml, --from, "{today-35d}", --to, "{today}"]
                timeout: 2h
              backfill:
                description: Backfills.
                steps: [[backfill, a.yaml, --from, "{from}", --to, "{to}"]]
                timeout: 2h
            """
                .formatted(folder.resolve("state")));
  }

  @Test
  void withoutANameTheJobsAreListedWithTheirLastAndNextTimes() {
    succeeded("2026-03-28T04:00:00Z");
    assertThat(
        run("--at", "2026-03-29T02:00:00Z"),
        is(
            """
            job       last due          outcome    attempts  next due          what it does
            ────────  ────────────────  ─────────  ────────  ────────────────  ────────────
            daily     2026-03-28 05:00  SUCCEEDED         1  2026-03-29 05:00  Refreshes.
            backfill  never                                  by hand           Backfills.
            Times are of Europe/Paris. Heartbeats: %s
            """
                .formatted(folder.resolve("state"))));
  }

  @Test
  void dryRunShowsTheCallsAndWritesNothing() {
    succeeded("2026-03-26T04:00:00Z");
    assertThat(
        run("daily", "--dry-run", "--at", "2026-03-29T03:00:00Z"),
        is(
            """
            due 2026-03-27T04:00:00Z is given up: a later run covers it
            due 2026-03-28T04:00:00Z is given up: a later run covers it
            due 2026-03-29T03:00:00Z (schedule):
              sync 2026-03-28
              autopulse run a.yaml --from 2026-02-22 --to 2026-03-29
            """));
    assertThat(new Heartbeats(folder.resolve("state")).of("daily").size(), is(1));
    assertThat(Files.exists(folder.resolve("state/locks")), is(false));
  }

  @Test
  void emptyOptionsCountAsNotGiven() {
    assertThat(
        run(
            "daily",
            "--dry-run",
            "--for",
            "",
            "--from",
            "",
            "--to",
            "",
            "--at",
            "2026-03-29T03:00:00Z"),
        containsString("due 2026-03-29T03:00:00Z (schedule)"));
  }

  @Test
  void runForADateAndOverARangeHaveItsDates() {
    assertThat(
        run("daily", "--dry-run", "--for", "2026-03-01"),
        allOf(
            containsString("due 2026-03-01T04:00:00Z (person)"),
            containsString("--from 2026-01-25 --to 2026-03-01")));
    assertThat(
        run("backfill", "--dry-run", "--from", "2025-01-01", "--to", "2025-07-01"),
        containsString("autopulse backfill a.yaml --from 2025-01-01 --to 2025-07-01"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dayly                                             | has no job "dayly". Did you mean "daily"?
          daily --from 2026-01-01 --to 2026-02-01           | job daily has no range of dates
          backfill                                          | needs a range of dates
          backfill --from 2026-01-01                        | --to: is missing
          daily --for 29.03.2026                            | is not a date in the form YYYY-MM-DD
          daily --at noon                                   | Write it as 2026-03-29T03:00:00Z
          daily --back-off soon                             | --back-off: "soon" is not a duration
          """)
  void whatIsWrongWithTheCallIsSaidWithTheRemedy(String call, String message) {
    assertThat(
        InProcessCli.run(arguments(call.split(" "))).mustExit(2).err(), containsString(message));
  }

  private String run(String... arguments) {
    return InProcessCli.succeed(arguments(arguments)).out();
  }

  private String[] arguments(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "job";
    all[1] = "--jobs";
    all[2] = jobs.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return all;
  }

  private void succeeded(String due) {
    Instant at = Instant.parse(due);
    new Heartbeats(folder.resolve("state"))
        .write(
            new Heartbeat(
                "daily",
                at,
                at,
                Optional.of(at),
                Outcome.SUCCEEDED,
                0,
                1,
                List.of(),
                "",
                "schedule",
                "etl-1",
                1));
  }
}
