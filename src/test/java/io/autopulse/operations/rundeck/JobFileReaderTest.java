package io.autopulse.operations.rundeck;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the strict reading of a job's file refuses, each with its line. */
class JobFileReaderTest {
  private final String text = ShippedFolder.job("daily-refresh").text();

  @Test
  void jobIsReadWithAllThatTheChecksNeed() {
    JobFile job = JobFileReader.read("daily-refresh.yaml", text);
    assertThat(job.name(), is("daily-refresh"));
    assertThat(job.group(), is("autopulse"));
    assertThat(job.uuid(), is("3c3bf8dc-b4f0-3cd0-aa45-007b817ad77d"));
    assertThat(job.zone(), is(Optional.of(ZoneId.of("Europe/Paris"))));
    assertThat(job.cron(), is(Optional.of("0 0 5 ? * * *")));
    assertThat(job.timeout(), is(Optional.of(Duration.ofHours(9))));
    assertThat(
        job.options().stream().map(JobOption::variable).toList(),
        is(
            List.of(
                "RD_OPTION_FOR",
                "RD_OPTION_AUTOPULSE_SNOWFLAKE_PRIVATE_KEY",
                "RD_OPTION_AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_PASSPHRASE")));
    assertThat(
        job.calls().get(0).command(),
        is("cd ${node.folder} && exec bin/autopulse job daily-refresh --for=\"$RD_OPTION_FOR\""));
    assertThat(job.isWorkflow(), is(false));
  }

  @ParameterizedTest
  @CsvSource({
    "loglevel: INFO, loglevell: INFO, 'x.yaml:5: 0.loglevell: is not a known key. Did you mean \"loglevel\"?'",
    "exec: cd, exek: cd, 'commands.0.exek: is not a known key. Did you mean \"exec\"?'",
    "minute: '0', minutes: '0', 'schedule.time.minutes: is not a known key. Did you mean \"minute\"?'",
    "onfailure:, onfailur:, 'notification.onfailur: is not a known key. Did you mean \"onfailure\"?'",
    "regex: '^\\d{4}, regx: '^\\d{4}, 'options.0.regx: is not a known key. Did you mean \"regex\"?'",
    "logData: true, logdata: true, 'config.logdata: is not a known key. Did you mean \"logData\"?'",
    "storagePath:, storagepath:, 'storagepath: is not a known key. Did you mean \"storagePath\"?'",
    "threadcount:, threads:, 'dispatch.threads: is not a known key'",
    "group: autopulse, gruop: autopulse, 'the required key \"group\" is missing'"
  })
  void keyThatRundeckWouldPassOverIsAnErrorWithItsLine(String key, String by, String problem) {
    refused(key, by, problem);
  }

  @ParameterizedTest
  @CsvSource({
    "multipleExecutions: false, multipleExecutions: 'false', 'x.yaml:8: is text, and to Rundeck any text is true'",
    "multipleExecutions: false, multipleExecutions: no, '\"no\" is not true or false'",
    "hour: '5', hour: '25', 'cannot be read'",
    "day: '*', day: 'MOO', 'cannot be read'",
    "timeout: 9h, timeout: 9 hours, 'is not a duration'",
    "timeZone: Europe/Paris, timeZone: Europe/Pariss, 'Did you mean \"Europe/Paris\"?'",
    "uuid: 3c3b, uuid: 3C3B, 'is not a UUID in small letters'",
    "regex: '^\\d{4}, regex: '^(\\d{4}, 'options.0.regex: cannot be read'",
    "timeout: 9h, retry: 3, '0.retry: repeats every failure, also of an audit'",
    "month: '*', crontab: '0 0 5 * * ? *', 'schedule.crontab: is kept by Rundeck in parts'"
  })
  void valueThatRundeckWouldTakeOtherwiseIsRefused(String value, String by, String problem) {
    refused(value, by, problem);
  }

  @Test
  void fileHasOneJob() {
    for (String other : List.of(text + text, "name: daily-refresh\n", "[]\n")) {
      assertThat(
          assertThrows(InputException.class, () -> JobFileReader.read("x.yaml", other))
              .getMessage(),
          is("x.yaml:1: is not a list of one job. Keep one job a file, which begins with - name:"));
    }
  }

  @Test
  void commandsKeepWhatRundeckSubstitutes() {
    assertThat(
        JobFileReader.read("x.yaml", text.replace("bin/autopulse", "${node.command}"))
            .calls()
            .get(0)
            .command(),
        containsString("exec ${node.command} job"));
  }

  private void refused(String part, String by, String problem) {
    assertThat("the text has it", text, containsString(part));
    InputException refusal =
        assertThrows(
            InputException.class, () -> JobFileReader.read("x.yaml", text.replace(part, by)));
    assertThat(refusal.getMessage(), containsString(problem));
  }
}
