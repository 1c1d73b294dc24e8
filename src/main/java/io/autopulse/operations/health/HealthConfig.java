package io.autopulse.operations.health;

import io.autopulse.domain.health.CauseGraph;
import io.autopulse.domain.health.Severity;
import io.autopulse.domain.health.ShareLimits;
import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.health.VolumeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What healthy means: the file {@code health.yaml}.
 *
 * @param country whose holidays sell nothing; empty for none
 * @param flows what each job reads and writes
 * @param limits the thresholds
 * @param objectives the service level objectives by name
 * @param alerts whom to tell
 */
public record HealthConfig(
    Optional<String> country,
    List<Flow> flows,
    Limits limits,
    Map<String, Objective> objectives,
    AlertSettings alerts) {
  /** The feeds whose newest record the core tables show. */
  static final Set<String> FEEDS =
      Set.of("sales", "registrations", "fuel_prices", "attention", "social");

  /** The place of what only the warehouse as a whole can have. */
  static final String WAREHOUSE = "warehouse";

  /** The place of what starts the jobs. */
  static final String SCHEDULER = "scheduler";

  /**
   * What a job reads and writes.
   *
   * @param job its name in the file of jobs
   * @param run the {@code job} of its runs in {@code load_runs}; empty for the marts, which no run
   *     publishes
   * @param feeds how old the newest record of each feed may be
   * @param tables what it publishes
   * @param after the jobs whose tables it reads
   * @param within how long after it is due its tables must be there
   */
  public record Flow(
      String job,
      Optional<String> run,
      Map<String, Duration> feeds,
      List<String> tables,
      List<String> after,
      Duration within) {
    /** Keeps its own copies. */
    public Flow {
      feeds = Map.copyOf(feeds);
      tables = List.copyOf(tables);
      after = List.copyOf(after);
    }
  }

  /**
   * The thresholds.
   *
   * @param volume of the sales of a day
   * @param history how many days tell what is expected
   * @param rejected of the rejected records of a feed
   * @param duplicates of the records of a feed that came twice
   * @param coverage of the forecasts' intervals
   * @param liveLag how far live figures may be behind
   * @param maxAhead how far a time may be ahead of the clock
   * @param aheadFewest so many records must be
   * @param grace how long after it is due a job may start
   * @param stuckAfter how long a run may be logged as running
   */
  public record Limits(
      VolumeLimits volume,
      int history,
      ShareLimits rejected,
      ShareLimits duplicates,
      Coverage coverage,
      Duration liveLag,
      Duration maxAhead,
      int aheadFewest,
      Duration grace,
      Duration stuckAfter) {}

  /**
   * When intervals hold too few or too many of the sales.
   *
   * @param fewest so many forecasts must be measured
   * @param tolerance how far the share within the 80 % interval may be from 0.8
   */
  public record Coverage(int fewest, double tolerance) {}

  /**
   * A service level objective.
   *
   * @param objective the share of the time in which it holds
   * @param symptoms what breaks it
   */
  public record Objective(double objective, Set<Symptom> symptoms) {
    /** Keeps its own copy. */
    public Objective {
      symptoms = Set.copyOf(symptoms);
    }
  }

  /**
   * Whom to tell.
   *
   * @param least the severity from which on
   * @param webhook where to post
   * @param mail the command that sends a mail
   * @param file the file to append to
   */
  public record AlertSettings(
      Severity least,
      Optional<WebhookSettings> webhook,
      Optional<List<String>> mail,
      Optional<Path> file) {}

  /**
   * A webhook: its secrets are in the environment, or in files that it names.
   *
   * @param url the variable of the URL
   * @param token the variable of a bearer token
   */
  public record WebhookSettings(String url, Optional<String> token) {}

  /** Keeps its own copies, and checks that no job comes after itself. */
  public HealthConfig {
    flows = List.copyOf(flows);
    objectives = Map.copyOf(objectives);
    causes(flows, List.of());
  }

  /** Returns the place of a feed. */
  static String feed(String feed) {
    return "feed:" + feed;
  }

  /** Returns the place of a job. */
  static String job(String job) {
    return "job:" + job;
  }

  /** Returns the place of a table. */
  static String table(String table) {
    return "table:" + table;
  }

  /** Returns the place of a job of {@code load_runs}: that of the job that makes its runs. */
  String placeOfRun(String run) {
    return flows.stream()
        .filter(flow -> flow.run().equals(Optional.of(run)))
        .findFirst()
        .map(flow -> job(flow.job()))
        .orElse("run:" + run);
  }

  /** Returns what feeds what. */
  CauseGraph causes(List<String> jobs) {
    return causes(flows, jobs);
  }

  private static CauseGraph causes(List<Flow> flows, List<String> jobs) {
    CauseGraph.Builder graph = new CauseGraph.Builder();
    for (String job : jobs) {
      graph.edge(SCHEDULER, job(job));
    }
    for (Flow flow : flows) {
      graph.edge(WAREHOUSE, job(flow.job()));
      for (String feed : flow.feeds().keySet()) {
        graph.edge(WAREHOUSE, feed(feed)).edge(feed(feed), job(flow.job()));
      }
      flow.tables().forEach(table -> graph.edge(job(flow.job()), table(table)));
      flow.after().forEach(before -> graph.edge(job(before), job(flow.job())));
    }
    return graph.build();
  }
}
