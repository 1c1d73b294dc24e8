package io.autopulse.operations.health;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A number that a look at the health took.
 *
 * @param name what it is
 * @param labels what it is of, by the label's name
 * @param value the number
 */
public record Measure(Name name, Map<String, String> labels, double value) {
  /** What is measured; the names and texts of the Prometheus format. */
  public enum Name {
    /** Seconds since the last run of a job that succeeded. */
    JOB_SUCCESS_AGE_SECONDS("Seconds since the last run of the job that succeeded had started."),
    /** Seconds since a run published a job's tables. */
    PUBLICATION_AGE_SECONDS("Seconds since the run that published the job's tables had started."),
    /** Seconds since the day of a feed's newest record began. */
    FEED_AGE_SECONDS("Seconds since the day of the feed's newest record began, in UTC."),
    /** Units of the last day that is complete. */
    SALES_UNITS("Sales of the last complete day."),
    /** Units expected of it. */
    SALES_EXPECTED_UNITS("Sales expected of the last complete day."),
    /** Rejected share of a feed's last run. */
    REJECTED_RATIO("Share of the records of the feed that its last run rejected."),
    /** Duplicate share of a feed's last run. */
    DUPLICATE_RATIO("Share of the records of the feed that its last run had twice."),
    /** Audits that failed in a job's last run. */
    FAILED_AUDITS("Audits that failed in the last run of the job."),
    /** Share of sales within the 80 % intervals. */
    FORECAST_COVERAGE_RATIO("Share of sales that the 80 % intervals of earlier forecasts held."),
    /** How far live figures are behind. */
    LIVE_LAG_SECONDS("Seconds that the newest live version is behind the newest known one."),
    /** Files that Snowpipe could not load. */
    PIPE_FAILED_FILES("Files that Snowpipe could not load in 14 days."),
    /** Used share of an error budget. */
    BUDGET_USED_RATIO("Used share of the 30-day error budget of the objective."),
    /** Alerts that wait for their delivery. */
    ALERTS_PENDING("Alerts that could not be delivered yet.");

    private final String help;

    Name(String help) {
      this.help = help;
    }

    /** Returns what it is, a sentence. */
    String help() {
      return help;
    }
  }

  /** Keeps its own copy, in the order of the labels' names. */
  public Measure {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  static Measure of(Name name, double value) {
    return new Measure(name, Map.of(), value);
  }

  static Measure of(Name name, long value) {
    return of(name, (double) value);
  }

  static Measure of(Name name, String label, String of, double value) {
    return new Measure(name, Map.of(label, of), value);
  }

  static Measure of(Name name, String label, String of, long value) {
    return of(name, label, of, (double) value);
  }
}
