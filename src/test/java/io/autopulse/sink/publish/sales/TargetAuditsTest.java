package io.autopulse.sink.publish.sales;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.sink.publish.AuditFailedException;
import io.autopulse.sink.publish.AuditLimits;
import io.autopulse.sink.publish.AuditResult;
import io.autopulse.sink.publish.PublishReport;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Staged sales targets, audited and published. */
class TargetAuditsTest {
  private static final AuditLimits DEFAULT = AuditLimits.rejectedAtMost("1");

  @TempDir private Path directory;

  private DuckDbWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void openWarehouse() throws IOException {
    Path file = MigratedFile.at(directory.resolve("test.duckdb"));
    warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    connection = warehouse.connect();
  }

  @AfterEach
  void closeWarehouse() throws SQLException {
    connection.close();
    warehouse.close();
  }

  private StagedRun run(String runId, String... targets) throws SQLException {
    StagedRun run = StagedRun.may(connection, runId).withTargets();
    for (String target : targets) {
      String[] values = target.split(" ");
      run.target(values[0], values[1], values[2], values[3], Long.parseLong(values[4]));
    }
    run.feed("targets", targets.length, targets.length, 0, 0, 0, 0);
    return run;
  }

  private List<String> published() throws SQLException {
    return StagedRun.rows(
        connection,
        "select month, dealer_id, make, model, units, currency, run_id from sales_targets order by all");
  }

  private String failure(StagedRun run, AuditLimits limits, String audit) {
    AuditFailedException failed =
        assertThrows(AuditFailedException.class, () -> run.publish(run.request(limits)));
    return failed.report().failures().stream()
        .filter(result -> result.audit().equals(audit))
        .map(AuditResult::detail)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void targetsReplaceThoseOfTheirMonthsAndNoOthers() throws SQLException {
    run("r1", "2024-05-01 D1 ALL ALL 5", "2024-05-01 D2 ALL ALL 6", "2024-06-01 D1 ALL ALL 7")
        .publish();
    PublishReport report =
        run("r2", "2024-05-01 ALL KIA CEED 9", "2024-07-01 D1 ALL ALL 8").publish();

    assertThat(report.published(), is(true));
    assertThat(
        published(),
        contains(
            "2024-05-01|ALL|KIA|CEED|9|EUR|r2",
            "2024-06-01|D1|ALL|ALL|7|EUR|r1",
            "2024-07-01|D1|ALL|ALL|8|EUR|r2"));
    assertThat(
        StagedRun.rows(
            connection,
            "select rows_read, rows_published from load_run_feeds where feed = 'targets' order by run_id"),
        contains("3|3", "2|2"));
  }

  @Test
  void refreshWithoutTargetsLeavesThem() throws SQLException {
    run("r1", "2024-05-01 D1 ALL ALL 5").publish();
    StagedRun.may(connection, "r2").publish();
    assertThat(published(), contains("2024-05-01|D1|ALL|ALL|5|EUR|r1"));
  }

  @Test
  void targetThatIsStagedTwiceOrNotCountedIsNotPublished() throws SQLException {
    StagedRun twice = run("r1", "2024-05-01 D1 ALL ALL 5", "2024-05-01 D1 ALL ALL 6");
    assertThat(
        failure(twice, DEFAULT, "target-keys-unique"),
        containsString("2024-05-01 D1 ALL ALL: expected one target, found 2 targets"));
    StagedRun more =
        run("r2", "2024-05-01 D1 ALL ALL 5").target("2024-05-01", "D2", "ALL", "ALL", 1);
    assertThat(
        failure(more, DEFAULT, "rows-as-counted"),
        containsString("targets, current: expected 1 as counted, found 2 staged"));
    assertThat(published(), is(List.of()));
  }

  @Test
  void targetWithoutItsMonthIsNotPublished() throws SQLException {
    StagedRun run = run("r1");
    run.execute("drop table {sales_targets}")
        .execute(
            "create temporary table {sales_targets} as select cast(null as date) as month, 'D1' as dealer_id, 'ALL' as make, 'ALL' as model, 5 as units, null as revenue, 'EUR' as currency, null as updated_at");
    assertThat(
        failure(run, DEFAULT, "keys-not-null"),
        containsString(
            "targets: expected no null in the key, found 1 of 1 rows or groups with a null"));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-02 D1 ALL ALL 5, 2024-05-02 D1 ALL ALL",
    "2024-05-01 D1 ALL ALL -5, 2024-05-01 D1 ALL ALL",
    "2024-05-01 D1 ALL CLIO 5, 2024-05-01 D1 ALL CLIO",
  })
  void targetThatCannotBeIsNotPublished(String target, String place) throws SQLException {
    assertThat(
        failure(run("r1", target), DEFAULT, "targets-plausible"),
        containsString(
            place
                + ": expected a first day of a month, no negative number, a make beside a model, found "));
  }

  @Test
  void fileThatLacksMostOfAMonthsTargetsIsNotPublished() throws SQLException {
    run(
            "r1",
            "2024-05-01 D1 ALL ALL 5",
            "2024-05-01 D2 ALL ALL 5",
            "2024-05-01 D3 ALL ALL 5",
            "2024-05-01 D4 ALL ALL 5",
            "2024-05-01 D5 ALL ALL 5")
        .publish();
    StagedRun cut = run("r2", "2024-05-01 D1 ALL ALL 9", "2024-05-01 D2 ALL ALL 9");
    assertThat(
        failure(cut, DEFAULT, "published-targets-kept"),
        containsString(
            "published targets of the month from 2024-05-01: expected of 5 at most 50 % gone, found 3 gone, such as dealer D3, make ALL, model ALL\nlook at: targets (csv plan.csv): files that are missing, cut short or of another grain. If these targets are gone for good: --set audits.max_change=1 for one run"));

    run("r3", "2024-05-01 D1 ALL ALL 9", "2024-05-01 D2 ALL ALL 9", "2024-05-01 D3 ALL ALL 9")
        .publish();
    StagedRun single = run("r4", "2024-05-01 D1 ALL ALL 1");
    single.publish(single.request(DEFAULT.changeAtMost("1")));
    assertThat(published(), contains("2024-05-01|D1|ALL|ALL|1|EUR|r4"));
  }

  @Test
  void feedThatHadTargetsAndHasNoneIsNotPublished() throws SQLException {
    run("r1", "2024-05-01 D1 ALL ALL 5").publish();
    assertThat(
        failure(run("r2"), DEFAULT, "feeds-not-empty"),
        containsString(
            "targets: expected at least a record that can be used, found 0 records read, 0 of them rejected"));
    assertThat(published(), contains("2024-05-01|D1|ALL|ALL|5|EUR|r1"));
  }
}
