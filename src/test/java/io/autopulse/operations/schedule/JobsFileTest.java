package io.autopulse.operations.schedule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsFileTest {
  private static final String JOBS =
      """
      timezone: Europe/Paris
      state: ${AUTOPULSE_STATE:-operations}
      jobs:
        backfill:
          description: Recomputes.
          schedule: "0 0 21 * * ? *"
          range: 7d
          steps:
            - program: [airbyte/sync, "{today}"]
            - [backfill, a.yaml, --set, a=1, --set, a=1, --from, "{from}"]
          catch_up: all
          catch_up_limit: 5
          timeout: 2h
          retries: 1
          wait_for_lock: 90s
        by-hand:
          description: Is started by people.
          steps: [[marts]]
          timeout: 10m
      """;

  @TempDir Path folder;

  @Test
  void everyKeyIsRead() {
    JobsFile file = read(JOBS, Map.of("AUTOPULSE_STATE", "/srv/state"));
    assertThat(file.zone(), is(ZoneId.of("Europe/Paris")));
    assertThat(file.state(), is(Path.of("/srv/state")));
    ScheduledJob job = file.job("backfill");
    assertThat(job.schedule().orElseThrow().cron(), is("0 0 21 * * ? *"));
    assertThat(job.schedule().orElseThrow().zone(), is(ZoneId.of("Europe/Paris")));
    assertThat(
        job.steps(),
        is(
            List.of(
                new Step(true, List.of("airbyte/sync", "{today}")),
                new Step(
                    false,
                    List.of(
                        "backfill",
                        "a.yaml",
                        "--set",
                        "a=1",
                        "--set",
                        "a=1",
                        "--from",
                        "{from}")))));
    assertThat(job.catchUp(), is(CatchUp.ALL));
    assertThat(job.catchUpLimit(), is(5));
    assertThat(job.timeout(), is(Duration.ofHours(2)));
    assertThat(job.retries(), is(1));
    assertThat(job.waitForLock(), is(Duration.ofSeconds(90)));
    assertThat(job.range(), is(Optional.of(Period.ofDays(7))));
  }

  @Test
  void whatIsNotWrittenHasADefault() {
    ScheduledJob job = read(JOBS, Map.of()).job("by-hand");
    assertThat(
        job,
        is(
            new ScheduledJob(
                "by-hand",
                "Is started by people.",
                Optional.empty(),
                List.of(new Step(false, List.of("marts"))),
                CatchUp.LAST,
                7,
                Duration.ofMinutes(10),
                3,
                Duration.ofMinutes(30),
                Optional.empty())));
    assertThat(read(JOBS, Map.of()).state(), is(Path.of("operations")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          catch_up: all    | catchup: all             | t.yaml:11: jobs.backfill.catchup: is not a known key. Did you mean "catch_up"?
          catch_up: all    | catch_up: every          | t.yaml:11: jobs.backfill.catch_up: "every" is not a rule
          timeout: 2h      | timeout: 2 hours         | t.yaml:13: jobs.backfill.timeout: "2 hours" is not a duration
          0 0 21 * * ? *   | 0 0 3 * * ? *            | t.yaml:6: jobs.backfill.schedule: the schedule "0 0 3 * * ? *" fires at 03:00
          {today}          | {tody}                   | t.yaml:9: jobs.backfill.steps.0.program.1: {tody} is not a known placeholder. Did you mean "today"?
          program:         | programme:               | t.yaml:9: jobs.backfill.steps.0.programme: is not a known key. Did you mean "program"?
          range: 7d        | retries: 4               | t.yaml:14: jobs.backfill.retries: stands twice
          [[marts]]        | []                       | t.yaml:18: jobs.by-hand.steps: has no element
          by-hand:         | By Hand:                 | t.yaml:16: jobs.By Hand: is not a name of a job
          Europe/Paris     | Europe/Pari              | t.yaml:1: timezone: "Europe/Pari" is not a time zone. Did you mean "Europe/Paris"?
          retries: 1       | retries: 21              | t.yaml:14: jobs.backfill.retries: "21" is not a whole number from 0 to 20
          state:           | sate:                    | t.yaml:1: the required key "state" is missing
          """)
  void whatIsWrongIsNamedWithItsPlace(String good, String bad, String message) {
    InputException problem =
        assertThrows(
            InputException.class,
            () -> new JobsFileReader(Map.of()).read("t.yaml", JOBS.replace(good, bad)));
    assertThat(problem.getMessage(), containsString(message));
  }

  @Test
  void dueRunMustKnowItsRange() {
    InputException problem =
        assertThrows(
            InputException.class, () -> read(JOBS.replace("    range: 7d\n", ""), Map.of()));
    assertThat(
        problem.getMessage(), containsString("t.yaml:4: jobs.backfill: uses {from} or {to}"));
  }

  @Test
  void unknownJobIsAnsweredWithTheNearest() {
    InputException problem =
        assertThrows(InputException.class, () -> JobsFile.shipped(Map.of()).job("daily-refesh"));
    assertThat(problem.getMessage(), containsString("Did you mean \"daily-refresh\"?"));
  }

  @Test
  void shippedFileIsThatOfTheSourceTreeAndHasEveryJob() throws Exception {
    JobsFile shipped = JobsFile.shipped(Map.of());
    assertThat(
        shipped.jobs().stream().map(ScheduledJob::name).toList(),
        is(
            List.of(
                "market-sync",
                "daily-refresh",
                "weekly-trends",
                "weekly-forecast",
                "marts",
                "daily-backfill",
                "reconcile-snowpipe",
                "data-health")));
    assertThat(
        read(Files.readString(Path.of("pipelines/jobs.yaml")), Map.of()).jobs().size(), is(8));
  }

  private static JobsFile read(String yaml, Map<String, String> environment) {
    return new JobsFileReader(environment).read("t.yaml", yaml);
  }

  @Test
  void fileIsReadByItsPath() throws Exception {
    Path file = Files.writeString(folder.resolve("own.yaml"), JOBS);
    assertThat(JobsFile.read(Optional.of(file), Map.of()).name(), is(file.toString()));
  }
}
