package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunListener;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The trend job over a generated business of 75 weeks and invented market figures: every column
 * equals what DuckDB's window functions make of the same tables, and what becomes known later
 * leaves the weeks before it as they were.
 */
class TrendFeaturesIT {
  private static final String COLUMNS =
      "week_start, dimension, member, units, units_lag_1, units_lag_2, units_lag_4, units_lag_13, units_lag_52, "
          + "units_average_4, units_average_13, week_over_week, year_over_year, share_change, price_index, "
          + "fuel_price, fuel_price_change_4, attention, attention_change";

  @TempDir private Path folder;

  private Path warehouse;

  private RunSummary trends(String today) {
    List<Setting> settings = List.of(new Setting("warehouse", "warehouse", "duckdb:" + warehouse));
    return new BatchRun(
            new RunRequest(
                new ManifestReader(Map.of())
                    .read(Path.of("pipelines/trend-features.yaml"), settings),
                Optional.empty(),
                Optional.empty(),
                "test"),
            new RunnerConfigReader(Map.of()).shipped("direct").toPipelineOptions(List.of()),
            Map.of(),
            Clock.fixed(Instant.parse(today + "T09:00:00Z"), ZoneOffset.UTC),
            RunListener.SILENT)
        .run();
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

  private List<String> query(String sql) {
    return PublishedTables.query(warehouse, sql);
  }

  private List<String> features(String condition) {
    return query(
        "select %s from trend_features where %s order by all".formatted(COLUMNS, condition));
  }

  private List<String> differences(String lastWeek) throws IOException {
    String independent =
        Files.readString(Path.of("src/test/resources/io/autopulse/it/trend_features.sql"))
            .replace("{last_week}", lastWeek);
    return query(
        """
        with independent as (
        %1$s
        ),
        published as (select %2$s from trend_features)
        select 'only SQL' as side, * from (from independent except from published)
        union all
        select 'only the job', * from (from published except from independent)
        order by 2, 3, 4, 1
        limit 6
        """
            .formatted(independent, COLUMNS));
  }

  @Test
  void featuresEqualAnIndependentComputationAndWhatIsKnownLaterDoesNotLeak() throws Exception {
    warehouse = folder.resolve("a.duckdb");
    Path manifest =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(3_000)
                .withSizes(5, 9, 2)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2023, 7, 3), LocalDate.of(2024, 12, 9))));
    Refresh.of(manifest, warehouse).run();
    change(
        // Prices of two regions and, on other days, of all; every third is restated days later.
        """
        insert into fuel_prices_history
        select
            date '2023-07-03' + cast(day.d as integer),
            case when day.d % 5 = 0 then 'ALL' else region.name end,
            fuel.name,
            date '2023-07-03' + cast(day.d + value.v * 6 as integer),
            1.5 + 0.0007 * day.d + 0.03 * value.v + 0.1 * fuel.f + 0.01 * region.r,
            1, 2, 5 + region.r * 7, 'm'
        from range(520) as day (d)
        cross join (values ('DIESEL', 0), ('PETROL', 1)) as fuel (name, f)
        cross join (
            select distinct region, row_number() over (order by region)
            from (select distinct region from sales order by region limit 2)
        ) as region (name, r)
        cross join (values (0), (1)) as value (v)
        where
            (value.v = 0 or day.d % 3 = 0)
            and (day.d % 5 <> 0 or region.r = 1)
            and day.d % 11 <> 4
        """,
        """
        insert into market_attention_history
        select
            date '2023-07-03' + cast(day.d as integer),
            source.name,
            topic.name,
            date '2023-07-03' + cast(day.d + value.v * 5 + 1 as integer),
            case when source.s = 0 then 100 + day.d * 7 % 31 + value.v end,
            case when source.s = 1 then day.d % 4 end,
            null,
            'm'
        from range(520) as day (d)
        cross join (values ('wikimedia', 0), ('bluesky', 1)) as source (name, s)
        cross join (
            select * from (select distinct make from sales order by make limit 3)
            union all
            select * from (select distinct make || ' ' || model from sales order by 1 limit 4)
        ) as topic (name)
        cross join (values (0), (1)) as value (v)
        where (value.v = 0 or day.d % 4 = 1) and day.d % 13 > source.s
        """);

    RunSummary run = trends("2024-12-10");
    assertThat(run.report().failures(), is(empty()));
    assertThat(differences("2024-12-02"), is(empty()));
    assertThat(
        "rows with every column, so that every column was compared",
        Long.parseLong(
            query(
                    "select count(*) from trend_features where year_over_year is not null and price_index is not null"
                        + " and share_change is not null and fuel_price_change_4 is not null and attention_change is not null")
                .get(0)),
        greaterThan(50L));

    List<String> first = features("true");
    trends("2024-12-10");
    assertThat("a rerun gives the same rows", features("true"), is(first));

    // A week later: an old sale is told, another cancelled, prices and attention of old days
    // restated.
    change(
        """
        insert into sale_versions
        select
            'LATE', timestamp '2024-12-11 10:00:00', 0, 'SOLD', timestamp '2024-10-02 10:00:00',
            date '2024-10-02', model_id, make, model, segment, powertrain, dealer_id, region,
            list_price, net_price, currency, channel, source, 'late'
        from sales
        order by sale_id
        limit 1
        """,
        """
        insert into sale_versions
        select
            sale_id, timestamp '2024-12-12 10:00:00', sequence + 1, 'CANCELLED', sold_at, sold_on,
            model_id, make, model, segment, powertrain, dealer_id, region, list_price, net_price,
            currency, channel, source, 'late'
        from sales
        where sold_on >= date '2024-11-25' and status = 'SOLD'
        order by sale_id
        limit 1
        """,
        "insert into fuel_prices_history select day, region, fuel, date '2024-12-10', average_price + 1, 1, 3, stations, 'late' from fuel_prices_history where day >= date '2024-11-01' and known_on = day",
        "insert into market_attention_history select day, source, topic, date '2024-12-10', views + 500, mentions, null, 'late' from market_attention_history where day >= date '2024-11-25' and known_on = day + 1");
    trends("2024-12-17");
    assertThat("what was published stays", features("week_start <= date '2024-12-02'"), is(first));
    assertThat(
        "the new week sees what is known now",
        features("week_start = date '2024-12-09'"),
        is(not(empty())));
    assertThat(differences("2024-12-09"), is(empty()));
    assertThat(
        query(
            "select count(distinct run_id) || ' of ' || max(status) from load_runs where job = 'trend-features'"),
        is(List.of("3 of PUBLISHED")));
    assertThat(
        query(
                "select rows_read || ' read, ' || rows_rejected || ' rejected, ' || rows_published || ' published' from load_run_feeds where run_id = (select max(run_id) from load_runs where job = 'trend-features')")
            .get(0),
        containsString(" read, 0 rejected, 0 published"));
  }
}
