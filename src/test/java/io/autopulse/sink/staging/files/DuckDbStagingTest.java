package io.autopulse.sink.staging.files;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.feed.Rejection;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.FactBlockWriter;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.rollup.MonthRollUp;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.sink.staging.RejectedSales;
import io.autopulse.sink.staging.StagedRelations;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.sink.staging.parquet.ParquetRows;
import io.autopulse.sink.staging.parquet.TextRows;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStagingTest {
  private static final StagingNames NAMES = new StagingNames("r1");
  private static final String EMOJI = "\ud83d\ude97 '; drop table sales; --";

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void stage(StagedTable table, String file, List<byte[]> blocks) throws IOException {
    Files.createDirectories(folder.resolve(table.toString()));
    try (ParquetRows rows =
        table.write(
            Files.newByteChannel(
                folder.resolve(table.toString()).resolve(file),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE))) {
      for (byte[] block : blocks) {
        rows.add(block);
      }
    }
    Files.createDirectories(folder.resolve("index"));
    Files.writeString(
        folder.resolve("index").resolve(table + "--all"),
        table + "/" + file + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private StagedRelations attached() {
    return new DuckDbStaging(folder, NAMES, StagedTable.OF_REFRESH).attach(connection, "EUR");
  }

  private List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static byte[] rows(List<List<String>> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    rows.forEach(row -> bytes.writeBytes(TextRows.encode(row)));
    return bytes.toByteArray();
  }

  @Test
  void versionHasTheColumnsOfTheCoreTable() throws Exception {
    Version full =
        Version.of("S-1")
            .updated(1_715_680_800_000_001L, 7)
            .prices(19_999_99, 25_000_00)
            .provenance(EMOJI, "erp")
            .fate(Fate.CURRENT);
    Version bare =
        Version.of("S\u00e9")
            .updated(-1, 0)
            .status(SaleStatus.RETURNED)
            .soldOn(LocalDate.of(1985, 1, 2))
            .vehicle("", "A", "B", "C", "D")
            .fate(Fate.OUT_OF_RANGE);
    stage(StagedTable.SALE_VERSIONS, "part-0.parquet", List.of(Version.block(full, bare)));
    attached();
    assertThat(
        query("select * from " + NAMES.saleVersions()),
        containsInAnyOrder(
            Arrays.asList(
                "S-1",
                "2024-05-14 10:00:00.000001",
                "7",
                "SOLD",
                "2024-05-14 00:00:00.0",
                "2024-05-14",
                "M1",
                "RENAULT",
                "CLIO",
                "B",
                "ICE",
                "D1",
                "NORTH",
                "25000.00",
                "19999.99",
                "EUR",
                EMOJI,
                "erp",
                "CURRENT"),
            Arrays.asList(
                "S\u00e9",
                "1969-12-31 23:59:59.999999",
                "0",
                "RETURNED",
                "1985-01-02 00:00:00.0",
                "1985-01-02",
                null,
                "A",
                "B",
                "C",
                "D",
                "D1",
                "NORTH",
                null,
                "20000.00",
                "EUR",
                null,
                null,
                "OUT_OF_RANGE")));
  }

  @Test
  void manyVersionsOfSeveralFilesAreAllRead() throws Exception {
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      versions.add(
          Version.of("S" + i)
              .prices(i + 1, i % 2 == 0 ? SaleLayout.NO_PRICE : 10L * i)
              .outlet("D" + i % 300, i % 3 == 0 ? "" : "R" + i % 7)
              .fate(i % 4 == 0 ? Fate.SUPERSEDED : Fate.CURRENT));
    }
    stage(StagedTable.SALE_VERSIONS, "part-0.parquet", Version.blocks(versions.subList(0, 9000)));
    stage(
        StagedTable.SALE_VERSIONS,
        "part-1.parquet",
        Version.blocks(versions.subList(9000, 20_000)));
    Files.write(folder.resolve("sale_versions/left-behind.parquet"), new byte[] {1});
    attached();
    String from = " from " + NAMES.saleVersions();
    assertThat(query("select count(*)" + from), is(List.of(List.of("20000"))));
    assertThat(
        "net is i + 1 cents: n (n + 1) / 2 of them",
        query("select sum(net_price)" + from),
        is(List.of(List.of("2000100.00"))));
    assertThat(query("select count(list_price)" + from), is(List.of(List.of("10000"))));
    assertThat(query("select count(distinct dealer_id)" + from), is(List.of(List.of("300"))));
    assertThat(
        query("select fate, count(*)" + from + " where region is null group by 1 order by 1"),
        is(List.of(List.of("CURRENT", "5000"), List.of("SUPERSEDED", "1667"))));
    assertThat(
        query("select sale_id" + from + " where net_price = 0.08"), is(List.of(List.of("S7"))));
  }

  @Test
  void kpiRowsHaveTheColumnsOfTheCoreTable() throws Exception {
    LocalDate day = LocalDate.of(2024, 5, 14);
    BusinessInterval may = new BusinessInterval(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 6, 1));
    List<byte[]> blocks = new ArrayList<>();
    MonthRollUp rollUp =
        new MonthRollUp(
            may,
            EnumSet.of(Grain.DAY),
            List.of(Dimension.TOTAL, Dimension.of(Attribute.REGION, Attribute.MODEL)),
            day,
            blocks::add);
    FactBlockWriter facts =
        new FactBlockWriter(may, false, null, (month, block) -> rollUp.add(block));
    facts.add(
        Version.block(
            Version.of("1").soldOn(day).prices(100, 128).outlet("D", EMOJI).fate(Fate.CURRENT),
            Version.of("2")
                .soldOn(day.minusDays(1))
                .status(SaleStatus.CANCELLED)
                .fate(Fate.CURRENT)));
    facts.flush();
    rollUp.rollUp(FactBlockWriter.monthOf((int) day.toEpochDay()));
    rollUp.flush();
    stage(StagedTable.SALES_KPI, "part.parquet", blocks);
    attached();
    String none = null;
    assertThat(
        query("select * from " + NAMES.salesKpi() + " order by window_start, dimension"),
        contains(
            Arrays.asList(
                "day",
                "2024-05-13 00:00:00.0",
                "2024-05-14 00:00:00.0",
                "region x model",
                "NORTH x RENAULT CLIO",
                "0",
                "1",
                "0",
                "0.00",
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                "1",
                "true"),
            Arrays.asList(
                "day",
                "2024-05-13 00:00:00.0",
                "2024-05-14 00:00:00.0",
                "total",
                "ALL",
                "0",
                "1",
                "0",
                "0.00",
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                "1",
                "true"),
            Arrays.asList(
                "day",
                "2024-05-14 00:00:00.0",
                "2024-05-15 00:00:00.0",
                "region x model",
                EMOJI + " x RENAULT CLIO",
                "1",
                "0",
                "0",
                "1.00",
                "1.00",
                "1.00",
                "1.00",
                "1.00",
                "0.218750",
                "1.000000",
                none,
                "1",
                "false"),
            Arrays.asList(
                "day",
                "2024-05-14 00:00:00.0",
                "2024-05-15 00:00:00.0",
                "total",
                "ALL",
                "1",
                "0",
                "0",
                "1.00",
                "1.00",
                "1.00",
                "1.00",
                "1.00",
                "0.218750",
                "1.000000",
                none,
                "1",
                "false")));
    for (String column :
        List.of("grain", "window_start", "revenue", "is_final", "sales_mix", "market_share")) {
      assertThat(column, query("select " + column + " from " + NAMES.salesKpi()).size(), is(4));
    }
  }

  @Test
  void textsKeepNullsEmptyStringsAndEmoji() throws Exception {
    List<String> one =
        Arrays.asList("sales", "f:1", "BAD_DATE", "Parse", null, "", EMOJI, "csv", "a,\"b\nc\"");
    List<String> two =
        Arrays.asList(
            "sales", "f:2", "BAD_DATE", "Parse", "sold_at", "m", "\u0000 nul", "csv", null);
    List<String> three = Arrays.asList("dealers", "f:3", "MISSING_FIELD", "", "", "", "", "", "");
    stage(
        StagedTable.REJECTED_RECORDS,
        "a.parquet",
        List.of(rows(List.of(one, two)), rows(List.of())));
    stage(StagedTable.REJECTED_RECORDS, "b.parquet", List.of(rows(List.of(three))));
    StagedRelations staging = attached();
    assertThat(
        query("select * from " + NAMES.rejectedRecords()), containsInAnyOrder(one, two, three));
    assertThat(
        query("select header from " + NAMES.rejectedRecords()),
        containsInAnyOrder(
            Arrays.asList("a,\"b\nc\""), Arrays.asList((String) null), Arrays.asList("")));
    assertThat(
        query("select count(*), count(field) from " + NAMES.rejectedRecords()),
        is(List.of(List.of("3", "2"))));
    assertThat(
        staging.rejectedCounts(connection),
        is(
            List.of(
                new StagedRelations.RejectedCount("sales", "BAD_DATE", 2),
                new StagedRelations.RejectedCount("dealers", "MISSING_FIELD", 1))));
  }

  @Test
  void manyTextRowsOfOneBlockAreAllRead() throws Exception {
    List<List<String>> many = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      many.add(List.of("D" + i, "x".repeat(i % 100), "R"));
    }
    stage(StagedTable.DEALERS, "part.parquet", List.of(rows(many)));
    attached();
    assertThat(
        query("select count(distinct dealer_id), sum(length(dealer_name)) from " + NAMES.dealers()),
        is(List.of(List.of("5000", "247500"))));
  }

  @Test
  void stagedRowsAreThoseOfTheCoreTables() throws Exception {
    ReferenceRecord vehicle =
        new ReferenceRecord(
            "M1",
            5,
            List.of("M1", "RENAULT", "CLIO", "", "ICE", "2021-03-01", "2026-12-31", "M2"),
            22_000_50);
    ReferenceRecord unpriced =
        new ReferenceRecord(
            "M2", 5, List.of("M2", "KIA", "EV3", "B", "", "", "", ""), SaleLayout.NO_PRICE);
    ReferenceRecord dealer = new ReferenceRecord("D1", 5, List.of("D1", "", ""), 0);
    ReferenceRecord named = new ReferenceRecord("D2", 5, List.of("D2", EMOJI, "NORTH"), 0);
    stage(
        StagedTable.VEHICLES,
        "part.parquet",
        List.of(rows(List.of(StagedRows.vehicleRow(vehicle), StagedRows.vehicleRow(unpriced)))));
    stage(
        StagedTable.DEALERS,
        "part.parquet",
        List.of(rows(List.of(StagedRows.dealerRow(dealer), StagedRows.dealerRow(named)))));
    attached();
    assertThat(
        query("select * from " + NAMES.vehicles() + " order by 1"),
        is(
            List.of(
                List.of(
                    "M1",
                    "RENAULT",
                    "CLIO",
                    "UNKNOWN",
                    "ICE",
                    "22000.50",
                    "2021-03-01",
                    "2026-12-31",
                    "M2"),
                Arrays.asList("M2", "KIA", "EV3", "B", "UNKNOWN", null, null, null, null))));
    assertThat(
        query("select * from " + NAMES.dealers() + " order by 1"),
        is(List.of(Arrays.asList("D1", null, "UNKNOWN"), List.of("D2", EMOJI, "NORTH"))));
    RejectedRecord whole =
        new RejectedRecord(
            "sales",
            "f:1",
            "Parse",
            new Rejection(RejectCode.WRONG_FIELD_COUNT, "", "m"),
            "r",
            "json",
            "");
    assertThat(
        StagedRows.rejectedRow(whole),
        is(
            Arrays.asList(
                "sales", "f:1", "WRONG_FIELD_COUNT", "Parse", null, "m", "r", "json", null)));
  }

  @Test
  void countsAreARowAFeed() throws Exception {
    stage(
        StagedTable.COUNTS,
        "part.parquet",
        List.of(
            rows(
                List.of(
                    List.of("sales/READ", "106"),
                    List.of("sales/SKIPPED", "2"),
                    List.of("sales/CURRENT", "50"),
                    List.of("sales/SUPERSEDED", "20"),
                    List.of("sales/OUT_OF_RANGE", "5"),
                    List.of("sales/DUPLICATE", "15"),
                    List.of("sales/REJECTED", "10"),
                    List.of("sales/CONFLICTING", "1"),
                    List.of("sales/CONFLICTING", "3"),
                    List.of("sales/CONFLICTING/S/9", "0"),
                    List.of("sales/CONFLICTING/S/1", "0"),
                    List.of("dealers/READ", "3"),
                    List.of("dealers/CURRENT", "3"),
                    List.of("sales/ABSENT/brand", "4"),
                    List.of("sales/ABSENT/a/b", "1"),
                    List.of("sales/ABSENT/brand", "2")))));
    assertThat(
        attached().absentKeys(connection),
        is(
            List.of(
                new StagedRelations.AbsentKey("sales", "a/b", 1),
                new StagedRelations.AbsentKey("sales", "brand", 6))));
    assertThat(
        query("select * from " + NAMES.loadRunFeeds() + " order by 1"),
        is(
            List.of(
                Arrays.asList("dealers", "3", "3", "0", "0", "0", "0", "0", "0", null, null),
                List.of("sales", "106", "75", "10", "15", "20", "5", "4", "2", "S/1", "S/9"))));
  }

  @Test
  void daysOutOfRangeAreFound() throws Exception {
    stage(
        StagedTable.SALE_VERSIONS,
        "part.parquet",
        List.of(
            Version.block(
                Version.of("1").soldOn(LocalDate.of(2024, 1, 3)).fate(Fate.OUT_OF_RANGE),
                Version.of("2").soldOn(LocalDate.of(2024, 2, 7)).fate(Fate.OUT_OF_RANGE),
                Version.of("3").soldOn(LocalDate.of(2023, 2, 7)).fate(Fate.SUPERSEDED))));
    assertThat(
        attached().outOfRange(connection),
        is(Optional.of(new BusinessInterval(LocalDate.of(2024, 1, 3), LocalDate.of(2024, 2, 8)))));
  }

  @Test
  void salesOfUnknownDealersAndModelsAreCounted() throws Exception {
    stage(
        StagedTable.SALE_VERSIONS,
        "part.parquet",
        List.of(
            Version.block(
                version("1", "D1", Fate.CURRENT),
                version("2", "D9", Fate.CURRENT),
                version("3", "D9", Fate.CURRENT),
                version("4", "D8", Fate.CURRENT),
                version("5", "D7", Fate.SUPERSEDED))));
    stage(StagedTable.DEALERS, "part.parquet", List.of(rows(List.of(List.of("D1", "N", "R")))));

    assertThat(
        attached().unknownIds(connection, Set.of(Feed.SALES, Feed.DEALERS)),
        is(List.of(new StagedRelations.UnknownIds(Feed.DEALERS, 3, List.of("D9", "D8")))));
    assertThat(
        attached().unknownIds(connection, Set.of(Feed.SALES, Feed.VEHICLES)),
        is(List.of(new StagedRelations.UnknownIds(Feed.VEHICLES, 4, List.of("M1")))));
    assertThat(attached().unknownIds(connection, Set.of(Feed.SALES)), is(empty()));
  }

  @Test
  void publishedSalesOfWhichRecordsWereRejectedAreCountedAndNamed() throws Exception {
    stage(
        StagedTable.COUNTS,
        "part.parquet",
        List.of(
            rows(
                List.of(
                    List.of("sales/REJECTED", "7"),
                    List.of("sales/REJECTED_SALE/S/4", "1"),
                    List.of("sales/REJECTED_SALE/S9", "1"),
                    List.of("sales/REJECTED_SALE/S1", "2"),
                    List.of("sales/REJECTED_SALE/S1", "1"),
                    List.of("sales/REJECTED_SALE/S2", "1"),
                    List.of("sales/REJECTED_SALE/S3", "1")))));
    try (Statement statement = connection.createStatement()) {
      statement.execute("create schema " + Warehouse.SCHEMA);
      statement.execute("create table " + Warehouse.SCHEMA + ".sales (sale_id varchar)");
      assertThat(attached().rejectedSales(connection), is(RejectedSales.NONE));
      statement.execute(
          "insert into "
              + Warehouse.SCHEMA
              + ".sales values ('S0'), ('S1'), ('S2'), ('S3'), ('S/4')");
    }
    assertThat(
        attached().rejectedSales(connection), is(new RejectedSales(4, List.of("S/4", "S1", "S2"))));
    assertThat(
        query("select rows_rejected from " + NAMES.loadRunFeeds()), is(List.of(List.of("7"))));
  }

  private static Version version(String sale, String dealer, Fate fate) {
    return Version.of(sale)
        .vehicle("M1", "RENAULT", "CLIO", "B", "ICE")
        .outlet(dealer, "NORTH")
        .fate(fate);
  }

  @Test
  void folderThatCannotBeWrittenIsNamedBeforeAnythingIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    InputException refused =
        assertThrows(
            InputException.class,
            () -> new DuckDbStaging(file.resolve("r1"), NAMES, StagedTable.OF_REFRESH).prepare());
    assertThat(refused.getMessage(), startsWith(file + "/r1: staging cannot be written here ("));
  }

  @Test
  void runWithoutStagedFilesHasEmptyRelations() throws Exception {
    StagedRelations staging = attached();
    for (String relation :
        List.of(
            NAMES.saleVersions(),
            NAMES.salesKpi(),
            NAMES.vehicles(),
            NAMES.dealers(),
            NAMES.rejectedRecords(),
            NAMES.loadRunFeeds())) {
      assertThat(relation, query("select * from " + relation), is(empty()));
    }
    assertThat(staging.outOfRange(connection), is(Optional.empty()));
    assertThat(staging.rejectedCounts(connection), is(empty()));
  }

  @Test
  void truncatedFileIsNotTakenForAShorterOne() throws Exception {
    stage(StagedTable.DEALERS, "part.parquet", List.of(rows(List.of(List.of("D", "N", "R")))));
    Path file = folder.resolve("dealers/part.parquet");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 4, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(WarehouseException.class, this::attached);
    }
  }
}
