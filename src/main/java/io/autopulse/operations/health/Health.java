package io.autopulse.operations.health;

import static java.util.function.Predicate.not;

import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.health.ErrorBudget;
import io.autopulse.domain.health.ErrorBudget.Look;
import io.autopulse.domain.health.Finding;
import io.autopulse.domain.health.Incident;
import io.autopulse.domain.health.OpenFindings;
import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.health.HealthConfig.Objective;
import io.autopulse.operations.health.HealthState.Pending;
import io.autopulse.operations.schedule.JobsFile;
import io.autopulse.operations.schedule.ScheduledJob;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.WarehouseException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at jobs and warehouse, compares with the look before, alerts what has opened or is over,
 * and keeps the rest for the next look.
 */
public final class Health {
  private final HealthConfig config;
  private final JobsFile jobs;
  private final Holidays holidays;
  private final Map<String, AlertChannel> channels = new LinkedHashMap<>();

  /**
   * Makes a look.
   *
   * @param config what healthy means
   * @param jobs the jobs, and the folder of their state
   * @param holidays of the country
   * @param environment has the secrets of alerts
   * @throws InputException if they cannot be used
   */
  public Health(
      HealthConfig config, JobsFile jobs, Holidays holidays, Map<String, String> environment) {
    this.config = config;
    this.jobs = jobs;
    this.holidays = holidays;
    AlertChannels.of(config.alerts(), environment)
        .forEach(channel -> channels.put(channel.name(), channel));
  }

  /**
   * Looks. A look at an instant before the last one says what it sees, and neither alerts nor
   * changes the state.
   *
   * @param warehouse opens the warehouse
   * @param name the warehouse's name
   * @param at the time
   * @throws InputException if the state cannot be read or written
   */
  public HealthReport look(WarehouseAccess warehouse, String name, Instant at) {
    try (HealthStateFile file = HealthStateFile.open(jobs.state())) {
      HealthState last = file.read().orElseGet(() -> HealthState.before(at));
      HealthState before = last.withPending(last.pending().stream().filter(this::canCome).toList());
      Findings found = new Findings(at);
      boolean couldRead = check(found, before, warehouse);
      undelivered(found, before);
      Map<String, List<Look>> looks = looks(found, before, couldRead);
      Map<String, ErrorBudget> budgets = budgets(found, looks);
      List<Finding> open =
          before
              .open()
              .with(
                  found.findings(),
                  finding -> !couldRead && finding.symptom().origin() == Symptom.Origin.WAREHOUSE);
      List<Incident> incidents =
          config.causes(jobs.jobs().stream().map(ScheduledJob::name).toList()).group(open);
      OpenFindings.Change change = before.open().next(incidents, config.alerts().least());
      List<String> failures = List.of();
      List<String> dropped = List.of();
      if (!at.isBefore(before.lastLook())) {
        HealthState after =
            new HealthState(
                before.firstLook(), at, change.open(), looks, pending(before, change, at));
        file.write(after);
        dropped = last.pending().stream().filter(not(this::canCome)).map(Health::line).toList();
        failures = deliver(after, file);
      }
      return new HealthReport(
          at, name, incidents, change.closed(), budgets, found.measures(), failures, dropped);
    }
  }

  /** Returns whether the warehouse could be read. */
  private boolean check(Findings found, HealthState before, WarehouseAccess warehouse) {
    JobChecks jobChecks = new JobChecks(jobs, config.limits().grace(), found);
    Instant knownSince = jobChecks.knownSince(before.firstLook());
    jobChecks.check(knownSince);
    Findings figures = new Findings(found.at());
    try {
      warehouse.open((connection, pending) -> check(figures, connection, pending, knownSince));
    } catch (InputException | WarehouseException | SQLException e) {
      found.add(
          Symptom.WAREHOUSE_UNREADABLE,
          HealthConfig.WAREHOUSE,
          "cannot be read: " + InputException.reason(e),
          "See whether it is in use, moved, damaged, or its login has changed");
      return false;
    }
    found.addAll(figures);
    return true;
  }

  private void check(
      Findings found, Connection connection, List<String> pending, Instant knownSince)
      throws SQLException {
    if (!pending.isEmpty()) {
      found.add(
          Symptom.SCHEMA_BEHIND,
          HealthConfig.WAREHOUSE,
          "lacks the migrations " + String.join(", ", pending),
          "Apply them: autopulse migrate");
      return;
    }
    Session session = Session.ofCore(connection);
    RunChecks runs = new RunChecks(session, config, found);
    runs.check();
    Map<String, Instant> published = runs.published();
    new FreshnessChecks(session, config, jobs, found).check(knownSince, published);
    new FigureChecks(session, config, holidays, jobs.zone(), found).check(published);
  }

  private void undelivered(Findings found, HealthState before) {
    found.measure(Measure.of(Measure.Name.ALERTS_PENDING, before.pending().size()));
    Map<String, Integer> waiting = new TreeMap<>();
    before.pending().forEach(pending -> waiting.merge(pending.channel(), 1, Integer::sum));
    waiting.forEach(
        (channel, alerts) ->
            found.add(
                Symptom.ALERT_UNDELIVERED,
                "alert:" + channel,
                alerts + (alerts == 1 ? " alert waits" : " alerts wait") + " to be delivered",
                "See why the channel does not take them: each look tries again"));
  }

  private Map<String, List<Look>> looks(Findings found, HealthState before, boolean couldRead) {
    Map<String, List<Look>> looks = new TreeMap<>();
    config
        .objectives()
        .forEach(
            (name, objective) ->
                looks.put(
                    name,
                    ErrorBudget.with(
                        before.looks().getOrDefault(name, List.of()),
                        new Look(found.at(), holds(objective, found, before, couldRead)))));
    return looks;
  }

  private static boolean holds(
      Objective objective, Findings found, HealthState before, boolean couldRead) {
    Stream<Symptom> open = found.findings().stream().map(Finding::symptom);
    Stream<Symptom> unknown =
        before.open().findings().values().stream()
            .map(finding -> finding.finding().symptom())
            .filter(symptom -> !couldRead && symptom.origin() == Symptom.Origin.WAREHOUSE);
    return Stream.concat(open, unknown).noneMatch(objective.symptoms()::contains);
  }

  private Map<String, ErrorBudget> budgets(Findings found, Map<String, List<Look>> looks) {
    Map<String, ErrorBudget> budgets = new TreeMap<>();
    config
        .objectives()
        .forEach(
            (name, objective) -> {
              ErrorBudget budget =
                  ErrorBudget.of(
                      objective.objective(), looks.getOrDefault(name, List.of()), found.at());
              budgets.put(name, budget);
              found.measure(
                  Measure.of(Measure.Name.BUDGET_USED_RATIO, "objective", name, budget.used()));
              if (budget.used() > 1) {
                found.add(
                    Symptom.BUDGET_SPENT,
                    "objective:" + name,
                    "did not hold for %s of the last 30 days; %s are allowed"
                        .formatted(JobChecks.text(budget.bad()), JobChecks.text(budget.allowed())),
                    "Put the causes of the last weeks before new work");
              }
            });
    return budgets;
  }

  /** Returns what is to be delivered: what waits, then what this look adds, by channel. */
  private List<Pending> pending(HealthState before, OpenFindings.Change change, Instant at) {
    List<Pending> pending = new ArrayList<>(before.pending());
    List<Alert> alerts = new ArrayList<>();
    change.closed().forEach(finding -> alerts.add(Alert.closed(finding, at)));
    change.opened().forEach(incident -> alerts.add(Alert.opened(incident, at)));
    for (String channel : channels.keySet()) {
      alerts.forEach(alert -> pending.add(new Pending(channel, alert)));
    }
    return pending;
  }

  /** Delivers what waits, in order, and returns what was not delivered and why. */
  private List<String> deliver(HealthState state, HealthStateFile file) {
    List<Pending> left = new ArrayList<>(state.pending());
    List<String> failures = new ArrayList<>();
    Set<String> broken = new LinkedHashSet<>();
    for (Pending pending : state.pending()) {
      if (broken.contains(pending.channel())) {
        continue;
      }
      try {
        Objects.requireNonNull(channels.get(pending.channel())).send(pending.alert());
        left.remove(pending);
        file.write(state.withPending(left));
      } catch (IOException e) {
        broken.add(pending.channel());
        failures.add(pending.channel() + ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failures;
      }
    }
    return failures;
  }

  /** Tells whether the channel is still set up. */
  private boolean canCome(Pending pending) {
    return channels.containsKey(pending.channel());
  }

  private static String line(Pending pending) {
    return pending.channel() + ": " + pending.alert().subject();
  }
}
