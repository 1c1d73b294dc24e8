package io.autopulse.transform.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.parse.ReferenceRecord;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiRow;
import io.autopulse.domain.problem.RejectCode;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.Fate;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.source.batch.ReadBlocks;
import io.autopulse.testing.CheckedPipeline;
import io.autopulse.transform.kpi.ComputeKpis;
import io.autopulse.transform.record.SaleBlockCoder;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;

class SaleTransformsTest {
  private static final BusinessInterval MAY =
      new BusinessInterval(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 6, 1));
  private static final List<String> SALES =
      List.of("sale_id", "updated_at", "status", "sold_at", "net_price", "region");

  private final CheckedPipeline checked = new CheckedPipeline();

  private static RawBlock csv(String name, List<String> header, String text) {
    return new RawBlock(
        RawBlock.Format.CSV, name, 2, CsvDialect.RFC_4180, header, text.getBytes(UTF_8));
  }

  private static FeedFormat format(Feed feed) {
    return FeedFormat.plain(feed, ZoneOffset.UTC, "EUR");
  }

  private static Map<String, Long> totals(List<KV<String, Long>> counts) {
    Map<String, Long> totals = new TreeMap<>();
    counts.forEach(count -> totals.merge(count.getKey(), count.getValue(), Long::sum));
    return totals;
  }

  private static List<Version> versions(List<byte[]> blocks) {
    List<Version> versions = new ArrayList<>();
    blocks.forEach(block -> versions.addAll(Version.read(block)));
    return versions;
  }

  private static Version parsedVersion(String id, long net, String region) {
    return Version.of(id)
        .updated(1_715_644_800_000_000L, 0)
        .prices(net, SaleLayout.NO_PRICE)
        .vehicle("", "", "", "", "")
        .outlet("", region);
  }

  @Test
  void recordsOfAllFormatsBecomeVersionsAndRejections() {
    RawBlock csv =
        csv("s.csv", SALES, "S1,,SOLD,2024-05-14,100,North\nS2,,SOLD,2024-02-31,100,\nS3,\"x\n");
    RawBlock json =
        new RawBlock(
            RawBlock.Format.JSON,
            "s.jsonl",
            1,
            CsvDialect.RFC_4180,
            List.of(),
            "{\"_airbyte_data\":{\"sale_id\":\"S4\",\"status\":\"sold\",\"sold_at\":\"2024-05-14T00:00:00Z\",\"net_price\":7}}\n{"
                .getBytes(UTF_8));
    PCollectionTuple parsed =
        checked
            .pipeline()
            .apply("Blocks", ReadBlocks.of(List.of(csv, json)))
            .apply("Parse sales", ParseSales.of(format(Feed.SALES), 3));
    checked.check(
        parsed.get(ParseSales.VERSIONS),
        blocks -> {
          List<byte[]> bytes = new ArrayList<>();
          blocks.forEach(block -> bytes.add(block.getValue()));
          assertThat(
              versions(bytes),
              containsInAnyOrder(
                  parsedVersion("S1", 100_00, "NORTH"), parsedVersion("S4", 7_00, "")));
          blocks.forEach(block -> assertThat(block.getKey() >= 0 && block.getKey() < 3, is(true)));
        });
    checked.check(
        parsed.get(ParseSales.REJECTED),
        rejected -> {
          List<String> seen = new ArrayList<>();
          rejected.forEach(r -> seen.add(r.origin() + " " + r.rejection().code() + " " + r.raw()));
          assertThat(
              seen,
              containsInAnyOrder(
                  "s.csv:3 " + RejectCode.BAD_DATE + " S2,,SOLD,2024-02-31,100,",
                  "s.csv:4 " + RejectCode.MALFORMED_RECORD + " S3,\"x",
                  "s.jsonl:2 " + RejectCode.MALFORMED_RECORD + " {"));
        });
    checked.check(
        parsed.get(ParseSales.COUNTS),
        counts -> {
          Map<String, Long> totals = totals(counts);
          assertThat("the JSON record has no make", totals.get("sales/ABSENT/make"), is(1L));
          totals.keySet().removeIf(key -> key.contains("/ABSENT/"));
          assertThat(
              totals,
              is(
                  Map.of(
                      "sales/READ",
                      5L,
                      "sales/REJECTED",
                      3L,
                      "sales/KEYED",
                      1L,
                      "sales/REJECTED_SALE/S2",
                      1L)));
        });
    checked.run();
  }

  @Test
  void eachSaleHasOneHighestVersion() {
    Version first = Version.of("1").updated(1, 0);
    Version second = Version.of("1").updated(2, 0).status(SaleStatus.CANCELLED);
    Version other = Version.of("2").soldOn(LocalDate.of(2024, 4, 30));
    Version third = Version.of("3");
    PCollectionTuple resolved =
        checked
            .pipeline()
            .apply(
                "Blocks",
                Create.of(
                        List.of(
                            KV.of(0, Version.block(second, other)),
                            KV.of(0, Version.block(first, first)),
                            KV.of(1, Version.block(third))))
                    .withCoder(SaleBlockCoder.BY_SHARD))
            .apply("Resolve", ResolveSaleVersions.bounded(MAY));
    checked.check(
        resolved.get(ResolveSaleVersions.RESOLVED),
        blocks ->
            assertThat(
                versions(blocks),
                containsInAnyOrder(
                    first.fate(Fate.SUPERSEDED),
                    second.fate(Fate.CURRENT),
                    other.fate(Fate.OUT_OF_RANGE),
                    third.fate(Fate.CURRENT))));
    checked.check(
        resolved.get(ResolveSaleVersions.COUNTS),
        counts ->
            assertThat(
                totals(counts),
                is(
                    Map.of(
                        "sales/DUPLICATE", 1L,
                        "sales/SUPERSEDED", 1L,
                        "sales/CURRENT", 2L,
                        "sales/OUT_OF_RANGE", 1L))));
    checked.run();
  }

  @Test
  void latestReferenceRecordOfEachKeyIsKept() {
    List<String> header = List.of("dealer_id", "dealer_name", "region", "updated_at");
    PCollectionTuple parsed =
        checked
            .pipeline()
            .apply(
                "Blocks",
                ReadBlocks.of(
                    List.of(
                        csv("a.csv", header, "d1,New,West,2024-02-01\n,No key,,\nd2,Two,,\n"),
                        csv("b.csv", header, "D1,Old,East,2024-01-01\nd2,Two,,\n"))))
            .apply("Parse dealers", ParseReference.of(format(Feed.DEALERS)));
    checked.check(
        parsed.get(ParseReference.LATEST),
        latest ->
            assertThat(
                latest,
                containsInAnyOrder(
                    new ReferenceRecord(
                        "D1",
                        1_706_745_600_000_000L,
                        List.of("D1", "New", "WEST"),
                        SaleLayout.NO_PRICE),
                    new ReferenceRecord("D2", 0, List.of("D2", "Two", ""), SaleLayout.NO_PRICE))));
    checked.check(
        parsed.get(ParseReference.REJECTED),
        rejected -> {
          assertThat(rejected.size(), is(1));
          assertThat(rejected.get(0).origin(), is("a.csv:3"));
          assertThat(rejected.get(0).rejection().field(), is("dealer_id"));
        });
    checked.check(
        parsed.get(ParseReference.COUNTS),
        counts ->
            assertThat(
                totals(counts),
                is(
                    Map.of(
                        "dealers/READ", 5L,
                        "dealers/REJECTED", 1L,
                        "dealers/DUPLICATE", 1L,
                        "dealers/SUPERSEDED", 1L,
                        "dealers/CURRENT", 2L))));
    checked.run();
  }

  @Test
  void salesAreEnrichedFromSideInputs() {
    ReferenceRecord vehicle =
        new ReferenceRecord("M1", 0, List.of("M1", "RENAULT", "CLIO", "B", "ICE"), 22_000_00);
    ReferenceRecord older =
        new ReferenceRecord("M1", -1, List.of("M1", "DACIA", "SPRING", "A", "BEV"), 15_000_00);
    PCollectionView<List<List<ReferenceRecord>>> vehicles =
        checked
            .pipeline()
            .apply(
                "Vehicle",
                Create.of(List.of(vehicle), List.of(older))
                    .withCoder(ListCoder.of(new ReferenceRecordCoder())))
            .apply("Vehicles", View.asList());
    PCollectionView<List<List<ReferenceRecord>>> dealers =
        checked
            .pipeline()
            .apply("No dealers", Create.empty(ListCoder.of(new ReferenceRecordCoder())))
            .apply("Dealers", View.asList());
    PCollection<byte[]> enriched =
        checked
            .pipeline()
            .apply(
                "Blocks",
                Create.of(
                        KV.of(
                            7,
                            Version.block(
                                Version.of("1").vehicle("M1", "", "", "", "").outlet("D1", ""))))
                    .withCoder(SaleBlockCoder.BY_SHARD))
            .apply("Enrich", EnrichSales.with(vehicles, dealers))
            .apply("Without their shard", Values.create());
    checked.check(
        enriched,
        blocks ->
            assertThat(
                versions(blocks),
                is(List.of(Version.of("1").outlet("D1", "UNKNOWN").prices(20_000_00, 22_000_00)))));
    checked.run();
  }

  @Test
  void followedListThatIsEmptyStopsTheStepInsteadOfJoiningNothing() {
    PCollectionView<List<List<ReferenceRecord>>> none =
        checked
            .pipeline()
            .apply("No list", Create.empty(ListCoder.of(new ReferenceRecordCoder())))
            .apply("Nothing", View.asList());
    checked
        .pipeline()
        .apply(
            "Blocks",
            Create.of(KV.of(7, Version.block(Version.of("1").vehicle("M1", "", "", "", ""))))
                .withCoder(SaleBlockCoder.BY_SHARD))
        .apply("Enrich", EnrichSales.following(none, null));
    RuntimeException failure = assertThrows(RuntimeException.class, checked::run);
    assertThat(failure.getMessage(), containsString("the list of vehicles is empty"));
  }

  @Test
  void kpisOfMonthsAndMembers() {
    PCollection<byte[]> kpis =
        checked
            .pipeline()
            .apply(
                "Blocks",
                Create.of(
                        List.of(
                            Version.block(
                                Version.of("1").prices(100, 0).fate(Fate.CURRENT),
                                Version.of("2").prices(200, 0).fate(Fate.SUPERSEDED)),
                            Version.block(
                                Version.of("3")
                                    .prices(300, 0)
                                    .outlet("D2", "SOUTH")
                                    .fate(Fate.CURRENT),
                                Version.of("4")
                                    .soldOn(LocalDate.of(2024, 6, 1))
                                    .fate(Fate.OUT_OF_RANGE))))
                    .withCoder(ByteArrayCoder.of()))
            .apply(
                "Compute",
                ComputeKpis.of(
                    MAY,
                    EnumSet.of(Grain.WEEK, Grain.MONTH),
                    List.of(Dimension.TOTAL, Dimension.of(Attribute.REGION)),
                    ZoneOffset.UTC,
                    LocalDate.of(2024, 5, 20)));
    checked.check(
        kpis,
        blocks -> {
          List<String> seen = new ArrayList<>();
          KpiRow.read(blocks)
              .forEach(
                  r ->
                      seen.add(
                          r.key()
                              + ": "
                              + List.of(
                                  r.sold(), r.revenue(), r.mix(), r.revision(), r.isFinal())));
          assertThat(
              seen,
              containsInAnyOrder(
                  "week 2024-05-13 total ALL: [2, 400, 1000000, 4, true]",
                  "week 2024-05-13 region NORTH: [1, 100, 500000, 3, true]",
                  "week 2024-05-13 region SOUTH: [1, 300, 500000, 1, true]",
                  "month 2024-05-01 total ALL: [2, 400, 1000000, 4, false]",
                  "month 2024-05-01 region NORTH: [1, 100, 500000, 3, false]",
                  "month 2024-05-01 region SOUTH: [1, 300, 500000, 1, false]"));
        });
    checked.run();
  }

  @Test
  void noSalesGiveNoKpis() {
    checked.check(
        checked
            .pipeline()
            .apply("Blocks", Create.empty(ByteArrayCoder.of()))
            .apply(
                "Compute",
                ComputeKpis.of(
                    MAY,
                    EnumSet.range(Grain.DAY, Grain.MONTH),
                    List.of(Dimension.TOTAL),
                    ZoneOffset.UTC,
                    LocalDate.of(2024, 6, 1))),
        blocks -> assertThat(blocks, is(empty())));
    checked.run();
  }
}
