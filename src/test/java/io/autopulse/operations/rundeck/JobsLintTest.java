package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.autopulse.operations.schedule.JobsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of a shipped file must not do. */
class JobsLintTest {
  private static final String DATE = "'^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$'";

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void copy() {
    folder = ShippedFolder.copy(temporary.resolve("rundeck"));
  }

  @Test
  void shippedJobsAreInOrder() {
    assertThat(ShippedFolder.problems(folder), is(empty()));
  }

  @Test
  void scheduleInTheHoursWhenClocksChangeIsRefused() {
    change("marts", "hour: '6'", "hour: '3'");
    assertThat(
        ShippedFolder.problems(folder),
        hasItem(
            "jobs/marts.yaml:12: 0.schedule: the schedule \"0 30 3 ? * * *\" fires at 03:30: from 00:00 to"
                + " 03:59 a time is skipped or comes twice when the clocks change. Choose 04:00 or later"));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          marts | minute: '30' | minute: '45' | jobs/marts.yaml:12: 0.schedule | "0 45 6 ? * * *" is another schedule
          marts | year: '*' | year: '2026-2030' | marts.yaml:12: 0.schedule | another schedule
          marts | month: '*' | month: '1-11' | marts.yaml:12: 0.schedule | another schedule
          weekly-trends | day: 'MON' | day: 'TUE' | weekly-trends.yaml:12: 0.schedule | another schedule
          reconcile-snowpipe | 0/30 | 0/15 | reconcile-snowpipe.yaml:12: 0.schedule | another schedule
          marts | timeZone: Europe/Paris | timeZone: UTC | marts.yaml:11: 0.timeZone | Write timeZone: Europe/Paris
          marts | group: autopulse | group: sales | marts.yaml:2: 0.group | Write group: autopulse
          daily | '        name: marts' | '        name: market-sync' | daily.yaml | names no job of the folder
          daily | '        group: autopulse' | '        group: other' | daily.yaml | names no job of the folder
          marts | timeout: 5h | # none | marts.yaml | Write timeout
          daily-refresh | timeout: 9h | timeout: 8h | daily-refresh.yaml:21: 0.timeout | Write at least 510m
          marts | multipleExecutions: false | multipleExecutions: true | marts.yaml:8: 0.multipleExecutions | lets runs overlap
          marts | onfailure: | onsuccess: | marts.yaml | nobody is told by onfailure
          marts | onavgduration: | onsuccess: | marts.yaml | nobody is told by onavgduration
          marts | notifyAvgDurationThreshold: 100% | # none | marts.yaml | Write notifyAvgDurationThreshold
          daily-refresh | refresh --for="$RD_OPTION_FOR" | refresh | daily-refresh.yaml:23: 0.options.0 | is used by no command
          marts | job marts | job marts --for="$RD_OPTION_FOR" | marts.yaml | RD_OPTION_FOR is of no option of this job
          marts | job marts | job data-health | marts.yaml | Write cd ${node.folder} && exec bin/autopulse job marts
          marts | valueExposed: true | valueExposed: false | marts.yaml | does not bring a secret from key storage
          marts | storagePath: keys/ | storagePath: other/ | marts.yaml | does not bring a secret from key storage
          marts | name: autopulse_snow | name: snow | marts.yaml:23: 0.options.0.name | is a variable that autopulse does not read
          marts | key-value-data | highlight | marts.yaml | no filter takes run_id
          marts | (run_id) | (outcome) | marts.yaml | no filter takes run_id
          marts | job=.* | job=none .* | marts.yaml | no filter takes run_id
          """)
  void changeThatBreaksARuleIsRefused(
      String job, String text, String by, String place, String problem) {
    change(job, text, by);
    refused(place, problem);
  }

  @Test
  void sameTimesInOtherWordsAreTheSameSchedule() {
    change("weekly-trends", "day: 'MON'", "day: '2'");
    change("reconcile-snowpipe", "0/30", "0,30");
    assertThat(ShippedFolder.problems(folder), is(empty()));
  }

  @Test
  void scheduleOfAWorkflowStartsItsJobsTwice() {
    change(
        "daily",
        "  timeout: 22h\n",
        "  timeout: 22h\n  schedule:\n    time: {hour: '5', minute: '0', seconds: '0'}\n    weekday: {day: '*'}\n    month: '*'\n    year: '*'\n");
    refused("daily.yaml:13: 0.schedule", "a second time");
  }

  @Test
  void identityOtherThanThatOfItsNameIsRefused() {
    String uuid = ShippedFolder.job("marts").uuid();
    change("marts", uuid, "00000000-0000-0000-0000-000000000001");
    refused("marts.yaml:3: 0.uuid", "Write uuid: " + uuid);
  }

  @Test
  void identityOfAnotherJobIsRefused() {
    change("marts", ShippedFolder.job("marts").uuid(), ShippedFolder.job("data-health").uuid());
    refused("marts.yaml:3: 0.uuid", "replace another");
  }

  @Test
  void nameOfTwoFilesIsRefused() throws IOException {
    Files.copy(folder.resolve("jobs/marts.yaml"), folder.resolve("jobs/marts-again.yaml"));
    refused("marts.yaml:1: 0.name", "is the name of");
    refused("marts-again.yaml:1: 0.name", "Call the file marts.yaml");
  }

  @Test
  void optionWithoutARegexIsRefused() {
    change("weekly-trends", "    regex: " + DATE + "\n", "");
    refused("weekly-trends.yaml:23: 0.options.0", "takes any value");
  }

  @ParameterizedTest
  @CsvSource({"'^.*$'", "'^[0-9 -]+$|^a b$'", "'^[^;]*$'", "^--[a-z]+$"})
  void regexThatLetsShellTextThroughIsRefused(String regex) {
    change("weekly-trends", "regex: " + DATE, "regex: '" + regex + "'");
    refused("weekly-trends.yaml:26: 0.options.0.regex", "lets through");
  }

  @ParameterizedTest
  @CsvSource({
    "--for=${option.for}, has an option pasted",
    "--for \"${option.for}\", has an option pasted",
    "--for=\"@option.for@\", has an option pasted",
    "--for=\"$RD_OPTION_FOR\" --token=\"$RD_OPTION_FOR\", has a secret",
    "--for=\"$RD_OPTION_AUTOPULSE_SNOWFLAKE_PRIVATE_KEY\", has a secret",
    "--for=\"$RD_OPTION_FOR\" --jobs=https://me:" + "mine@host/jobs.yaml, has a secret",
    "--for=\"$RD_OPTION_FOR\"; id, is not the call of this job",
    "--for=$RD_OPTION_FOR, is not the call of this job"
  })
  void commandIsTheCallOfAPersonWithOptionsThatNoShellReads(String options, String problem) {
    change("daily-refresh", "--for=\"$RD_OPTION_FOR\"", options);
    refused("daily-refresh.yaml:61: 0.sequence.commands.0.exec", problem);
  }

  @Test
  void secretInAFileIsRefused() {
    change(
        "marts",
        "    storagePath: keys/project/autopulse/snowflake-private-key\n",
        "    storagePath: keys/project/autopulse/snowflake-private-key\n    value: abc\n");
    refused("marts.yaml:29: 0.options.0.value", "has a secret in the file");
  }

  @Test
  void hostIsChosenByATag() {
    String filter = "  nodefilters:\n    filter: 'tags: autopulse'\n    dispatch:\n";
    String dispatch =
        """
              threadcount: '1'
              keepgoing: false
              excludePrecedence: true
              successOnEmptyNodeFilter: false
              rankOrder: ascending
        """;
    change("marts", filter + dispatch, "");
    refused("marts.yaml:1", "runs on Rundeck's own host");
  }

  @Test
  void jobThatAutopulseDoesNotHaveIsRefused() throws IOException {
    Files.move(folder.resolve("jobs/marts.yaml"), folder.resolve("jobs/marks.yaml"));
    change("marks", "name: marts", "name: marks");
    refused("marks.yaml:1: 0.name", "is no job of jobs.yaml (shipped). Did you mean \"marts\"?");
    refused("jobs.yaml (shipped): jobs.marts", "has no file");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    change("marts", "multipleExecutions: false", "multipleExecutions: true");
    change("data-health", "timeout: 2h", "timeout: 1h");
    assertThat(ShippedFolder.problems(folder), hasSize(2));
  }

  @Test
  void jobsOfAnotherProjectHaveIdentitiesOfTheirOwnAndAreInOrder() {
    RundeckFolder staging = RundeckFolder.read(folder, Optional.of("staging"));
    assertThat(new JobsLint(staging, JobsFile.shipped(Map.of())).problems(), is(empty()));
    assertThat(
        staging.jobs().stream().filter(j -> j.name().equals("marts")).map(JobFile::uuid).toList(),
        contains(JobFile.uuidOf("staging", "autopulse", "marts")));
  }

  private void change(String job, String text, String by) {
    ShippedFolder.change(folder, job, text, by);
  }

  private void refused(String place, String problem) {
    assertThat(
        ShippedFolder.problems(folder),
        hasItem(allOf(containsString(place), containsString(problem))));
  }
}
