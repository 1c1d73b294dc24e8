package io.autopulse.sink.publish.sales;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.sale.BusinessInterval;
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
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeAuditsTest {
  private static final AuditLimits DEFAULT = AuditLimits.rejectedAtMost("1");
  private static final String REMEDY =
      "look at: sales (csv may.csv): files that are missing, empty, cut short or another system's. If these sales are gone for good: --set audits.max_change=1 for one run";

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

  @Test
  void feedOfSalesWithoutARecordIsNotPublishedByAFirstRunEither() throws SQLException {
    List<String> detail = failure(sales("r1", 1, 0), DEFAULT, "feeds-not-empty");

    assertThat(
        detail,
        contains(
            "sales have records, and so have vehicles and dealers that had any; these shrink by at most 50 %",
            "sales: expected at least a record that can be used, found 0 records read, 0 of them rejected",
            "look at: dealers, sales (csv may.csv), vehicles: whether the export has ended, and its rejected records. Take a feed that has come to its end out of the manifest; for fewer vehicles or dealers that are right: --set audits.max_change=1 for one run"));
  }

  @Test
  void emptyExportLeavesThePublishedSales() throws SQLException {
    publish(sales("r1", 1, 2), DEFAULT);
    StagedRun empty = sales("r2", 1, 0);

    assertThat(
        failure(empty, DEFAULT.changeAtMost("1"), "feeds-not-empty").get(1),
        is(
            "sales: expected at least a record that can be used, found 0 records read, 0 of them rejected"));
    assertThat(rows("select count(*) from sales"), contains("2"));
    assertThat(
        rows("select feed, rows_read from load_run_feeds where run_id = 'r2' order by 1"),
        contains("dealers|0", "sales|0", "vehicles|0"));
  }

  @Test
  void exportOfWhichEveryRecordIsRejectedIsAnEmptyOne() throws SQLException {
    publish(sales("r1", 1, 2), DEFAULT);
    StagedRun rejected = StagedRun.empty(connection, "r2");
    rejected.feed("sales", 2, 0, 2, 0, 0, 0);
    for (int line = 2; line <= 3; line++) {
      rejected.execute(
          "insert into {rejected_records} values ('sales', 'may.csv:%d', 'MISSING_FIELD', 'parse', 'sale_id', 'sale_id is missing', ';;', 'csv', null)"
              .formatted(line));
    }

    assertThat(
        failure(rejected, DEFAULT, "feeds-not-empty").get(1),
        is(
            "sales: expected at least a record that can be used, found 2 records read, 2 of them rejected"));
  }

  @ParameterizedTest
  @CsvSource({"10, 5", "10, 30", "5, 3", "4, 1", "3, 1", "2, 1", "1, 2"})
  void halfOfTheSalesMayGoAndFewOfFew(int before, int after) throws SQLException {
    publish(sales("r1", 1, before), DEFAULT);

    assertThat(publish(sales("r2", 1, after), DEFAULT).published(), is(true));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 4, 'published sales of the covered dates: expected of 10 at most 50 % gone, found 6 gone, such as s05'",
    "5, 2, 'published sales of the covered dates: expected of 5 at most 50 % gone, found 3 gone, such as s03'"
  })
  void exportThatIsCutShortIsNotPublished(int before, int after, String found) throws SQLException {
    publish(sales("r1", 1, before), DEFAULT);
    StagedRun cut = sales("r2", 1, after);

    List<String> detail = failure(cut, DEFAULT, "published-sales-kept");
    assertThat(
        detail.get(0),
        is("of the published sales of the covered dates at most 50 % are gone from the feed"));
    assertThat(detail.get(1), is(found));
    assertThat(detail.get(detail.size() - 1), is(REMEDY));
    assertThat(rows("select count(*) from sales"), contains(String.valueOf(before)));

    assertThat(publish(sales("r3", 1, after), DEFAULT.changeAtMost("1")).published(), is(true));
  }

  @Test
  void exportOfOtherSalesIsNotPublishedThoughThereAreAsMany() throws SQLException {
    publish(sales("r1", 1, 2), DEFAULT);

    assertThat(
        failure(sales("r2", 3, 2), DEFAULT, "published-sales-kept").get(1),
        is(
            "published sales of the covered dates: expected of 2 at most 50 % gone, found 2 gone, such as s01"));
  }

  @Test
  void fileOfOneMonthThatIsMissingIsNoticedAmongMany() throws SQLException {
    BusinessInterval spring =
        new BusinessInterval(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 6, 3));
    StagedRun both = sales("r1", 1, 20);
    for (int i = 1; i <= 5; i++) {
      both.version(
          "a" + i,
          "2024-04-02 09:00:00",
          "SOLD",
          "2024-04-02",
          "RENAULT",
          "NORTH",
          "1000",
          "CURRENT");
    }
    both.kpi("day", "2024-04-02", "2024-04-03", "total", "ALL", 5, 0, 0, "5000");
    both.kpi("week", "2024-04-01", "2024-04-08", "total", "ALL", 5, 0, 0, "5000");
    both.kpi("month", "2024-04-01", "2024-05-01", "total", "ALL", 5, 0, 0, "5000");
    both.execute("update {load_run_feeds} set rows_read = 25, rows_accepted = 25");
    both.publish(both.request(spring, spring, DEFAULT));
    StagedRun may = sales("r2", 1, 20);

    AuditFailedException failed =
        assertThrows(
            AuditFailedException.class, () -> may.publish(may.request(spring, spring, DEFAULT)));
    assertThat(
        detail(failed, "published-sales-kept").get(1),
        is(
            "published sales of the month from 2024-04-01: expected of 5 at most 50 % gone, found 5 gone, such as a1"));
  }

  @Test
  void salesThatAreCancelledOrMovedAreNotGone() throws SQLException {
    publish(sales("r1", 1, 8), DEFAULT);
    StagedRun changed = sales("r2", 1, 8);
    changed.execute("update {sale_versions} set status = 'CANCELLED' where sale_id < 's05'");
    changed.execute(
        "update {sale_versions} set sold_on = date '2024-04-02', fate = 'OUT_OF_RANGE' where sale_id > 's06'");
    changed.execute("update {load_run_feeds} set rows_out_of_range = 2");
    changed.execute("update {sales_kpi} set units_sold = 2, units_cancelled = 4, revenue = 2000");

    assertThat(publish(changed, DEFAULT).published(), is(true));
  }

  @Test
  void unitsThatFallByMoreThanHalfAreNotPublishedThoughNoSaleIsGone() throws SQLException {
    publish(sales("r1", 1, 10), DEFAULT);
    StagedRun cancelled = sales("r2", 1, 10);
    cancelled.execute("update {sale_versions} set status = 'CANCELLED' where sale_id < 's07'");
    cancelled.execute("update {sales_kpi} set units_sold = 4, units_cancelled = 6, revenue = 4000");

    assertThat(
        failure(cancelled, DEFAULT, "change-within-limit"),
        contains(
            "the units of windows published before fall by at most 50 %",
            "units by day: expected 10 as published, fallen by at most 50 %, found 4",
            "units by month: expected 10 as published, fallen by at most 50 %, found 4",
            "units by week: expected 10 as published, fallen by at most 50 %, found 4",
            "look at: feeds that are empty or cut short, such as sales (csv may.csv); if the change is right, raise the limit for one run: --set audits.max_change=1"));
  }

  @Test
  void manifestOfOtherDimensionsChangesNoUnits() throws SQLException {
    publish(sales("r1", 1, 10), DEFAULT);
    StagedRun makes = sales("r2", 1, 10);
    makes.execute("update {sales_kpi} set dimension = 'make', member = 'RENAULT'");

    assertThat(publish(makes, DEFAULT).published(), is(true));
  }

  @Test
  void dealersThatAreEmptyOrFewAreNotPublished() throws SQLException {
    StagedRun first = sales("r1", 1, 2);
    dealers(first, 6);
    publish(first, DEFAULT);
    assertThat(
        failure(sales("r2", 1, 2), DEFAULT.changeAtMost("1"), "feeds-not-empty").get(1),
        is(
            "dealers: expected at least a record that can be used, found 0 records read, 0 of them rejected"));
    StagedRun few = sales("r3", 1, 2);
    dealers(few, 2);
    assertThat(
        failure(few, DEFAULT, "feeds-not-empty").get(1),
        is("dealers: expected 6 as published by the last run, fewer by at most 50 %, found 2"));
    StagedRun allowed = sales("r4", 1, 2);
    dealers(allowed, 2);
    assertThat(publish(allowed, DEFAULT.changeAtMost("1")).published(), is(true));
  }

  private static void dealers(StagedRun run, int number) throws SQLException {
    for (int i = 1; i <= number; i++) {
      run.execute("insert into {dealers} values ('d%d', null, 'NORTH')".formatted(i));
    }
    run.feed("dealers", number, number, 0, 0, 0, 0);
  }

  /** Stages sales of one day, s01 and so on, and their KPIs by total. */
  private StagedRun sales(String runId, int first, int number) throws SQLException {
    StagedRun run = StagedRun.empty(connection, runId);
    for (int i : IntStream.range(first, first + number).toArray()) {
      run.version(
          "s%02d".formatted(i),
          "2024-05-02 09:00:00",
          "SOLD",
          "2024-05-02",
          "RENAULT",
          "NORTH",
          "1000",
          "CURRENT");
    }
    if (number > 0) {
      String revenue = String.valueOf(number * 1000);
      run.kpi("day", "2024-05-02", "2024-05-03", "total", "ALL", number, 0, 0, revenue);
      run.kpi("week", "2024-04-29", "2024-05-06", "total", "ALL", number, 0, 0, revenue);
      run.kpi("month", "2024-05-01", "2024-06-01", "total", "ALL", number, 0, 0, revenue);
      run.feed("sales", number, number, 0, 0, 0, 0);
    }
    return run;
  }

  private static PublishReport publish(StagedRun run, AuditLimits limits) {
    return run.publish(run.request(limits));
  }

  private static List<String> failure(StagedRun run, AuditLimits limits, String audit) {
    return detail(assertThrows(AuditFailedException.class, () -> publish(run, limits)), audit);
  }

  private static List<String> detail(AuditFailedException failed, String audit) {
    List<AuditResult> failures = failed.report().failures();
    assertThat(failures.stream().map(AuditResult::audit).toList(), hasItem(audit));
    return failures.stream()
        .filter(result -> result.audit().equals(audit))
        .findFirst()
        .orElseThrow()
        .detail()
        .lines()
        .toList();
  }

  private List<String> rows(String sql) throws SQLException {
    return StagedRun.rows(connection, sql);
  }
}
