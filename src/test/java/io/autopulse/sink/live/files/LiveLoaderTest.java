package io.autopulse.sink.live.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.sink.live.LiveFolder;
import io.autopulse.sink.live.LiveLoad;
import io.autopulse.sink.live.LiveTable;
import io.autopulse.sink.publish.StagedRun;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live job's files, and what the loader makes of them. */
class LiveLoaderTest {
  private static final String VERSIONS =
      "select sale_id, strftime(updated_at, '%H:%M'), net_price, currency, run_id from sale_versions order by all";
  private static final String PANES =
      "select member, units_sold, revision from sales_kpi_current order by all";
  private static final String FEEDS =
      "select feed, rows_read, rows_accepted, rows_rejected, rows_superseded, rows_published from load_run_feeds where run_id = 'r1' order by all";

  private static final String CONFLICTING =
      "select feed, rows_read, rows_accepted, rows_rejected, rows_superseded, rows_published, rows_conflicting from load_run_feeds where run_id = '%s'";

  @TempDir private Path directory;

  private LiveFolder folder;
  private DroppedFiles files;
  private Path database;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void make() throws IOException {
    // A name that is a pattern and a quote to DuckDB.
    folder = new LiveFolder(directory.resolve("o'live [a]*"));
    files = new DroppedFiles(folder);
    database = MigratedFile.at(directory.resolve("test.duckdb"));
  }

  @Test
  void waitingFilesBecomeRowsAndAreDeleted() throws SQLException, IOException {
    files.versions("s1|2024-05-02 09:00:00|CURRENT|20000", "s2|2024-05-02 09:01:00|CURRENT|21000");
    files.versions("s1|2024-05-02 08:00:00|SUPERSEDED|19000");
    files.panes("total|ALL|2|3", "make|RENAULT|2|3");
    files.rejected("sales|a.csv:7");
    LiveLoader loader = started("r1");

    assertThat(loader.hasWork(), is(true));
    assertThat(
        loader.load(LiveLoader.Look.AWAY),
        is(
            new LiveLoad(
                4,
                3,
                1,
                2,
                0,
                0,
                Map.of("BAD_DATE", 1L),
                0,
                0,
                Optional.of(Instant.parse("2024-05-02T09:01:00Z")))));

    assertThat(loader.hasWork(), is(false));
    assertThat(progress, is(empty()));
    assertThat(
        rows(VERSIONS),
        contains(
            "s1|08:00|19000.00|EUR|r1", "s1|09:00|20000.00|EUR|r1", "s2|09:01|21000.00|EUR|r1"));
    assertThat(rows(PANES), contains("ALL|2|3", "RENAULT|2|3"));
    assertThat(
        rows(
            "select distinct is_final, strftime(computed_at, '%H:%M:%S.%g'), revenue from sales_kpi_live"),
        contains("false|10:00:05.250|40000.00"));
    assertThat(
        rows("select run_id, feed, origin, code, header from rejected_records"),
        contains("r1|sales|a.csv:7|BAD_DATE|null"));
    assertThat(rows(FEEDS), contains("sales|4|3|1|1|2"));
  }

  @Test
  void fileWrittenAnewMayHaveAnotherBadRecordInTheSameLine() throws SQLException, IOException {
    LiveLoader loader = started("r1");
    files.rejected("sales|today.csv:7|first", "sales|today.csv:8|same");
    loader.load(LiveLoader.Look.AWAY);
    files.rejected("sales|today.csv:7|second", "sales|today.csv:8|same");
    assertThat(loader.load(LiveLoader.Look.AWAY).rejectedRecords(), is(1L));
    assertThat(
        rows("select origin, raw from rejected_records order by all"),
        contains("today.csv:7|first", "today.csv:7|second", "today.csv:8|same"));
  }

  @Test
  void repeatedFileChangesNothing() throws SQLException, IOException {
    LiveLoader loader = started("r1");
    for (int i = 0; i < 2; i++) {
      files.versions("s1|2024-05-02 09:00:00|CURRENT|20000");
      files.panes("total|ALL|1|1");
      files.rejected("sales|a.csv:7", "vehicles|v.csv:1");
      loader.load(LiveLoader.Look.AWAY);
    }
    LiveLoader later = started("r2");
    files.versions("s1|2024-05-02 09:00:00|CURRENT|20000");
    files.panes("total|ALL|1|1");
    files.rejected("sales|a.csv:7");

    assertThat(
        later.load(LiveLoader.Look.AWAY),
        is(
            new LiveLoad(
                3,
                0,
                0,
                1,
                0,
                0,
                Map.of(),
                0,
                0,
                Optional.of(Instant.parse("2024-05-02T09:00:00Z")))));

    assertThat(rows(VERSIONS), contains("s1|09:00|20000.00|EUR|r1"));
    assertThat(rows(PANES), contains("ALL|1|1"));
    assertThat(
        rows("select feed, origin from rejected_records order by all"),
        contains("sales|a.csv:7", "vehicles|v.csv:1"));
    assertThat(rows(FEEDS), contains("sales|2|1|1|0|1", "vehicles|1|0|1|0|0"));
  }

  @Test
  void figureIsReplacedByAHigherRevisionOnly() throws SQLException, IOException {
    files.prices("2024-05-01|2024-05-02|1.6000|2", "2024-05-01|2024-05-03|1.6100|2");
    files.prices("2024-05-01|2024-05-02|1.6200|3");
    LiveLoader loader = started("r1");
    assertThat(loader.load(LiveLoader.Look.AWAY).figures(), is(2L));
    String all =
        "select day, known_on, settles_at, average_price, stations, revision, computed_at, run_id from fuel_prices_live order by all";
    List<String> before = rows(all);
    assertThat(
        before,
        contains(
            "2024-05-01|2024-05-02|2024-05-02 22:00:00.0|1.6200|3|3|2024-05-02 10:00:05.25|r1",
            "2024-05-01|2024-05-03|2024-05-03 22:00:00.0|1.6100|3|2|2024-05-02 10:00:05.25|r1"));

    LiveLoader later = started("r2");
    files.prices("2024-05-01|2024-05-02|1.5000|2", "2024-05-01|2024-05-02|1.6200|3");
    assertThat("no higher revision", later.load(LiveLoader.Look.AWAY).figures(), is(0L));
    assertThat(rows(all), is(before));
  }

  @Test
  void tenthRevisionIsHigherThanTheNinth() throws SQLException, IOException {
    files.prices("2024-05-01|2024-05-02|1.6000|9", "2024-05-01|2024-05-02|1.6100|10");
    files.prices("2024-05-01|2024-05-03|1.7000|100");
    files.prices("2024-05-01|2024-05-03|1.7100|99");
    assertThat(started("r1").load(LiveLoader.Look.AWAY).figures(), is(2L));
    assertThat(
        rows("select known_on, average_price, revision from fuel_prices_live order by all"),
        contains("2024-05-02|1.6100|10", "2024-05-03|1.7000|100"));
  }

  @Test
  void filesOfTextsAndFilesOfTypesAreOneBatch() throws SQLException, IOException {
    files.prices("2024-05-01|2024-05-02|1.6000|9");
    files.write(
        LiveTable.FUEL_PRICES,
        """
        select date '2024-05-01' as day, 'ALL' as region, 'DIESEL' as fuel, date '2024-05-02' as known_on,
            timestamp '2024-05-02 22:00:00' as settles_at, cast(1.61 as decimal(18, 4)) as average_price,
            cast(1.61 as decimal(18, 4)) as minimum_price, cast(1.61 as decimal(18, 4)) as maximum_price,
            cast(3 as bigint) as stations, cast(10 as bigint) as revision""");
    assertThat(started("r1").load(LiveLoader.Look.AWAY).figures(), is(1L));
    assertThat(
        rows("select known_on, settles_at, average_price, revision from fuel_prices_live"),
        contains("2024-05-02|2024-05-02 22:00:00.0|1.6100|10"));
  }

  @Test
  void withdrawnRegistrationsHaveNoNumber() throws SQLException, IOException {
    files.withdrawn("2024-06-05", 2);
    assertThat(started("r1").load(LiveLoader.Look.AWAY).figures(), is(1L));
    assertThat(
        rows("select make, known_on, registrations, revision from market_registrations_live"),
        contains("TESLA|2024-06-05|null|2"));
  }

  @Test
  void featuresAreReplacedByALaterComputationOnly() throws SQLException, IOException {
    files.features("RENAULT|4|10:00:02", "DACIA|1|10:00:02");
    LiveLoader loader = started("r1");
    assertThat(loader.load(LiveLoader.Look.AWAY).features(), is(2L));
    files.features("RENAULT|5|10:00:04");
    files.features("DACIA|9|10:00:01");
    assertThat(loader.load(LiveLoader.Look.AWAY).features(), is(1L));
    assertThat(
        rows("select member, units, units_average_4 from trend_features_live order by all"),
        contains("DACIA|1|2.500000", "RENAULT|5|2.500000"));
    assertThat(
        "a computation has all members of its week",
        rows("select week_start, member, units, run_id from trend_features_current order by all"),
        contains("2024-04-22|RENAULT|5|r1"));
  }

  @Test
  void recordThatARefreshRejectedIsRejectedHereToo() throws SQLException, IOException {
    execute(
        "insert into rejected_records values ('nightly', 'sales', 'a.csv:7', 'BAD_DATE', 'p', null, 'm', '{}', 'json', null)");
    execute(
        "insert into load_runs (run_id, job, status, started_at) values ('nightly', 'daily-refresh', 'PUBLISHED', timestamp '2024-05-02')");
    files.rejected("sales|a.csv:7");

    assertThat(started("r1").load(LiveLoader.Look.AWAY).rejectedRecords(), is(1L));

    assertThat(rows("select run_id from rejected_records order by all"), contains("nightly", "r1"));
  }

  @Test
  void cellKeepsItsHighestRevisionWhateverTheOrderOfTheFiles() throws SQLException, IOException {
    LiveLoader loader = started("r1");
    files.panes("total|ALL|5|5", "make|RENAULT|5|5");
    files.panes("total|ALL|4|4");
    files.panes("total|ALL|6|6");
    assertThat(loader.load(LiveLoader.Look.AWAY).panes(), is(4L));
    assertThat(rows(PANES), contains("ALL|6|6", "RENAULT|5|5"));

    files.panes("total|ALL|3|3", "make|RENAULT|0|7");
    loader.load(LiveLoader.Look.AWAY);
    assertThat(rows(PANES), contains("ALL|6|6", "RENAULT|0|7"));
  }

  @Test
  void paneThatComesTwiceCountsOnce() throws SQLException, IOException {
    LiveLoader loader = started("r1");
    for (int i = 0; i < 2; i++) {
      files.panes("total|ALL|5|5");
      loader.load(LiveLoader.Look.AWAY);
    }

    assertThat(rows(PANES), contains("ALL|5|5"));
  }

  @Test
  void panesAreLoadedBeforeRecords() throws SQLException, IOException {
    files.versions("s1|2024-05-02 09:00:00|CURRENT|20000");
    files.panes("total|ALL|1|1");
    files.rejected("sales|a.csv:7");
    List<String> seen = new ArrayList<>();

    started("r1")
        .load(
            (load, connection) ->
                seen.add(
                    "%d panes, %d versions, %d rejected"
                        .formatted(load.panes(), load.versions(), load.rejectedRecords())));

    assertThat(
        seen, contains("1 panes, 0 versions, 0 rejected", "0 panes, 1 versions, 1 rejected"));
  }

  @Test
  void busyStreamsNextPaneIsLoadedBeforeTheWarehouseIsClosed() throws SQLException, IOException {
    String many =
        "select * replace ('M' || range as member) from (from '%s'), range(5_000)"
            .formatted(moved(files.panes("make|M|1|1")));
    List<Long> busy = new ArrayList<>();
    List<Long> quiet = new ArrayList<>();
    LiveLoader loader = started("r1");

    files.write(LiveTable.PANES, many);
    loader.load((load, connection) -> dropNext(busy, load));
    files.panes("make|M|1|1");
    loader.load((load, connection) -> dropNext(quiet, load));

    assertThat("records between", busy, contains(5_000L, 0L, 1L, 0L));
    assertThat("others get their turn", quiet, contains(1L, 0L));
  }

  // The next pane is there when the records are loaded.
  private void dropNext(List<Long> seen, LiveLoad load) {
    seen.add(load.panes());
    if (seen.size() == 2) {
      try {
        files.panes("make|N|1|1");
      } catch (SQLException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void unreadableFilesAreKeptAsideAndHoldUpNoOther() throws SQLException, IOException {
    files.panes("total|ALL|1|1");
    Path torn = files.panes("total|ALL|9|9");
    byte[] bytes = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(bytes, bytes.length - 20));
    Path empty = Files.createFile(folder.of(LiveTable.PANES).resolve("empty.parquet"));
    Path alien = files.write(LiveTable.PANES, "select 1 as x");
    Path wrongType =
        files.write(LiveTable.VERSIONS, "select * replace ('x' as net_price) from " + aVersion());
    Path lacking =
        files.write(LiveTable.VERSIONS, "select * replace (null as make) from " + aVersion());
    files.panes("make|RENAULT|1|1");

    assertThat(
        started("r1").load(LiveLoader.Look.AWAY),
        is(new LiveLoad(2, 0, 0, 2, 0, 0, Map.of(), 5, 0, Optional.empty())));

    assertThat(rows(PANES), contains("ALL|1|1", "RENAULT|1|1"));
    for (Path file : List.of(torn, empty, alien)) {
      assertThat(
          Files.exists(
              folder.root().resolve("quarantine/sales_kpi_live").resolve(file.getFileName())),
          is(true));
    }
    for (Path file : List.of(wrongType, lacking)) {
      assertThat(
          Files.exists(
              folder.root().resolve("quarantine/sale_versions").resolve(file.getFileName())),
          is(true));
    }
    assertThat(progress, hasSize(5));
    assertThat(
        progress,
        hasItem(startsWith(wrongType.getFileName() + " could not be read and is kept as ")));
    assertThat(progress, hasItem(containsString("a value is missing that every row must have")));
  }

  private String aVersion() throws SQLException, IOException {
    Path model = files.versions("s1|2024-05-02 09:00:00|CURRENT|20000");
    return "'" + moved(model) + "'";
  }

  private Path moved(Path file) throws IOException {
    return Files.move(
        file, directory.resolve("model.parquet"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void fileStillBeingWrittenIsLeftAlone() throws SQLException, IOException {
    Files.writeString(folder.of(LiveTable.VERSIONS).resolve(".x.parquet"), "half");
    Files.writeString(folder.of(LiveTable.VERSIONS).resolve("x.parquet.tmp"), "half");
    LiveLoader loader = started("r1");

    assertThat(loader.hasWork(), is(false));
    assertThat(loader.load(LiveLoader.Look.AWAY), is(LiveLoad.NOTHING));
    assertThat(Files.exists(folder.of(LiveTable.VERSIONS).resolve(".x.parquet")), is(true));
  }

  @Test
  void transactionTakesTheOldestFilesUpToItsBound() throws SQLException, IOException {
    Path first = files.panes("total|ALL|1|1");
    Path copy = first.resolveSibling("a.parquet");
    for (int i = 0; i < LiveLoader.MOST_FILES; i++) {
      copy = first.resolveSibling("copy%d.parquet".formatted(i));
      Files.copy(first, copy);
      Files.setLastModifiedTime(copy, FileTime.from(DroppedFiles.NOW.minusSeconds(i + 1L)));
    }
    LiveLoader loader = started("r1");

    List<LiveLoad> transactions = new ArrayList<>();
    List<Path> left = new ArrayList<>();
    loader.load(
        (load, connection) -> {
          if (load.files() > 0) {
            transactions.add(load);
            left.addAll(folder.waiting(LiveTable.PANES));
          }
        });

    assertThat("the newest waits for the second", left, contains(first));
    assertThat(
        transactions.stream().map(LiveLoad::files).toList(), contains(LiveLoader.MOST_FILES, 1));
  }

  @Test
  void lookSeesWhatWasLoadedAndTheRunItsEnd() throws SQLException, IOException {
    files.panes("total|ALL|1|1");
    List<String> seen = new ArrayList<>();
    LiveLoader loader = started("r1");

    loader.load(
        (load, connection) ->
            seen.addAll(
                StagedRun.rows(connection, "select member, sales_mix from sales_kpi_current")));
    assertThat("after the panes, and after the records", seen, everyItem(is("ALL|1.000000")));
    assertThat(seen, hasSize(2));
    String run = "select job, status, runner, message from load_runs";
    assertThat(rows(run), contains("live-sales|RUNNING|FlinkRunner|null"));

    loader.end();
    assertThat(rows(run), contains("live-sales|PUBLISHED|FlinkRunner|null"));
    loader.fail("too late to fail");
    assertThat(rows(run), contains("live-sales|PUBLISHED|FlinkRunner|null"));
  }

  @Test
  void fileThatAWorkerNeverFinishedIsDeletedAfterAnHour() throws IOException {
    Path old = Files.writeString(folder.of(LiveTable.VERSIONS).resolve(".old.parquet"), "half");
    Path young = Files.writeString(folder.of(LiveTable.VERSIONS).resolve(".young.parquet"), "half");
    Files.setLastModifiedTime(old, FileTime.from(DroppedFiles.NOW.minusSeconds(3_601)));
    Files.setLastModifiedTime(young, FileTime.from(DroppedFiles.NOW.minusSeconds(3_599)));

    started("r1");

    assertThat(Files.exists(old), is(false));
    assertThat(Files.exists(young), is(true));
  }

  @Test
  void loadsLeaveTheCoresToTheJob() throws SQLException, IOException {
    LiveLoader loader = started("r1");
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      files.panes("total|ALL|1|" + (i + 1));
      loader.load(
          (load, connection) -> {
            try (Statement statement = connection.createStatement();
                ResultSet row =
                    statement.executeQuery(
                        "select current_setting('threads') || ' ' || current_setting('max_vacuum_tasks')")) {
              row.next();
              settings.add(row.getString(1));
            }
          });
    }
    assertThat(settings, everyItem(is("1 0")));
    assertThat(settings, hasSize(6));
    assertThat(rows(PANES), contains("ALL|1|3"));
  }

  @Test
  void endOfARunMergesNoRowGroups() throws SQLException, IOException {
    String groups =
        "select count(distinct row_group_id) from pragma_storage_info('AUTOPULSE_CORE.sales_kpi_live')";
    LiveLoader loader = started("r1");
    // The first load may merge; the next come before it may again.
    for (int i = 0; i < 4; i++) {
      files.panes("make|M" + i + "|1|1");
      loader.load(LiveLoader.Look.AWAY);
    }
    List<String> before = rows(groups);
    assertThat(before, not(contains("1")));
    loader.end();
    assertThat(rows(groups), is(before));
  }

  private LiveLoader started(String runId) {
    LiveLoader loader = files.loader(database, runId, progress, step -> {});
    loader.start();
    return loader;
  }

  private List<String> rows(String sql) throws SQLException {
    return DroppedFiles.rows(database, sql);
  }

  private void execute(String sql) throws SQLException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(database, DuckDbSettings.RUN);
        Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void greatestContentOfAMomentIsKeptInWhateverBatchItComes() throws SQLException, IOException {
    List<String> contents =
        List.of(
            "s1|2024-05-02 09:00:00|CURRENT|20000",
            "s1|2024-05-02 09:00:00|CONFLICTING|25000",
            "s1|2024-05-02 09:00:00|CONFLICTING|23000");
    int[][] orders = {{0, 1, 2}, {0, 2, 1}};
    for (int[] order : orders) {
      String run = "r" + order[1];
      LiveLoader loader = started(run);
      for (int content : order) {
        files.versions(contents.get(content).replace("s1", run));
        loader.load(LiveLoader.Look.AWAY);
      }
      assertThat(
          rows("select net_price from sale_versions where sale_id = '" + run + "'"),
          contains("25000.00"));
      assertThat(rows(CONFLICTING.formatted(run)), contains("sales|3|1|0|0|1|2"));
    }
    LiveLoader loader = started("r3");
    files.versions(contents.toArray(String[]::new));
    files.versions("s9|2024-05-02 09:00:00|SUPERSEDED|1", "s9|2024-05-02 09:00:00|CONFLICTING|2");
    files.versions("s9|2024-05-02 10:00:00|CURRENT|3");
    assertThat(loader.load(LiveLoader.Look.AWAY).versions(), is(3L));
    assertThat(
        rows("select sale_id, net_price from sale_versions where sale_id like 's%' order by all"),
        contains("s1|25000.00", "s9|2.00", "s9|3.00"));
    assertThat(rows(CONFLICTING.formatted("r3")), contains("sales|6|3|0|1|2|3"));
  }

  @Test
  void greaterContentTakesThePlaceOfWhatARefreshPublished() throws SQLException, IOException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(database, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      StagedRun.may(connection, "batch").publish();
    }
    LiveLoader loader = started("r1");
    // s2 was published at 30,000 and s3 as cancelled.
    files.write(
        LiveTable.VERSIONS,
        """
        select * exclude (currency, run_id) replace (31000 as net_price), 'CURRENT' as fate
        from (select * from (%1$s) where sale_id = 's2')
        union all by name
        select * exclude (currency, run_id), 'CURRENT' as fate
        from (select * from (%1$s) where sale_id = 's3')
        """
            .formatted(
                """
                select unnest(['s2', 's3']) as sale_id,
                    unnest([timestamp '2024-05-03 10:00:00', timestamp '2024-05-04 10:00:00']) as updated_at,
                    cast(0 as bigint) as sequence, 'SOLD' as status, timestamp '2024-05-03 08:00:00' as sold_at,
                    date '2024-05-03' as sold_on, cast(null as varchar) as model_id,
                    unnest(['RENAULT', 'PEUGEOT']) as make, 'MODEL' as model, 'B' as segment, 'ICE' as powertrain,
                    'd1' as dealer_id, unnest(['SOUTH', 'NORTH']) as region,
                    cast(null as decimal(18, 2)) as list_price, cast(25000 as decimal(18, 2)) as net_price,
                    cast(null as varchar) as channel, cast(null as varchar) as source, 'EUR' as currency, 'x' as run_id
                """));
    assertThat(loader.load(LiveLoader.Look.AWAY).versions(), is(0L));
    assertThat(
        rows(
            "select sale_id, status, net_price, run_id from sale_versions where sale_id in ('s2', 's3') order by 1"),
        contains("s2|SOLD|31000.00|r1", "s3|CANCELLED|25000.00|batch"));
  }
}
