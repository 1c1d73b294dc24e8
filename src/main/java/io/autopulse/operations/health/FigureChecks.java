package io.autopulse.operations.health;

import io.autopulse.domain.calendar.Holidays;
import io.autopulse.domain.health.ExpectedVolume;
import io.autopulse.domain.health.Symptom;
import io.autopulse.domain.health.VolumeLimits.Verdict;
import io.autopulse.warehouse.Session;
import io.autopulse.warehouse.SqlFile;
import io.autopulse.warehouse.SqlNames;
import io.autopulse.warehouse.table.CoreTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks whether figures can be right: volumes, clocks, live figures, intervals, pipes. */
final class FigureChecks {
  private static final String SALES = "sales";

  /** A day that was halved stays wrong until it is corrected, or is this old. */
  private static final int JUDGED_DAYS = 3;

  private static final int DAYS_OF_A_WEEK = 7;
  private static final double NOMINAL = 0.8;

  /** The tables that pipes load end so. */
  private static final String PIPED = "_LIVE";

  private final Session session;
  private final HealthConfig config;
  private final Holidays holidays;
  private final ZoneId zone;
  private final Findings findings;

  FigureChecks(
      Session session, HealthConfig config, Holidays holidays, ZoneId zone, Findings findings) {
    this.session = session;
    this.config = config;
    this.holidays = holidays;
    this.zone = zone;
    this.findings = findings;
  }

  /**
   * Looks.
   *
   * @param published when the last published run of each job started
   */
  void check(Map<String, Instant> published) throws SQLException {
    volume(lastCompleteDay(published));
    clock();
    coverage();
    live();
    if (session
        .connection()
        .getMetaData()
        .getDatabaseProductName()
        .toLowerCase(Locale.ROOT)
        .contains("snowflake")) {
      pipes();
    }
  }

  private void volume(Optional<LocalDate> complete) throws SQLException {
    if (complete.isEmpty()) {
      return;
    }
    LocalDate last = complete.get();
    Map<LocalDate, Long> known = new HashMap<>();
    Map<LocalDate, Long> byEvening = new HashMap<>();
    session.query(
        sql("sales-by-day"),
        List.of(last.minusDays(config.limits().history()), last),
        row -> {
          LocalDate day = row.getObject(1, LocalDate.class);
          known.put(day, row.getLong(2));
          byEvening.put(day, row.getLong(3));
          return day;
        });
    LocalDate firstJudged = last.minusDays(JUDGED_DAYS - 1L);
    Map<LocalDate, Long> history = new HashMap<>(byEvening);
    history.keySet().removeIf(day -> !day.isBefore(firstJudged));
    // The last day of the history may have had no sale.
    if (!history.isEmpty()) {
      history.putIfAbsent(firstJudged.minusDays(1), 0L);
    }
    Optional<ExpectedVolume> expected = ExpectedVolume.of(history, holidays);
    if (expected.isEmpty()) {
      return;
    }
    findings.measure(Measure.of(Measure.Name.SALES_UNITS, known.getOrDefault(last, 0L)));
    findings.measure(Measure.of(Measure.Name.SALES_EXPECTED_UNITS, expected.get().of(last).low()));
    List<String> low = new ArrayList<>();
    List<String> high = new ArrayList<>();
    for (LocalDate day = last; !day.isBefore(firstJudged); day = day.minusDays(1)) {
      judge(day.toString(), known.getOrDefault(day, 0L), expected.get().of(day), low, high);
    }
    if (low.isEmpty() && high.isEmpty()) {
      week(last, known, expected.get(), low, high);
    }
    report(Symptom.VOLUME_LOW, low, "Look for files that have not come: autopulse runs");
    report(Symptom.VOLUME_HIGH, high, "Look for files that were loaded under other ids");
  }

  /** Days of a business that is small are judged together. */
  private void week(
      LocalDate last,
      Map<LocalDate, Long> known,
      ExpectedVolume expected,
      List<String> low,
      List<String> high) {
    List<LocalDate> days =
        last.minusDays(DAYS_OF_A_WEEK - 1L).datesUntil(last.plusDays(1)).toList();
    ExpectedVolume.Day week = expected.of(days);
    if (week.low() < DAYS_OF_A_WEEK * 2.0 * config.limits().volume().count()) {
      long found = days.stream().mapToLong(day -> known.getOrDefault(day, 0L)).sum();
      judge("the 7 days to " + last, found, week, low, high);
    }
  }

  private void judge(
      String days, long found, ExpectedVolume.Day expected, List<String> low, List<String> high) {
    Verdict verdict = config.limits().volume().judge(found, expected);
    if (verdict != Verdict.USUAL) {
      (verdict == Verdict.LOW ? low : high)
          .add(
              "%s had %d sales, %.0f were expected"
                  .formatted(
                      days, found, verdict == Verdict.LOW ? expected.low() : expected.high()));
    }
  }

  private void report(Symptom symptom, List<String> days, String remedy) {
    if (!days.isEmpty()) {
      findings.add(symptom, HealthConfig.feed(SALES), String.join("; ", days), remedy);
    }
  }

  /** Returns the last day that was over when the run began that published sales last. */
  private Optional<LocalDate> lastCompleteDay(Map<String, Instant> published) {
    return config.flows().stream()
        .filter(flow -> flow.feeds().containsKey(SALES))
        .flatMap(flow -> flow.run().stream())
        .flatMap(run -> Optional.ofNullable(published.get(run)).stream())
        .max(Instant::compareTo)
        .map(time -> LocalDate.ofInstant(time, zone).minusDays(1));
  }

  private void clock() throws SQLException {
    LocalDateTime latest = SqlNames.utc(findings.at().plus(config.limits().maxAhead()));
    session.query(
        sql("ahead"),
        List.of(latest),
        row -> {
          if (row.getLong(1) >= config.limits().aheadFewest()) {
            findings.add(
                Symptom.CLOCK_AHEAD,
                HealthConfig.feed(SALES),
                "%d versions of sales are dated after now, up to %s UTC"
                    .formatted(row.getLong(1), row.getObject(2, LocalDateTime.class)),
                "Compare the clocks of the source and of this machine");
          }
          return 0;
        });
  }

  private void coverage() throws SQLException {
    LocalDate today = LocalDate.ofInstant(findings.at(), zone);
    session.query(
        sql("coverage"),
        List.of(today),
        row -> {
          coverage(row);
          return 0;
        });
  }

  private void coverage(ResultSet row) throws SQLException {
    String grain = row.getString(1);
    long forecasts = row.getLong(3);
    double held = row.getDouble(4);
    findings.measure(Measure.of(Measure.Name.FORECAST_COVERAGE_RATIO, "grain", grain, held));
    if (forecasts >= config.limits().coverage().fewest()
        && Math.abs(held - NOMINAL) > config.limits().coverage().tolerance()) {
      findings.add(
          Symptom.FORECAST_COVERAGE,
          HealthConfig.table("forecast_accuracy"),
          String.format(
              Locale.ROOT,
              "the 80 %% intervals of %d forecasts (grain %s, measured on %s) held %.0f %% of the sales",
              forecasts,
              grain,
              row.getObject(2, LocalDate.class),
              100 * held),
          "Look which dimensions are off: autopulse forecast, or the table forecast_accuracy");
    }
  }

  private void live() throws SQLException {
    List<String> jobs = session.query(sql("live-sales-runs"), row -> row.getString(1));
    if (jobs.isEmpty()) {
      return;
    }
    LocalDateTime latest = SqlNames.utc(findings.at().plus(config.limits().maxAhead()));
    List<Duration> lags =
        session.query(
            sql("live-lag"),
            Arrays.asList(latest, latest),
            row -> Duration.between(RunChecks.instant(row, 1), RunChecks.instant(row, 2)));
    for (Duration lag : lags) {
      findings.measure(Measure.of(Measure.Name.LIVE_LAG_SECONDS, Math.max(0, lag.toSeconds())));
      if (lag.compareTo(config.limits().liveLag()) > 0) {
        findings.add(
            Symptom.LIVE_LAG,
            config.placeOfRun(jobs.get(0)),
            "live sales are %s behind what a refresh has read".formatted(JobChecks.text(lag)),
            "Look at the live job's log and its checkpoints");
      }
    }
  }

  private void pipes() throws SQLException {
    long failed = 0;
    String message = "";
    for (CoreTable table : CoreTable.values()) {
      if (!table.name().endsWith(PIPED)) {
        continue;
      }
      List<Map.Entry<Long, Optional<String>>> found =
          session.query(
              SqlFile.read(
                  FigureChecks.class, "snowflake/pipe-failures", Map.of("table", table.name())),
              row -> Map.entry(row.getLong(1), Optional.ofNullable(row.getString(2))));
      failed += found.get(0).getKey();
      message = found.get(0).getValue().orElse(message);
    }
    findings.measure(Measure.of(Measure.Name.PIPE_FAILED_FILES, failed));
    if (failed > 0) {
      findings.add(
          Symptom.PIPE_FAILED,
          "snowpipe",
          "%d files were not loaded in 14 days: %s".formatted(failed, message),
          "Correct the cause, then: autopulse reconcile MANIFEST");
    }
  }

  private static String sql(String name) {
    return SqlFile.read(FigureChecks.class, name);
  }
}
