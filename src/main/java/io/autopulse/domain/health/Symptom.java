package io.autopulse.domain.health;

import java.util.Locale;

/**
 * A kind of finding: its runbook, how bad it is, where it shows, and whether something further
 * upstream can cause it. The order is that of importance among findings of one place.
 */
public enum Symptom {
  /** The warehouse cannot be opened or read. */
  WAREHOUSE_UNREADABLE("warehouse-unreadable", Severity.ERROR, Origin.WAREHOUSE, Cause.ITSELF),
  /** The tables are older than this program. */
  SCHEMA_BEHIND("warehouse-unreadable", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** Several jobs were due, and nothing has started since. */
  SCHEDULER_DOWN("job-not-started", Severity.ERROR, Origin.JOBS, Cause.ITSELF),
  /** A job has never started since it is known. */
  JOB_NEVER_STARTED("job-not-started", Severity.ERROR, Origin.JOBS, Cause.SCHEDULER),
  /** A job did not start when it was due. */
  JOB_MISSED("job-not-started", Severity.ERROR, Origin.JOBS, Cause.SCHEDULER),
  /** A job's process is gone and never said how it ended. */
  JOB_GONE("stuck-run", Severity.ERROR, Origin.JOBS, Cause.ITSELF),
  /** A job runs for longer than its attempts may. */
  JOB_OVERDUE("stuck-run", Severity.ERROR, Origin.JOBS, Cause.ITSELF),
  /** The newest record of a feed is too old. */
  FEED_LATE("feed-late", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** Far fewer sales of a day than expected. */
  VOLUME_LOW("volume", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** Far more sales of a day than expected. */
  VOLUME_HIGH("volume", Severity.ERROR, Origin.WAREHOUSE, Cause.ITSELF),
  /** Far more records of a feed are rejected than usually. */
  REJECTED_SHARE("rejected-records", Severity.ERROR, Origin.WAREHOUSE, Cause.ITSELF),
  /** Far more records of a feed came twice than usually. */
  DUPLICATE_SHARE("volume", Severity.ERROR, Origin.WAREHOUSE, Cause.ITSELF),
  /** Records are dated in the future. */
  CLOCK_AHEAD("clock", Severity.ERROR, Origin.WAREHOUSE, Cause.ITSELF),
  /** The last run of a job was stopped by its audits. */
  AUDIT_FAILED("audit-failed", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** The last run of a job ended by an error. */
  JOB_FAILED("run-failed", Severity.ERROR, Origin.JOBS, Cause.UPSTREAM),
  /** A run of the log failed or never ended. */
  RUN_FAILED("run-failed", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** A run is logged as running for too long. */
  RUN_STUCK("stuck-run", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** A table was not published since its job was due. */
  TABLE_STALE("stale-tables", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** The marts do not show what was published. */
  MARTS_STALE("stale-marts", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** The forecasts' intervals held too few or too many of the sales. */
  FORECAST_COVERAGE("forecast-coverage", Severity.WARNING, Origin.WAREHOUSE, Cause.ITSELF),
  /** Live figures are behind what the warehouse knows. */
  LIVE_LAG("live-lag", Severity.ERROR, Origin.WAREHOUSE, Cause.UPSTREAM),
  /** Snowpipe could not load files. */
  PIPE_FAILED("snowpipe", Severity.ERROR, Origin.WAREHOUSE, Cause.ITSELF),
  /** An alert could not be delivered. */
  ALERT_UNDELIVERED("alerts", Severity.WARNING, Origin.JOBS, Cause.ITSELF),
  /** More was bad in 30 days than the objective allows. */
  BUDGET_SPENT("error-budget", Severity.WARNING, Origin.JOBS, Cause.ITSELF);

  /** Where a symptom is looked for. */
  public enum Origin {
    /** The heartbeats and files of the jobs. */
    JOBS,
    /** The warehouse: unknown while that cannot be read. */
    WAREHOUSE
  }

  /** What can cause a symptom beside its own place. */
  enum Cause {
    /** Nothing. */
    ITSELF,
    /** Only that nothing is started. */
    SCHEDULER,
    /** Whatever is wrong further upstream. */
    UPSTREAM
  }

  private final String runbook;
  private final Severity severity;
  private final Origin origin;
  private final Cause cause;

  Symptom(String runbook, Severity severity, Origin origin, Cause cause) {
    this.runbook = runbook;
    this.severity = severity;
    this.origin = origin;
    this.cause = cause;
  }

  /** Returns the page that says what to do, from the root of the repository. */
  public String runbook() {
    return "docs/runbooks/" + runbook + ".md";
  }

  /** Returns how bad it is. */
  public Severity severity() {
    return severity;
  }

  /** Returns where it is looked for. */
  public Origin origin() {
    return origin;
  }

  /** Tells whether a finding at a place upstream explains this one. */
  boolean follows(Finding upstream) {
    return switch (cause) {
      case ITSELF -> false;
      case SCHEDULER -> upstream.symptom() == SCHEDULER_DOWN;
      case UPSTREAM -> upstream.symptom().severity == Severity.ERROR;
    };
  }

  /** Returns the name that files and messages have, such as {@code feed-late}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
