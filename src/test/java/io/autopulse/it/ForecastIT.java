package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunListener;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.sink.publish.AuditFailedException;
import io.autopulse.testing.Corrections;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weekly forecast over a generated business of three years: its ledger, as weeks go by. */
class ForecastIT {
  private static final String NUMBERS =
      "dimension, member, period_start, horizon, method, mean, lower_80, upper_80, lower_95, upper_95, published, made_by, reason";

  /** What was sold, as it was known on 20 October 2024, and what each step said of it. */
  private static final String SOLD_AND_STEPS =
      """
      known as (
          select * from sale_versions
          where updated_at < timestamp '2024-10-20 22:00:00'
          qualify row_number() over (partition by sale_id order by updated_at desc, sequence desc) = 1
      ),
      sold as (
          select 'total' as dimension, 'ALL' as member, date_trunc('week', sold_on) as week, count(*) as units
          from known where status = 'SOLD' group by all
          union all
          select 'region', region, date_trunc('week', sold_on), count(*) from known where status = 'SOLD' group by all
      ),
      steps as (
          select dimension, member, as_of, period_start, method, mean from forecasts
          union all
          select dimension, member, as_of, period_start, 'model', mean - bias_units - reconciliation_units from forecasts where published
          union all
          select dimension, member, as_of, period_start, 'reconciled', mean - bias_units from forecasts where published
          union all
          select dimension, member, as_of, period_start, 'override', mean from forecasts where published
      )
      """;

  /** Few dimensions, a short horizon and few windows: methods are fitted some ten times a run. */
  private static final List<String> SMALL =
      List.of(
          "forecast.dimensions=[total, model, [region, powertrain]]",
          "forecast.horizon=4",
          "forecast.windows=3",
          "forecast.country=fr");

  @TempDir private static Path generated;
  private static Path landing;
  private static Path refreshed;

  @TempDir private Path folder;
  private Path warehouse;

  @BeforeAll
  static void refresh() {
    refreshed = generated.resolve("refreshed.duckdb");
    landing =
        Landing.generate(
            GenerateSpec.into(generated.resolve("landing"))
                .withVersions(Nightly.size(4_000, 30_000))
                .withSizes(Nightly.size(3, 6), Nightly.size(3, 8), 2)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2022, 1, 3), LocalDate.of(2025, 1, 6))));
    Refresh.of(landing, refreshed).run();
    run(refreshed, "pipelines/trend-features.yaml", "2025-01-07", "direct", List.of());
  }

  @BeforeEach
  void copy() throws Exception {
    warehouse = Files.copy(refreshed, folder.resolve("a.duckdb"));
  }

  private static RunSummary run(
      Path warehouse, String manifest, String today, String runner, List<String> beam) {
    return run(
        warehouse,
        manifest,
        manifest.contains("forecast") ? SMALL : List.of(),
        today,
        runner,
        beam);
  }

  private static RunSummary run(
      Path warehouse,
      String manifest,
      List<String> values,
      String today,
      String runner,
      List<String> beam) {
    List<Setting> settings = new ArrayList<>(values.stream().map(Setting::parse).toList());
    settings.add(new Setting("warehouse", "warehouse", "duckdb:" + warehouse));
    return new BatchRun(
            new RunRequest(
                new ManifestReader(Map.of()).read(Path.of(manifest), settings),
                Optional.empty(),
                Optional.empty(),
                "test"),
            new RunnerConfigReader(Map.of()).shipped(runner).toPipelineOptions(beam),
            Map.of(),
            Clock.fixed(Instant.parse(today + "T09:00:00Z"), ZoneOffset.UTC),
            RunListener.SILENT)
        .run();
  }

  /** Forecasts what follows a Sunday, on the Monday after it. */
  private RunSummary forecast(String sunday) {
    return forecast(sunday, SMALL);
  }

  private RunSummary forecast(String asOf, List<String> settings) {
    String next = LocalDate.parse(asOf).plusDays(1).toString();
    return run(warehouse, "pipelines/weekly-forecast.yaml", settings, next, "direct", List.of());
  }

  private void change(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
        Statement statement = connection.createStatement()) {
      statement.execute("set search_path = 'AUTOPULSE_CORE'");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Records that one sale of an old week was made, at a moment. */
  private void sellLate(String id, String recordedAt, String soldOn) throws SQLException {
    change(
        """
        insert into sale_versions
        select
            '%s', timestamp '%s', 0, 'SOLD', timestamp '%s 10:00:00', date '%s', model_id, make,
            model, segment, powertrain, dealer_id, region, list_price, net_price, currency, channel,
            source, 'late'
        from sales
        order by sale_id
        limit 1
        """
            .formatted(id, recordedAt, soldOn, soldOn));
  }

  private List<String> query(String sql) {
    return PublishedTables.query(warehouse, sql);
  }

  private List<String> vintages() {
    return query(
        "select as_of, vintage, forecast_rows > 100 from forecast_vintages order by as_of, vintage");
  }

  private List<String> ledger() {
    return query("select * from forecasts order by all");
  }

  @Test
  void everyWeekAddsAVintageAndNoneMayBeChanged() throws Exception {
    forecast("2024-10-06");
    assertThat(vintages(), is(List.of("2024-10-06|1|true")));
    List<String> first = ledger();

    // Recorded after the as-of date: nobody knew it then.
    sellLate("LATER", "2024-10-08 09:00:00", "2023-10-12");
    forecast("2024-10-06");
    assertThat("the same as-of date adds nothing", ledger(), is(first));

    forecast("2024-10-13");
    // Recorded before the as-of date, and read only now: the same date now knows more.
    sellLate("LOST", "2024-10-01 09:00:00", "2023-10-12");
    forecast("2024-10-06");
    assertThat(
        vintages(), is(List.of("2024-10-06|1|true", "2024-10-06|2|true", "2024-10-13|1|true")));
    assertThat(
        query(
            "select * from forecasts where as_of = date '2024-10-06' and vintage = 1 order by all"),
        is(first));
    assertThat(
        "last year's sale is in what the last season carried forward",
        query(
            "select b.mean - a.mean from forecasts as a inner join forecasts as b using (as_of, dimension, member, period_start, method)"
                + " where a.vintage = 1 and b.vintage = 2 and a.dimension = 'total' and method = 'seasonal_naive' and a.mean <> b.mean"),
        is(List.of("1.000000")));

    forecast("2024-11-03");
    assertThat(
        "four horizons can be compared, of the first vintages of two dates",
        query(
            "select horizon, forecasts from forecast_accuracy_current where dimension = 'total' and method = 'forecast' order by 1"),
        is(List.of("0|7", "1|2", "2|2", "3|2", "4|1")));
    assertThat(
        "the naive line's errors are those that SQL finds",
        query(
            """
            with sold as (
                select date_trunc('week', sold_on) as week, count(*) as units
                from (
                    select * from sale_versions
                    where updated_at < timestamp '2024-11-03 23:00:00'
                    qualify row_number() over (partition by sale_id order by updated_at desc, sequence desc) = 1
                )
                where status = 'SOLD'
                group by 1
            )
            select
                (select absolute_error from forecast_accuracy_current where dimension = 'total' and method = 'naive' and horizon = 0)
                - sum(abs(forecasts.mean - coalesce(sold.units, 0)))
            from forecasts
            left join sold on forecasts.period_start = sold.week
            where dimension = 'total' and method = 'naive' and vintage = 1
                and as_of < date '2024-11-03' and period_start < date '2024-11-04'
            """),
        is(List.of("0.000000")));
    assertThat(
        query("select distinct as_of, vintage from forecasts_current"),
        is(List.of("2024-11-03|1")));
    assertThat(
        query("select distinct dimension from forecasts_current order by 1"),
        is(List.of("model", "region x powertrain", "total")));

    // Somebody changes what was published.
    change(
        "update forecasts set mean = mean + 1, upper_80 = upper_80 + 1, upper_95 = upper_95 + 1 where as_of = date '2024-10-06' and vintage = 1 and dimension = 'total' and method = 'forecast' and horizon = 3");
    List<String> changed = ledger();
    AuditFailedException failed =
        assertThrows(AuditFailedException.class, () -> forecast("2024-11-10"));
    assertThat(
        failed.getMessage(),
        containsString("ledger-unchanged: every vintage in the ledger has the rows"));
    assertThat(failed.getMessage(), containsString("as of 2024-10-06, vintage 1: expected "));
    assertThat("nothing was added", ledger(), is(changed));
  }

  /** Makes three models of a third of the sales of others: launched one after another in 2023. */
  private void launchThreeModels() throws SQLException {
    for (int model = 0; model < 3; model++) {
      change(
          "update sale_versions set model = 'NEW %d' where hash(sale_id) %% 9 = %d and sold_on >= date '%s'"
              .formatted(model, model, LocalDate.of(2023, 6, 5).plusWeeks(6L * model)));
    }
  }

  /** Tells at a moment of the first vehicle's end, and of a model of its make that is launched. */
  private void tellOfVehicles(String knownAt, String end, String launched) throws SQLException {
    change(
        """
        insert into vehicles_history
        select
            ids.id, timestamp '%1$s', make, if(ids.id = 'M9%3$s', '%3$s', model), segment, powertrain, null,
            if(ids.id = 'M9%3$s', date '2024-10-16', null), if(ids.id = 'M9%3$s', null, date '%2$s'), null, 'told'
        from (select * from vehicles order by model_id limit 1)
        cross join (select unnest(['M9%3$s', model_id]) as id from (select * from vehicles order by model_id limit 1)) as ids
        """
            .formatted(knownAt, end, launched));
  }

  @Test
  void datesOfVehiclesThatWereKnownLaunchAndEndModels() throws Exception {
    assertThat(
        "the refresh told of each vehicle once",
        query("select count(*), count(distinct model_id) from vehicles_history"),
        is(List.of("3|3")));
    launchThreeModels();
    tellOfVehicles("2024-10-06 21:59:59", "2024-10-14", "NEXT");
    tellOfVehicles("2024-10-06 22:00:00", "2024-10-07", "LATER");
    forecast("2024-10-06");

    assertThat(
        "nothing is sold before the launch; what is told after the as-of date is not known",
        query(
            "select split_part(member, ' ', 2), period_start, mean > 0 from forecasts where"
                + " published and made_by = 'launch_curve' order by 1, 2"),
        is(
            List.of(
                "NEXT|2024-10-07|false",
                "NEXT|2024-10-14|true",
                "NEXT|2024-10-21|true",
                "NEXT|2024-10-28|true")));
    assertThat(
        query(
            "select distinct member = (select make || ' ' || model from vehicles order by model_id"
                + " limit 1), reason from forecasts where made_by = 'run_out'"),
        is(List.of("true|runs out from 2024-10-14")));
  }

  /**
   * Eight weeks of a business of three years. Between the forecasts, sales of the past are
   * cancelled late. In the nightly build it has eight models and six dealers, all dimensions and
   * the horizon of a quarter, and is corrected each week.
   */
  @Test
  void eightWeeksWithLateCorrectionsKeepEveryVintageAndMeasureThePastOnes() throws Exception {
    int horizon = Nightly.size(4, 13);
    List<String> settings =
        Nightly.runs()
            ? List.of("forecast.country=fr")
            : List.of(
                "forecast.dimensions=[total, region]",
                "forecast.horizon=4",
                "forecast.windows=3",
                "forecast.country=fr");
    LocalDate first = LocalDate.parse("2024-09-01");
    Map<String, List<String>> vintages = new TreeMap<>();
    String last = "";
    for (int week = 0; week < 8; week++) {
      String asOf = first.plusWeeks(week).toString();
      last = forecast(asOf, settings).runId();
      vintages.put(asOf, vintage(asOf));
      if (week % Nightly.size(4, 1) == 1 % Nightly.size(4, 1)) {
        // Recorded on the Tuesday after the as-of date.
        String tuesday = first.plusWeeks(week).plusDays(2) + "T12:00:00Z";
        Corrections.cancel(landing.resolveSibling("sales"), 37 + week, tuesday);
        Refresh.of(landing, warehouse).run();
      }
    }
    assertThat(
        "late corrections were published",
        Integer.parseInt(
            query(
                    "select count(*) from sales where status = 'CANCELLED' and updated_at >= timestamp '2024-09-02' and hour(updated_at) = 12 and minute(updated_at) = 0 and second(updated_at) = 0")
                .get(0)),
        greaterThan(30));
    forecast("2024-09-01", settings);
    assertThat(
        "each as-of date has its vintage, and the first nothing new",
        query("select distinct as_of, vintage from forecasts order by 1"),
        is(vintages.keySet().stream().map(day -> day + "|1").toList()));
    vintages.forEach((asOf, rows) -> assertThat(asOf, vintage(asOf), is(rows)));
    assertThat(
        query(
            "select count(*) from forecast_vintages as v inner join forecast_fingerprints as f using (grain, as_of, vintage, forecast_rows, fingerprint)"),
        is(List.of("8")));

    assertThat(
        "every step, over the same weeks, with the errors that SQL finds",
        query(
            """
            with %s
            select accuracy.method, forecasts, abs(accuracy.absolute_error - sum(abs(steps.mean - coalesce(sold.units, 0)))) < 0.0001
            from forecast_accuracy_current as accuracy
            inner join steps on accuracy.method = steps.method and accuracy.dimension = steps.dimension and accuracy.member = steps.member
            left join sold on steps.dimension = sold.dimension and steps.member = sold.member and steps.period_start = sold.week
            where accuracy.horizon = 0 and accuracy.dimension = 'total' and steps.as_of < date '2024-10-20' and steps.period_start < date '2024-10-21'
            group by accuracy.method, forecasts, accuracy.absolute_error
            order by 1
            """
                .formatted(SOLD_AND_STEPS)),
        is(
            Stream.of("forecast", "model", "naive", "override", "reconciled", "seasonal_naive")
                .map(method -> method + "|" + compared(horizon) + "|true")
                .toList()));
    assertThat(
        "what earlier dates measured is kept",
        query("select distinct as_of from forecast_accuracy order by 1"),
        is(vintages.keySet().stream().skip(1).toList()));
    assertThat(
        query("select method from forecast_value_added where dimension = 'region' order by step"),
        is(List.of("naive", "seasonal_naive", "model", "reconciled", "forecast", "override")));
    marksTheBiasThatSqlFinds(last);
  }

  /** On the eighth date, seven weeks of the first are complete, six of the second, and so on. */
  private static int compared(int horizon) {
    int compared = 0;
    for (int week = 1; week <= 7; week++) {
      compared += Math.min(horizon, week);
    }
    return compared;
  }

  /** The bias of regions over the last four dates, of forecasts with what was taken out. */
  private void marksTheBiasThatSqlFinds(String run) {
    List<String> marked =
        query(
            """
            with %s,
            biases as (
                select steps.member, sum(steps.mean - coalesce(sold.units, 0)) / sum(coalesce(sold.units, 0)) as share
                from steps
                left join sold on steps.dimension = sold.dimension and steps.member = sold.member and steps.period_start = sold.week
                where steps.dimension = 'region' and steps.method = 'reconciled'
                    and steps.as_of between date '2024-09-22' and date '2024-10-13' and steps.period_start < date '2024-10-21'
                group by 1
                having sum(coalesce(sold.units, 0)) > 0
            )
            select member, round(share, 6)::decimal(18, 6) from biases where abs(share) > 0.05 order by 1
            """
                .formatted(SOLD_AND_STEPS));
    assertThat(marked.size(), greaterThan(0));
    assertThat(
        query(
            "select distinct member, bias from forecasts where dimension = 'region' and published and as_of = date '2024-10-20' and bias is not null order by 1"),
        is(marked));
    assertThat(
        "the reason says so, and what is taken out is a part",
        query(
            "select bool_and(reason like '%the forecasts of the last 4 as-of dates were %'), count(*) filter (where bias_units <> 0) > 0 from forecasts where bias is not null"),
        is(List.of("true|true")));
    assertThat(
        query(
            "select passed, starts_with(detail, 'warning: the last 4 forecasts of regions and powertrains') from load_run_audits where audit = 'bias-small' and run_id = '%s'"
                .formatted(run)),
        is(List.of("true|true")));
  }

  private List<String> vintage(String asOf) {
    return query(
        "select count(*), sum(hash(f)) from forecasts as f where as_of = date '%s'"
            .formatted(asOf));
  }

  @Test
  void monthsAreForecastAsWeeksAre() {
    List<String> settings =
        List.of(
            "forecast.grain=month",
            "forecast.dimensions=[total, region]",
            "forecast.horizon=3",
            "forecast.windows=3",
            "forecast.country=fr");
    forecast("2024-08-31", settings);
    forecast("2024-09-30", settings);
    // The middle of November: October is the last complete month.
    forecast("2024-11-15", settings);

    assertThat(
        query(
            "select as_of, min(period_start), max(period_start), count(distinct period_start), count(distinct horizon) from forecasts group by 1 order by 1"),
        is(
            List.of(
                "2024-08-31|2024-09-01|2024-11-01|3|3",
                "2024-09-30|2024-10-01|2024-12-01|3|3",
                "2024-11-15|2024-11-01|2025-01-01|3|3")));
    assertThat(
        "September twice and October once, of the total",
        query(
            "select as_of, horizon, forecasts from forecast_accuracy where dimension = 'total' and method = 'forecast' order by 1, 2"),
        is(
            List.of(
                "2024-09-30|0|1",
                "2024-09-30|1|1",
                "2024-11-15|0|3",
                "2024-11-15|1|2",
                "2024-11-15|2|1")));
    assertThat(
        "the last month carried forward is what SQL counts of October",
        query(
            """
            select distinct mean - (
                select count(*) from (
                    select * from sale_versions
                    where updated_at < timestamp '2024-11-15 23:00:00'
                    qualify row_number() over (partition by sale_id order by updated_at desc, sequence desc) = 1
                ) where status = 'SOLD' and date_trunc('month', sold_on) = date '2024-10-01'
            )
            from forecasts where as_of = date '2024-11-15' and dimension = 'total' and method = 'naive'
            """),
        is(List.of("0.000000")));
    assertThat(
        query("select distinct grain, as_of, vintage from forecasts_current"),
        is(List.of("month|2024-11-15|1")));
    assertThat(
        "its audits passed, parts and sums among them",
        query(
            "select bool_and(passed), count(distinct run_id) from load_run_audits inner join load_runs using (run_id) where job = 'weekly-forecast'"),
        is(List.of("true|3")));
  }

  @Test
  void runnersAndTheirParallelismGiveTheSameBytes() throws Exception {
    forecast("2024-09-22");
    List<List<String>> results =
        List.of(
            forecastOn("direct", List.of()),
            forecastOn("flink-local", List.of("--parallelism=1")),
            forecastOn("flink-local", List.of("--parallelism=2")));

    assertThat(results.get(0).size(), greaterThan(200));
    assertThat(results.get(1), is(results.get(0)));
    assertThat(results.get(2), is(results.get(0)));
  }

  private List<String> forecastOn(String runner, List<String> beam) throws Exception {
    Path own = Files.copy(warehouse, folder.resolve(runner + beam.size() + beam.hashCode()));
    run(own, "pipelines/weekly-forecast.yaml", "2024-10-21", runner, beam);
    List<String> rows =
        new ArrayList<>(
            PublishedTables.query(
                own,
                "select "
                    + NUMBERS
                    + " from forecasts where as_of = date '2024-10-20' order by all"));
    rows.addAll(
        PublishedTables.query(
            own, "select * exclude (run_id) from forecast_accuracy order by all"));
    return rows;
  }

  @Test
  void warehouseWithoutSalesByThenPublishesNothing() {
    AuditFailedException failed =
        assertThrows(AuditFailedException.class, () -> forecast("2021-10-03"));

    assertThat(failed.getMessage(), containsString("forecasts-made: the total is forecast"));
    assertThat(vintages(), is(List.of()));
  }
}
