package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.sink.publish.trend.TrendPublication;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.PublishedTables;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two weeks of two makes are published; each thing that can be wrong with them is found. */
class TrendPublisherTest {
  private static final Instant STARTED = Instant.parse("2024-07-02T09:00:00Z");
  private static final BusinessInterval JUNE =
      new BusinessInterval(LocalDate.of(2024, 5, 27), LocalDate.of(2024, 7, 1));

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void openWarehouse() throws IOException, SQLException {
    warehouse =
        DuckDbWarehouse.open(MigratedFile.at(directory.resolve("test.duckdb")), DuckDbSettings.RUN);
    connection = warehouse.connect();
    execute(
        "insert into trend_features (week_start, dimension, member, units, run_id) values ('2024-05-20', 'make', 'RENAULT', 7, 'r0'), ('2024-06-24', 'make', 'RENAULT', 8, 'r0')");
    stage("r1");
  }

  @AfterEach
  void closeWarehouse() throws SQLException {
    connection.close();
    warehouse.close();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.replaceAll("\\{([a-z_]+)}", "STG_$1__r1"));
    }
  }

  private void stage(String runId) throws SQLException {
    StagingNames names = new StagingNames(runId);
    execute(
        "create temporary table %s as select * exclude (run_id) from rejected_records limit 0"
            .formatted(names.rejectedRecords()));
    execute(
        "create temporary table %s as select * exclude (run_id, rows_published), cast(null as varchar) as conflicting_first, cast(null as varchar) as conflicting_last from load_run_feeds limit 0"
            .formatted(names.loadRunFeeds()));
    execute(
        "create temporary table %s as select * exclude (run_id) from trend_features limit 0"
            .formatted(names.relation("trend_features")));
    execute("insert into {load_run_feeds} values ('sales', 12, 11, 0, 1, 2, 0, 0, 0, null, null)");
    execute(
        """
        insert into {trend_features}
            (week_start, dimension, member, units, units_lag_1, units_lag_2, units_average_4)
        values
            ('2024-06-17', 'total', 'ALL', 5, 2, 1, 2.75),
            ('2024-06-17', 'make', 'RENAULT', 4, 2, 0, 2.25),
            ('2024-06-17', 'make', 'TESLA', 1, 0, 1, 0.5),
            ('2024-06-24', 'total', 'ALL', 3, 5, 2, 2.75),
            ('2024-06-24', 'make', 'RENAULT', 3, 4, 2, 2.5)
        """);
  }

  private PublishReport publish() {
    return new Publisher(connection, Clock.fixed(STARTED, ZoneOffset.UTC))
        .publish(
            new TrendPublication(
                "r1",
                "trend-features",
                JUNE,
                JUNE,
                AuditLimits.DEFAULT,
                STARTED,
                "direct",
                "0.1.0",
                "trends.staging"));
  }

  private List<String> published() throws SQLException {
    return PublishedTables.rows(
        connection,
        "select week_start, dimension, member, units, run_id from trend_features order by 1, 2, 3");
  }

  @Test
  void weeksOfTheCoveredDatesAreReplaced() throws SQLException {
    assertThat(publish().published(), is(true));
    assertThat(
        published(),
        contains(
            "2024-05-20|make|RENAULT|7|r0",
            "2024-06-17|make|RENAULT|4|r1",
            "2024-06-17|make|TESLA|1|r1",
            "2024-06-17|total|ALL|5|r1",
            "2024-06-24|make|RENAULT|3|r1",
            "2024-06-24|total|ALL|3|r1"));
    assertThat(
        PublishedTables.rows(
            connection, "select audit from load_run_audits where passed order by 1"),
        contains(
            "averages-hold",
            "counts-balance",
            "dimensions-agree",
            "trend-keys-not-null",
            "trend-keys-unique",
            "versions-accepted",
            "weeks-covered"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "counts-balance|update {load_run_feeds} set rows_duplicate = 0|sales: expected 12 records read, found 11 accepted + 0 rejected + 0 duplicate + 0 conflicting + 0 skipped",
        "versions-accepted|update {load_run_feeds} set rows_accepted = 10, rows_rejected = 1|sales: expected no version rejected, found 1 of 12 rejected",
        "trend-keys-not-null|insert into {trend_features} (week_start, dimension, units) values ('2024-06-17', 'make', 0)|trend_features: expected no null in the key, found 1 rows with a null",
        "trend-keys-unique|insert into {trend_features} (week_start, dimension, member, units) values ('2024-06-24', 'make', 'RENAULT', 0)|week of 2024-06-24, make RENAULT: expected one row, found 2 rows",
        "weeks-covered|insert into {trend_features} (week_start, dimension, member, units) values ('2024-05-20', 'make', 'TESLA', 1)|week of 2024-05-20: expected a week from its Monday that has ended, within 2024-05-27 to 2024-07-01, found 1 rows",
        "weeks-covered|insert into {trend_features} (week_start, dimension, member, units) values ('2024-07-01', 'make', 'TESLA', 1)|week of 2024-07-01: expected a week from its Monday that has ended, within 2024-05-27 to 2024-07-01, found 1 rows",
        "weeks-covered|insert into {trend_features} (week_start, dimension, member, units) values ('2024-06-18', 'make', 'TESLA', 1)|week of 2024-06-18: expected a week from its Monday that has ended, within 2024-05-27 to 2024-07-01, found 1 rows",
        "dimensions-agree|delete from {trend_features} where member = 'TESLA'|week of 2024-06-17, all members of make: expected 5 units, as other dimensions have, found 4 units",
        "averages-hold|update {trend_features} set units_average_4 = 0.25 where member = 'TESLA'|week of 2024-06-17, make TESLA: expected the mean of 1 and three weeks that sold at least 1, found 0.250000",
      })
  void brokenRuleIsNamedWithItsPlaceAndPublishesNothing(String audit, String change, String place)
      throws SQLException {
    List<String> before = published();
    execute(change);
    AuditFailedException failed = assertThrows(AuditFailedException.class, this::publish);
    assertThat(
        failed.report().failures().stream().map(AuditResult::audit).toList(), contains(audit));
    assertThat(failed.report().failures().get(0).detail(), containsString(place + "\nlook at: "));
    assertThat(published(), is(before));
    assertThat(
        PublishedTables.rows(
            connection,
            "select status, audit from load_runs inner join load_run_audits using (run_id) where not passed"),
        contains("REJECTED|" + audit));
  }
}
