package io.autopulse.sink.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.WarehouseRows;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.StatementListener;
import io.autopulse.warehouse.WarehouseException;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.runs.RejectedRecords;
import io.autopulse.warehouse.runs.RunLog;
import io.autopulse.warehouse.runs.RunStart;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The publisher's statements give the same core tables in the Snowflake emulator as in DuckDB. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SnowflakePublisherIT {
  /** What a publication changes, and where it begins and ends; of its log one statement. */
  private static final String CHANGING =
      "^\\s*(insert into (?!autopulse_core.load_run_)|create|update|delete|commit|alter session)";

  private static final String COMMIT = "^\\s*commit";

  private static final int STEP = 9;
  private static final int EACH_REPAIRED = 4;

  @TempDir private Path directory;

  private SnowflakeEmulator snowflake;
  private SnowflakeWarehouse warehouse;
  private Connection connection;

  @BeforeEach
  void emptyTables(SnowflakeEmulator emulator) throws SQLException {
    snowflake = emulator;
    warehouse = EmulatedWarehouse.empty(emulator, "SNOWFLAKEPUBLISHERIT");
    connection = warehouse.connect();
  }

  @AfterEach
  void closeConnection() throws SQLException {
    connection.close();
  }

  /** What a test does with a connection to either warehouse. */
  private interface Story {
    void tell(Connection connection) throws SQLException;
  }

  private Map<String, List<String>> inDuckDb(Story story) throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("same.duckdb"));
    try (DuckDbWarehouse duckDb = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection embedded = duckDb.connect()) {
      story.tell(embedded);
      return WarehouseRows.whole(embedded);
    }
  }

  private void assertSameInBoth(Story story) throws SQLException, IOException {
    Map<String, List<String>> expected = inDuckDb(story);
    story.tell(connection);
    Map<String, List<String>> found = WarehouseRows.whole(connection);
    for (String table : expected.keySet()) {
      assertThat(table, found.get(table), is(expected.get(table)));
    }
  }

  @Test
  void firstRunGivesTheTablesOfDuckDb() throws SQLException, IOException {
    assertSameInBoth(
        c -> {
          StagedRun staged = StagedRun.may(c, "r1");
          staged.execute(
              "update {sale_versions} set updated_at = timestamp '2024-05-03 10:00:00.123456', channel = '' where sale_id = 's2'");
          assertThat(staged.publish().published(), is(true));
        });
    assertThat(
        WarehouseRows.of(connection, "select sale_id, updated_at from sales where channel = ''"),
        contains("sale_id=2:s2|updated_at=27:2024-05-03T10:00:00.123456Z"));
    assertThat(WarehouseRows.of(connection, "select 1 from sales_kpi"), hasSize(27));
  }

  @Test
  void laterRunMergesMovesAndSupersedesAsInDuckDb() throws SQLException, IOException {
    assertSameInBoth(
        c -> {
          StagedRun.may(c, "r1").publish();
          StagedRun.of(c, "r1")
              .execute(
                  "insert into sales select 's9', updated_at, sequence, status, sold_at, date '2024-05-30', model_id, make, model, segment, powertrain, dealer_id, region, list_price, net_price, currency, channel, source, 'r0' from sales where sale_id = 's1'")
              .execute("update sales set sold_on = date '2024-01-01' where sale_id = 's2'")
              .execute(
                  "insert into vehicles (model_id, make, model, segment, powertrain, list_price, run_id) values ('m0', 'FIAT', '500', 'A', 'BEV', null, 'r0')");
          StagedRun later = corrected(c, "r2");
          PublishReport report =
              later.publish(later.request(AuditLimits.rejectedAtMost("0.2").changeAtMost("0.5")));
          assertThat(report.salesMoved(), is(1L));
        });
    assertThat(
        WarehouseRows.of(connection, "select sale_id from sales"),
        contains("sale_id=2:s1", "sale_id=2:s2", "sale_id=2:s3"));
    assertThat(WarehouseRows.of(connection, "select 1 from sale_versions"), hasSize(6));
  }

  /** Stages May 2024 with the price of s2 corrected to 31,000. */
  private static StagedRun corrected(Connection connection, String runId) throws SQLException {
    return StagedRun.may(connection, runId)
        .execute(
            "update {sale_versions} set net_price = 31000, updated_at = timestamp '2024-05-06 00:00:00' where sale_id = 's2'")
        .execute(
            "update {sales_kpi} set revenue = revenue + 1000 where units_sold > 0 and window_end > timestamp '2024-05-03' and member in ('ALL', 'RENAULT', 'SOUTH', 'SOUTH x RENAULT')");
  }

  @Test
  void failedAuditsLeaveTheTablesAndKeepTheStaging() throws SQLException {
    StagedRun.may(connection, "r1").publish();
    Map<String, List<String>> before = WarehouseRows.published(connection);
    StagedRun broken =
        StagedRun.may(connection, "r2")
            .execute("update {sales_kpi} set revenue = revenue + 1 where grain = 'week'")
            .execute("update {vehicles} set model_id = 'm1'")
            .execute("delete from {rejected_records}");

    AuditFailedException failed = assertThrows(AuditFailedException.class, broken::publish);

    assertThat(
        failed.report().failures().stream().map(AuditResult::audit).toList(),
        contains(
            "rows-as-counted",
            "reference-keys-unique",
            "kpis-re-added",
            "dimensions-sum-to-total"));
    assertThat(
        failed.getMessage(),
        allOf(
            containsString("sales, rejected: expected 1 as counted, found 0 staged"),
            containsString(
                "week from 2024-04-29, make PEUGEOT: expected 0 sold, 1 cancelled, 0 returned, revenue 0.00, found 0 sold, 1 cancelled, 0 returned, revenue 1.00")));
    Map<String, List<String>> after = WarehouseRows.published(connection);
    for (String table :
        List.of("sales", "sale_versions", "vehicles", "dealers", "sales_kpi", "rejected_records")) {
      assertThat(table, after.get(table), is(before.get(table)));
    }
    assertThat(
        WarehouseRows.of(connection, "select run_id, status from load_runs"),
        contains("run_id=2:r1|status=9:PUBLISHED", "run_id=2:r2|status=8:REJECTED"));
    assertThat(WarehouseRows.of(connection, "select 1 from STG_sale_versions__r2"), hasSize(5));
  }

  @Test
  void everyAuditFindsInTheEmulatorWhatItFindsInDuckDb() throws SQLException, IOException {
    for (String damage :
        List.of(
            "update {load_run_feeds} set rows_read = 8 where feed = 'sales'",
            "update {sale_versions} set sold_on = date '2024-05-09' where sale_id = 's4'",
            "update {vehicles} set model_id = null where model_id = 'm1'",
            "update {sale_versions} set sale_id = null where sale_id = 's4'",
            "update {sale_versions} set updated_at = timestamp '2024-05-02 10:00:00' where fate = 'SUPERSEDED'",
            "update {sale_versions} set fate = 'CURRENT' where sale_id = 's1'",
            "update {sales_kpi} set member = 'SOUTH' where dimension = 'region' and grain = 'day'",
            "update {sales_kpi} set window_start = timestamp '2024-04-30', window_end = timestamp '2024-05-07' where grain = 'week'",
            "update {sales_kpi} set window_start = timestamp '2024-04-01', window_end = timestamp '2024-05-01' where grain = 'month'",
            "delete from {sales_kpi}")) {
      List<String> expected = new ArrayList<>();
      inDuckDb(c -> expected.addAll(failures(c, damage)));
      assertThat(damage, expected, is(not(empty())));
      assertThat(damage, failures(connection, damage), is(expected));
    }
  }

  private static List<String> failures(Connection connection, String damage) throws SQLException {
    StagedRun staged = StagedRun.may(connection, "r1").execute(damage);
    return assertThrows(AuditFailedException.class, staged::publish).report().failures().stream()
        .map(AuditResult::audit)
        .toList();
  }

  @Test
  void saleDoesNotGoBackToAnOlderVersion() throws SQLException {
    corrected(connection, "r1").publish();
    StagedRun older = StagedRun.may(connection, "r2");

    AuditFailedException failed = assertThrows(AuditFailedException.class, older::publish);

    assertThat(failed.getMessage(), containsString("no-sale-goes-back: "));
    assertThat(failed.getMessage(), containsString("sale s2: expected the version of 2024-05-06"));
  }

  @Test
  void runLogAndRejectedRecordsAreReadAndWritten() throws SQLException {
    RunLog log = new RunLog(warehouse, StagedRun.CLOCK);
    assertThat(log.start(start("r1")), is(empty()));
    log.fail("r1", "it's broken");
    assertThat(log.start(start("r2")), is(empty()));
    assertThat(log.running(), contains("r2"));
    assertThat("no process runs since 2024", log.start(start("r3")), contains("r2"));
    StagedRun.may(connection, "r3")
        .execute("update {rejected_records} set header = 'sale_id;sold_at'")
        .publish();

    assertThat(log.running(), is(empty()));
    assertThat(
        WarehouseRows.of(connection, "select run_id, status, started_at, seconds from load_runs"),
        contains(
            "run_id=2:r1|status=6:FAILED|started_at=27:2024-06-02T03:04:00.123456Z|seconds=5:5.554",
            "run_id=2:r2|status=9:ABANDONED|started_at=27:2024-06-02T03:04:00.123456Z|seconds=5:5.554",
            "run_id=2:r3|status=9:PUBLISHED|started_at=27:2024-06-02T03:04:00.123456Z|seconds=5:5.678"));
    assertThat(
        WarehouseRows.of(connection, "select message from load_runs where run_id = 'r1'"),
        contains("message=11:it's broken"));
    assertThat(
        new RejectedRecords(warehouse).blocks("r3", Optional.of("BAD_DATE")).get(Feed.SALES),
        hasSize(1));
    assertThrows(
        InputException.class,
        () -> new RejectedRecords(warehouse).blocks("r3", Optional.of("BAD_PRICE")));
  }

  private static RunStart start(String runId) {
    return new RunStart(
        runId,
        "daily-refresh",
        StagedRun.MAY,
        Instant.parse("2024-06-02T03:04:00.123456Z"),
        "0.1.0",
        "direct");
  }

  @Test
  void anyStatementThatFailsLeavesTheOldTablesOrTheNewAndTheNextRunRepairs() throws SQLException {
    Old old = new Old();
    int before = old.failEach(snowflake::failBefore);
    int after = old.failEach(snowflake::failAfter);
    int drop = old.failEach(snowflake::dropBefore);
    System.out.printf(
        "SnowflakePublisherIT: failed before %d statements, after %d, dropped the session before %d%n",
        before, after, drop);
    assertThat(before, is(greaterThan(Nightly.runs() ? 20 : 3)));
    assertThat(after, is(before));
    assertThat(drop, is(before));
  }

  /** A failure of a statement. */
  private interface Fault {
    void add(String pattern, int occurrence);
  }

  /** The tables before the corrected run r2, which is staged, and after it. */
  private final class Old {
    private final Map<String, List<String>> tables;
    private final Map<String, List<String>> corrected;

    Old() throws SQLException {
      StagedRun.may(connection, "r1").publish();
      tables = WarehouseRows.whole(connection);
      for (String table : tables.keySet()) {
        StagedRun.of(connection, "r1")
            .execute("create or replace table OLD_%1$s as select * from %1$s".formatted(table));
      }
      corrected(connection, "r2").publish();
      corrected = WarehouseRows.whole(connection);
      assertThat(corrected, is(not(tables)));
    }

    void restore() throws SQLException {
      for (String table : tables.keySet()) {
        StagedRun.of(connection, "r1")
            .execute("delete from " + table)
            .execute("insert into %1$s select * from OLD_%1$s".formatted(table));
      }
    }

    /**
     * Lets statements of a publication fail in turn, every one in a nightly build; returns how
     * many.
     */
    int failEach(Fault fault) throws SQLException {
      restore();
      int struck = 0;
      int step = Nightly.runs() ? 1 : STEP;
      for (int i = 1; leavesOldOrNew(CHANGING, i, fault); i += step) {
        struck++;
      }
      // A step may miss what decides.
      for (int i = 1; !Nightly.runs() && leavesOldOrNew(COMMIT, i, fault); i++) {
        struck++;
      }
      return struck;
    }

    private boolean leavesOldOrNew(String pattern, int occurrence, Fault fault)
        throws SQLException {
      if (!strikes(pattern, occurrence, fault)) {
        restore();
        return false;
      }
      Map<String, List<String>> found = WarehouseRows.whole(connection);
      assertThat(pattern + occurrence, found, anyOf(is(tables), is(corrected)));
      if (found.equals(tables) && (!Nightly.runs() || occurrence % EACH_REPAIRED == 0)) {
        try (Connection next = warehouse.connect()) {
          StagedRun.of(next, "r2").publish();
        }
        found = WarehouseRows.whole(connection);
        assertThat("repaired after " + pattern + occurrence, found, is(corrected));
      }
      if (found.equals(corrected)) {
        restore();
      }
      return true;
    }

    /** Publishes with a fault; returns whether it has come. */
    private boolean strikes(String pattern, int occurrence, Fault fault) throws SQLException {
      try (Connection failing = warehouse.connect()) {
        fault.add(pattern, occurrence);
        StagedRun.of(failing, "r2").publish();
      } catch (WarehouseException e) {
        return true;
      }
      assertThat(WarehouseRows.whole(connection), is(corrected));
      // A publication that ends well has recovered from the fault, or it is still to come.
      return snowflake.withdrawFaults() == 0;
    }
  }

  @Test
  void transactionThatCannotBeUndoneIsNotCommittedByCleaningUp() throws SQLException {
    StagedRun.may(connection, "r1").publish();
    Map<String, List<String>> old = WarehouseRows.whole(connection);
    corrected(connection, "r2");
    try (Connection failing = warehouse.connect()) {
      snowflake.failBefore("insert into autopulse_core.sales_kpi", 1);
      snowflake.failBefore("rollback", 1);
      assertThrows(WarehouseException.class, () -> StagedRun.of(failing, "r2").publish());
    }
    assertThat(WarehouseRows.whole(connection), is(old));
  }

  @Test
  void runThatWasAuditedBeforeAnotherPublishedIsAuditedAgain() throws SQLException {
    corrected(connection, "r2");
    StagedRun older = StagedRun.may(connection, "r1");
    AtomicInteger turns = new AtomicInteger();
    StatementListener overtaken =
        step -> {
          if (step.equals("wait for the turn") && turns.incrementAndGet() == 1) {
            publishElsewhere("r2");
          }
        };

    // At its first audit there were no sales that it could bring back to an older version.
    AuditFailedException failed =
        assertThrows(
            AuditFailedException.class,
            () -> new Publisher(connection, StagedRun.CLOCK, overtaken).publish(older.request()));

    assertThat(
        failed.report().failures().stream().map(AuditResult::audit).toList(),
        hasItem("no-sale-goes-back"));
    assertThat(
        WarehouseRows.of(connection, "select net_price from sales where sale_id = 's2'"),
        contains("net_price=8:31000.00"));
  }

  @Test
  void runThatIsOvertakenAgainAndAgainSaysSo() throws SQLException {
    for (String run : List.of("r1", "r2", "r3", "r4")) {
      StagedRun.may(connection, run);
    }
    AtomicInteger turns = new AtomicInteger();
    StatementListener overtaken =
        step -> {
          if (step.equals("wait for the turn")) {
            publishElsewhere("r" + turns.incrementAndGet());
          }
        };

    InputException given =
        assertThrows(
            InputException.class,
            () ->
                new Publisher(connection, StagedRun.CLOCK, overtaken)
                    .publish(StagedRun.of(connection, "r4").request()));

    assertThat(
        given.getMessage(),
        is(
            "run r4: other runs published while this one was audited, 3 times. Run it again when they have ended"));
    assertThat(
        WarehouseRows.of(connection, "select distinct run_id from sales_kpi"),
        contains("run_id=2:r3"));
  }

  private PublishReport publishElsewhere(String runId) {
    try (Connection other = warehouse.connect()) {
      return StagedRun.of(other, runId).publish();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void firstRunsThatPublishAtOnceTakeTurns() throws Exception {
    StagedRun.may(connection, "r1");
    corrected(connection, "r2");
    List<CompletableFuture<PublishReport>> second = new ArrayList<>();
    StatementListener first =
        step -> {
          if (step.equals("insert KPIs")) {
            second.add(CompletableFuture.supplyAsync(() -> publishElsewhere("r2")));
            snowflake.awaitWaiting();
          }
        };

    PublishReport published =
        new Publisher(connection, StagedRun.CLOCK, first)
            .publish(StagedRun.of(connection, "r1").request());

    assertThat(published.published(), is(true));
    assertThat(second.get(0).get(1, TimeUnit.MINUTES).published(), is(true));
    assertThat(
        WarehouseRows.of(connection, "select sale_id, net_price, run_id from sales"),
        contains(
            "sale_id=2:s1|net_price=8:20000.00|run_id=2:r2",
            "sale_id=2:s2|net_price=8:31000.00|run_id=2:r2",
            "sale_id=2:s3|net_price=8:25000.00|run_id=2:r2"));
    assertThat(WarehouseRows.of(connection, "select 1 from sales_kpi"), hasSize(27));
    assertThat(WarehouseRows.of(connection, "select 1 from sale_versions"), hasSize(6));
  }
}
