package io.autopulse.pipeline.sales;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.pipeline.feed.Shards;
import io.autopulse.pipeline.manifest.CsvSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.FieldFormats;
import io.autopulse.sink.staging.StagedTable;
import io.autopulse.sink.staging.StagingNames;
import io.autopulse.sink.staging.files.DuckDbStaging;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DailyRefreshTest {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  private static final StagingNames NAMES = new StagingNames("r1");

  @TempDir Path folder;

  private FeedSpec csv(Feed feed, String text) throws Exception {
    Path file = folder.resolve(feed + ".csv");
    Files.writeString(file, text);
    return new FeedSpec(
        feed,
        new CsvSource(file.toString(), "UTF-8", ',', '"'),
        Map.of(),
        FieldFormats.standard(PARIS),
        Map.of(),
        feed == Feed.SALES ? List.of("phone") : List.of());
  }

  private List<List<String>> query(Connection connection, String sql) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void landingZoneBecomesStagedTables() throws Exception {
    Path staging = folder.resolve("staging");
    RefreshPlan plan =
        new RefreshPlan(
            Map.of(
                Feed.SALES,
                csv(
                    Feed.SALES,
                    """
                    sale_id,updated_at,status,sold_at,model_id,dealer_id,net_price,phone
                    S1,2024-05-14T10:00,SOLD,2024-05-14,m1,d1,20000,555-1
                    S1,2024-05-15T10:00,CANCELLED,2024-05-14,m1,d1,20000,555-1
                    S2,2024-05-14T10:00,SOLD,2024-05-14,m1,d2,"18,000",555-2
                    S3,2024-05-14T10:00,SOLD,2024-05-14,m1,d2,18000,555-3
                    S3,2024-05-14T10:00,SOLD,2024-05-14,m1,d2,18000,555-3
                    S4,2024-05-14T10:00,SOLD,2024-06-14,m1,d2,18000,555-4
                    """),
                Feed.VEHICLES,
                csv(
                    Feed.VEHICLES,
                    """
                    model_id,make,model,segment,powertrain,list_price
                    M1,Renault,Clio,B,ICE,20000
                    """),
                Feed.DEALERS,
                csv(Feed.DEALERS, "dealer_id,region\nD1,North\nD2,South\n")),
            PARIS,
            "EUR",
            Set.of(Grain.MONTH),
            List.of(Dimension.TOTAL, Dimension.of(Attribute.REGION)),
            new BusinessInterval(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 6, 1)),
            LocalDate.of(2024, 6, 1),
            2,
            new DuckDbStaging(staging, NAMES, StagedTable.OF_REFRESH),
            Map.of(),
            DateHorizon.NONE);
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());
    DailyRefresh.build(pipeline, plan);
    pipeline.run().waitUntilFinish();

    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      new DuckDbStaging(staging, NAMES, StagedTable.OF_REFRESH).attach(connection, "EUR");
      assertThat(
          query(
              connection,
              "select sale_id, status, make, region, list_price, fate from "
                  + NAMES.saleVersions()
                  + " order by sale_id, updated_at"),
          is(
              List.of(
                  List.of("S1", "SOLD", "RENAULT", "NORTH", "20000.00", "SUPERSEDED"),
                  List.of("S1", "CANCELLED", "RENAULT", "NORTH", "20000.00", "CURRENT"),
                  List.of("S3", "SOLD", "RENAULT", "SOUTH", "20000.00", "CURRENT"),
                  List.of("S4", "SOLD", "RENAULT", "SOUTH", "20000.00", "OUT_OF_RANGE"))));
      assertThat(
          query(
              connection,
              "select member, units_sold, units_cancelled, revenue, average_discount, sales_mix,"
                  + " revision, is_final from "
                  + NAMES.salesKpi()
                  + " order by 1"),
          is(
              List.of(
                  List.of("ALL", "1", "1", "18000.00", "0.100000", "1.000000", "4", "true"),
                  nullable("NORTH", "0", "1", "0.00", null, "0.000000", "3", "true"),
                  List.of("SOUTH", "1", "0", "18000.00", "0.100000", "1.000000", "1", "true"))));
      assertThat(
          query(connection, "select * from " + NAMES.loadRunFeeds() + " order by 1"),
          is(
              List.of(
                  nullable("dealers", "2", "2", "0", "0", "0", "0", "0", "0", null, null),
                  nullable("sales", "6", "4", "1", "1", "1", "1", "0", "0", null, null),
                  nullable("vehicles", "1", "1", "0", "0", "0", "0", "0", "0", null, null))));
      assertThat(
          query(connection, "select code, field, raw from " + NAMES.rejectedRecords()),
          is(
              List.of(
                  List.of(
                      "BAD_NUMBER",
                      "net_price",
                      "S2,2024-05-14T10:00,SOLD,2024-05-14,m1,d2,\"18,000\",***"))));
      assertThat(
          query(connection, "select count(*) from " + NAMES.dealers()), is(List.of(List.of("2"))));
    }
  }

  private static List<String> nullable(String... values) {
    return java.util.Arrays.asList(values);
  }

  @Test
  void salesAloneAreEnough() throws Exception {
    Path staging = folder.resolve("alone");
    RefreshPlan plan =
        new RefreshPlan(
            Map.of(
                Feed.SALES,
                csv(
                    Feed.SALES,
                    "sale_id,status,sold_at,net_price,phone\nS1,SOLD,2024-05-14,1,5\n")),
            PARIS,
            "EUR",
            Set.of(Grain.DAY),
            List.of(Dimension.of(Attribute.MODEL)),
            BusinessInterval.ALL,
            LocalDate.of(2024, 5, 15),
            1,
            new DuckDbStaging(staging, NAMES, StagedTable.OF_REFRESH),
            Map.of(),
            DateHorizon.NONE);
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());
    DailyRefresh.build(pipeline, plan);
    pipeline.run().waitUntilFinish();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      new DuckDbStaging(staging, NAMES, StagedTable.OF_REFRESH).attach(connection, "EUR");
      assertThat(
          query(connection, "select member, revenue from " + NAMES.salesKpi()),
          is(List.of(List.of("UNKNOWN", "1.00"))));
      assertThat(
          query(connection, "select count(*) from " + NAMES.vehicles()), is(List.of(List.of("0"))));
    }
  }

  @Test
  void shardsFollowTheSizeOfTheFeed() {
    assertThat(Shards.forFeedOf(0), is(128));
    assertThat(Shards.forFeedOf(1), is(8));
    assertThat(Shards.forFeedOf(1L << 30), is(64));
    assertThat(Shards.forFeedOf(1L << 50), is(4096));
  }

  @Test
  void contentsOfOneMomentAreOneVersionAndTheOthersAreCountedAndNamed() throws Exception {
    Path staging = folder.resolve("conflicting");
    RefreshPlan plan =
        new RefreshPlan(
            Map.of(
                Feed.SALES,
                csv(
                    Feed.SALES,
                    """
                    sale_id,status,sold_at,net_price,phone
                    D/1,SOLD,2024-05-14,300,5
                    D/1,RETURNED,2024-05-14,300,5
                    D/1,SOLD,2024-05-14,300,6
                    T3,SOLD,2024-05-14,210,5
                    T3,SOLD,2024-05-14,190,5
                    """)),
            PARIS,
            "EUR",
            Set.of(Grain.DAY),
            List.of(Dimension.TOTAL),
            BusinessInterval.ALL,
            LocalDate.of(2024, 5, 15),
            1,
            new DuckDbStaging(staging, NAMES, StagedTable.OF_REFRESH),
            Map.of(),
            DateHorizon.NONE);
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());
    DailyRefresh.build(pipeline, plan);
    pipeline.run().waitUntilFinish();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      new DuckDbStaging(staging, NAMES, StagedTable.OF_REFRESH).attach(connection, "EUR");
      assertThat(
          query(
              connection,
              "select sale_id, status, net_price, fate from "
                  + NAMES.saleVersions()
                  + " order by 1"),
          is(
              List.of(
                  List.of("D/1", "RETURNED", "300.00", "CURRENT"),
                  List.of("T3", "SOLD", "210.00", "CURRENT"))));
      // Each content that lost entered the cell and left it.
      assertThat(
          query(
              connection,
              "select units_sold, units_returned, revenue, revision from " + NAMES.salesKpi()),
          is(List.of(List.of("1", "1", "210.00", "6"))));
      List<String> counts = query(connection, "select * from " + NAMES.loadRunFeeds()).get(0);
      assertThat(counts.subList(0, 8), is(List.of("sales", "5", "2", "0", "1", "0", "0", "2")));
      // One sale of the shard is named: ids may hold the separator of the counts' keys.
      assertThat(counts.get(9), is(counts.get(10)));
      assertThat(List.of("D/1", "T3").contains(counts.get(9)), is(true));
    }
  }
}
