package io.autopulse.operations.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.health.ErrorBudget;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Incident;
import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.ScheduledJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HealthOutputTest {
  private static final Instant AT = Instant.parse("2026-03-03T06:30:00Z");

  private static final HealthReport REPORT =
      new HealthReport(
          AT,
          "duckdb:w.duckdb",
          List.of(
              new Incident(
                  finding(Symptom.FEED_LATE, "feed:sales", "its \"newest\" record\nis old\\"),
                  List.of(finding(Symptom.TABLE_STALE, "table:sales", "was published on Monday")))),
          List.of(finding(Symptom.JOB_FAILED, "job:marts", "ended with exit code 1")),
          Map.of("fresh", new ErrorBudget(0.9, Duration.ofHours(36))),
          List.of(
              Measure.of(Measure.Name.FEED_AGE_SECONDS, "feed", "sales", 86_400),
              Measure.of(Measure.Name.SALES_UNITS, 117),
              Measure.of(Measure.Name.FEED_AGE_SECONDS, "feed", "a\"b\\c\nd", 0.25)),
          List.of("webhook: localhost answered 503"),
          List.of());

  @Test
  void jsonHasTheKeysThatProgramsRead() {
    assertThat(
        HealthJson.of(REPORT),
        is(
            """
            {
              "at" : "2026-03-03T06:30:00Z",
              "warehouse" : "duckdb:w.duckdb",
              "healthy" : false,
              "errors" : 1,
              "warnings" : 0,
              "incidents" : [ {
                "key" : "feed-late:feed:sales",
                "severity" : "error",
                "symptom" : "feed-late",
                "subject" : "feed:sales",
                "message" : "its \\"newest\\" record\\nis old\\\\",
                "remedy" : "Correct it",
                "runbook" : "docs/runbooks/feed-late.md",
                "since" : "2026-03-03T06:30:00Z",
                "followed" : [ {
                  "key" : "table-stale:table:sales",
                  "severity" : "error",
                  "symptom" : "table-stale",
                  "subject" : "table:sales",
                  "message" : "was published on Monday",
                  "remedy" : "Correct it",
                  "runbook" : "docs/runbooks/stale-tables.md",
                  "since" : "2026-03-03T06:30:00Z"
                } ]
              } ],
              "closed" : [ {
                "key" : "job-failed:job:marts",
                "severity" : "error",
                "symptom" : "job-failed",
                "subject" : "job:marts",
                "message" : "ended with exit code 1",
                "remedy" : "Correct it",
                "runbook" : "docs/runbooks/run-failed.md",
                "since" : "2026-03-03T06:30:00Z"
              } ],
              "objectives" : [ {
                "name" : "fresh",
                "objective" : 0.9,
                "bad_seconds" : 129600,
                "allowed_seconds" : 259200,
                "used" : 0.5
              } ],
              "measures" : [ {
                "name" : "feed_age_seconds",
                "labels" : {
                  "feed" : "sales"
                },
                "value" : 86400.0
              }, {
                "name" : "sales_units",
                "labels" : { },
                "value" : 117.0
              }, {
                "name" : "feed_age_seconds",
                "labels" : {
                  "feed" : "a\\"b\\\\c\\nd"
                },
                "value" : 0.25
              } ],
              "undelivered" : [ "webhook: localhost answered 503" ]
            }
            """));
  }

  @Test
  void prometheusTextFollowsItsGrammar() {
    Map<String, Double> samples = parse(PrometheusText.of(REPORT));
    assertThat(samples.get("autopulse_healthy"), is(0.0));
    assertThat(samples.get("autopulse_incidents{severity=error}"), is(1.0));
    assertThat(samples.get("autopulse_incidents{severity=warning}"), is(0.0));
    assertThat(
        samples.get(
            "autopulse_incident_followed{severity=error,subject=feed:sales,symptom=feed-late}"),
        is(1.0));
    assertThat(samples.get("autopulse_feed_age_seconds{feed=sales}"), is(86_400.0));
    assertThat(samples.get("autopulse_feed_age_seconds{feed=a\"b\\c\nd}"), is(0.25));
    assertThat(samples.get("autopulse_sales_units"), is(117.0));
  }

  /**
   * Reads the text format 0.0.4 by its grammar: each family has its HELP and TYPE before its
   * samples, which stand together, and no sample is there twice.
   */
  private static Map<String, Double> parse(String text) {
    Pattern help = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\\]|\\\\[\\\\n])*)");
    Pattern type = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|untyped)");
    Pattern sample =
        Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([-+]?[0-9.]+(?:[eE][-+]?\\d+)?)");
    Pattern label =
        Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
    assertThat(text.endsWith("\n"), is(true));
    Map<String, Double> samples = new HashMap<>();
    Map<String, Boolean> families = new HashMap<>();
    String family = "";
    for (String line : text.split("\n", -1)) {
      Matcher helped = help.matcher(line);
      Matcher typed = type.matcher(line);
      Matcher sampled = sample.matcher(line);
      if (helped.matches()) {
        family = helped.group(1);
        assertThat("one HELP of " + family, families.put(family, false) == null, is(true));
      } else if (typed.matches()) {
        assertThat(typed.group(1), is(family));
        families.put(family, true);
      } else if (sampled.matches()) {
        assertThat(line, sampled.group(1), is(family));
        assertThat(line, families.get(family), is(true));
        StringBuilder key = new StringBuilder(family);
        String labels = sampled.group(2);
        if (labels != null) {
          key.append('{');
          Matcher each = label.matcher(labels);
          int end = 0;
          while (each.find()) {
            assertThat(line, each.start(), is(end));
            end = each.end();
            key.append(end == each.group().length() ? "" : ",")
                .append(each.group(1))
                .append('=')
                .append(
                    each.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\"));
          }
          assertThat(line, end, is(labels.length()));
          key.append('}');
        }
        assertThat(
            line, samples.put(key.toString(), Double.valueOf(sampled.group(3))) == null, is(true));
      } else {
        assertThat("a line of the grammar: " + line, line.isEmpty(), is(true));
      }
    }
    return samples;
  }

  @Test
  void shippedConfigIsReadAndKnowsEveryFeedThatAJobReads() {
    HealthConfig config = new HealthConfigReader(Map.of()).read(Optional.empty());
    assertThat(
        config.flows().stream().map(HealthConfig.Flow::job).toList(),
        is(List.of("market-sync", "daily-refresh", "weekly-trends", "weekly-forecast", "marts")));
    List<String> jobs = JobsFile.shipped(Map.of()).jobs().stream().map(ScheduledJob::name).toList();
    config.flows().forEach(flow -> assertThat(jobs, hasItem(flow.job())));
    assertThat(config.placeOfRun("market-data"), is("job:market-sync"));
    assertThat(config.placeOfRun("my-erp"), is("run:my-erp"));
    assertThat(
        config.flows().stream().mapToInt(flow -> flow.feeds().size()).sum(),
        is(HealthConfig.FEEDS.size()));
  }

  @Test
  void whatIsNotKnownInTheConfigIsAnErrorWithItsLine() throws IOException {
    String shipped = Files.readString(Path.of("pipelines/health.yaml"));
    assertProblem(
        shipped.replace("live_lag:", "live_lagg:"),
        "limits.live_lagg: is not a known key. Did you mean \"live_lag\"?");
    assertProblem(
        shipped.replace("feed-late, table-stale", "feed-late, table-stal"),
        "\"table-stal\" is not a finding. Did you mean \"table-stale\"?");
    assertProblem(
        shipped.replace("right: {holds: 0.93", "right: {holds: 1"),
        "objectives.right.holds: \"1\" is not a share above 0 and below 1, such as 0.99");
    assertProblem(
        shipped.replace("{sales: 6d}", "{sale: 6d}"),
        "jobs.daily-refresh.feeds.sale: is not a known key. Did you mean \"sales\"?");
    assertProblem(
        shipped.replace("after: [daily-refresh]", "after: [daily-refrsh]"),
        "\"daily-refrsh\" is not a job of this file. Did you mean \"daily-refresh\"?");
    assertProblem(
        shipped
            .replace("feeds: {sales: 6d}", "feeds: {sales: 6d}\n    after: [marts]")
            .replace("    after: [market-sync] ", "    # "),
        "feeds itself by way of others");
    assertProblem(
        shipped.replace("url: AUTOPULSE_ALERT_WEBHOOK", "url: https://chat.example.org/SECRET"),
        "is not a name of an environment variable");
  }

  private static void assertProblem(String yaml, String expected) {
    InputException problem =
        assertThrows(
            InputException.class, () -> new HealthConfigReader(Map.of()).read("h.yaml", yaml));
    assertThat(problem.getMessage(), not(containsString("SECRET")));
    assertThat(problem.getMessage(), containsString("h.yaml:"));
    assertThat(problem.getMessage(), containsString(expected));
  }

  private static Finding finding(Symptom symptom, String subject, String message) {
    return new Finding(symptom, subject, message, "Correct it", AT);
  }
}
