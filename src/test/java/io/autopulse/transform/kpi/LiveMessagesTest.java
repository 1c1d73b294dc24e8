package io.autopulse.transform.kpi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.domain.feed.value.TimeParser;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.kpi.KpiBlock;
import io.autopulse.domain.kpi.KpiLayout;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.domain.sale.block.Version;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.source.batch.ReadBlocks;
import io.autopulse.testing.CheckedPipeline;
import io.autopulse.transform.record.CheckHeaders;
import io.autopulse.transform.record.RunProgress;
import io.autopulse.transform.record.WatchKeys;
import io.autopulse.transform.sales.ParseSales;
import io.autopulse.transform.sales.ResolveLiveVersions;
import io.autopulse.transform.sales.ResolveSaleVersions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

/** What messages and files say, from their text to the KPIs of a live job. */
class LiveMessagesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final DateHorizon HORIZON = new DateHorizon(CLOCK, DateHorizon.DEFAULT);
  private static final FeedFormat PLAIN = FeedFormat.plain(Feed.SALES, BERLIN, "EUR");

  private final CheckedPipeline checked = new CheckedPipeline();

  private static String sale(String id, String rest) {
    return "{\"sale_id\":\"%s\",\"sold_at\":\"2026-11-28T10:54:10Z\",\"make\":\"VW\",%s}"
        .formatted(id, rest);
  }

  private static final String REST =
      "\"updated_at\":\"2026-11-28T10:54:10Z\",\"status\":\"SOLD\",\"net_price\":\"20000.00\"";

  private static RawBlock block(RawBlock.Format format, String... lines) {
    return new RawBlock(
        format,
        "sales/0",
        1,
        CsvDialect.RFC_4180,
        List.of(),
        (String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  private PCollectionTuple parsed(RawBlock block, FeedFormat format) {
    TestStream<RawBlock> stream =
        TestStream.create(new RawBlockCoder())
            .advanceWatermarkTo(org.joda.time.Instant.ofEpochMilli(NOW.toEpochMilli()))
            .addElements(block)
            .advanceWatermarkToInfinity();
    return checked
        .pipeline()
        .apply("Messages", stream)
        .apply("Check headers", CheckHeaders.of(format))
        .get(CheckHeaders.KNOWN)
        .apply("Parse", ParseSales.of(format, 2, HORIZON));
  }

  private PCollectionTuple resolved(PCollectionTuple parsed) {
    return parsed
        .get(ParseSales.VERSIONS)
        .apply("Resolve", ResolveLiveVersions.within(Duration.ofDays(60), CLOCK));
  }

  private static PCollection<byte[]> kpis(PCollectionTuple resolved) {
    return resolved
        .get(ResolveLiveVersions.CHANGES)
        .apply(
            "Live KPIs",
            ComputeLiveKpis.of(
                EnumSet.of(Grain.HOUR, Grain.DAY),
                List.of(Dimension.TOTAL),
                BERLIN,
                Duration.ofSeconds(10),
                Duration.ofDays(60)));
  }

  /** The windows, each at its highest revision, without the revision. */
  private static List<String> windows(Collection<byte[]> blocks) {
    Map<String, Integer> revisions = new TreeMap<>();
    Map<String, String> rows = new TreeMap<>();
    for (byte[] bytes : blocks) {
      KpiBlock block = KpiBlock.open(bytes);
      for (int i = 0; i < block.rows(); i++) {
        int at = block.at(i);
        String window =
            Grain.values()[KpiLayout.grain(bytes, at)]
                + " "
                + LocalDateTime.ofEpochSecond(
                    KpiLayout.windowStart(bytes, at) * 3_600L, 0, ZoneOffset.UTC);
        if (revisions.merge(window, KpiLayout.revision(bytes, at), Math::max)
            == KpiLayout.revision(bytes, at)) {
          rows.put(
              window,
              "%d sold, %d cancelled, %d"
                  .formatted(
                      KpiLayout.unitsSold(bytes, at),
                      KpiLayout.unitsCancelled(bytes, at),
                      KpiLayout.revenue(bytes, at)));
        }
      }
    }
    return rows.entrySet().stream().map(row -> row.getKey() + ": " + row.getValue()).toList();
  }

  private static List<String> versions(Collection<byte[]> blocks) {
    TreeSet<String> versions = new TreeSet<>();
    for (byte[] bytes : blocks) {
      for (Version version : Version.read(bytes)) {
        versions.add(
            "%s %s %d %s"
                .formatted(
                    version.id(),
                    version.status(),
                    version.net(),
                    Instant.ofEpochSecond(version.updatedAt() / 1_000_000)));
      }
    }
    return List.copyOf(versions);
  }

  private void rejects(PCollectionTuple parsed, String... expected) {
    checked.check(
        parsed.get(ParseSales.REJECTED),
        rejected ->
            assertThat(
                rejected.stream()
                    .map(
                        r ->
                            r.origin().replaceFirst("sales/0:(?=.$)", "sales/0:0")
                                + " "
                                + r.rejection().code())
                    .sorted()
                    .toList(),
                contains(expected)));
  }

  @Test
  void eachMessageOfChangeDataCaptureIsAVersionOrARejectedRecord() {
    String row = sale("ENVELOPE", REST);
    PCollectionTuple parsed =
        parsed(
            block(
                RawBlock.Format.JSON,
                sale("PLAIN", REST),
                "{\"before\":null,\"after\":" + row + ",\"op\":\"c\"}",
                "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"before\":null,\"after\":"
                    + row
                    + ",\"op\":\"c\"}}",
                "{\"sale_id\":\"MICROS\",\"updated_at\":1795863250000000,\"sold_at\":1795863250000000,\"status\":\"SOLD\",\"net_price\":1}",
                sale("BASE64", REST.replace("20000.00", "HoSA")),
                sale("DELETED", REST),
                sale("DELETED", REST + ",\"__deleted\":\"true\""),
                sale("TOMB", REST),
                "null",
                sale("SAMETIME", REST),
                sale("SAMETIME", REST.replace("SOLD", "CANCELLED")),
                sale("SEQ", REST + ",\"sequence\":1"),
                sale("SEQ", REST.replace("SOLD", "CANCELLED") + ",\"sequence\":2"),
                sale("FLOAT", REST.replace("\"20000.00\"", "20000.000000000004")),
                sale("FOURDEC", REST.replace("20000.00", "20000.0000")),
                sale("NUM", REST.replace("\"20000.00\"", "20000.0")),
                sale("EXP", REST.replace("\"20000.00\"", "2e4")),
                sale(
                    "NULLS",
                    "\"updated_at\":null,\"status\":\"SOLD\",\"net_price\":\"20000.00\",\"list_price\":null"),
                sale("OFFSET", REST.replace("T10:54:10Z", "T13:14:10+02:00")),
                "{\"SALE_ID\":\"UPPER\",\"UPDATED_AT\":\"2026-11-28T10:54:10Z\",\"SOLD_AT\":\"2026-11-28T10:54:10Z\",\"STATUS\":\"SOLD\",\"NET_PRICE\":\"20000.00\"}",
                "{\"sale_id\":\"TRUNC\",\"status\":\"SO",
                "[1,2]",
                "not json"),
            PLAIN);
    PCollectionTuple resolved = resolved(parsed);
    rejects(
        parsed,
        "sales/0:02 MALFORMED_RECORD",
        "sales/0:03 MALFORMED_RECORD",
        "sales/0:04 BAD_DATE",
        "sales/0:05 BAD_NUMBER",
        "sales/0:07 DELETED_RECORD",
        "sales/0:09 DELETED_RECORD",
        "sales/0:21 MALFORMED_RECORD",
        "sales/0:22 MALFORMED_RECORD",
        "sales/0:23 MALFORMED_RECORD");
    checked.check(
        kpis(resolved),
        blocks ->
            assertThat(
                windows(blocks),
                is(
                    List.of(
                        "day 2026-11-28T00:00: 10 sold, 2 cancelled, 20000000",
                        "hour 2026-11-28T11:00: 10 sold, 2 cancelled, 20000000"))));
    checked.run();
  }

  @Test
  void envelopesAndCountedTimesAreUnderstoodByTheManifest() {
    FeedFormat counted =
        new FeedFormat(
            Feed.SALES,
            Map.of(),
            Map.of("updated_at", TimeParser.EPOCH_MICROS, "sold_at", TimeParser.EPOCH_MICROS),
            BERLIN,
            '.',
            NumberParser.NO_GROUPING,
            Map.of(),
            List.of(),
            BERLIN,
            "EUR");
    String row =
        "{\"sale_id\":\"%s\",\"updated_at\":1795863250000000,\"sold_at\":1795863250000000,\"status\":\"%s\",\"net_price\":%s}";
    PCollectionTuple parsed =
        parsed(
            block(
                RawBlock.Format.DEBEZIUM,
                "{\"before\":null,\"after\":"
                    + row.formatted("A", "SOLD", "\"1.50\"")
                    + ",\"op\":\"c\"}",
                "{\"schema\":{},\"payload\":{\"before\":{},\"after\":"
                    + row.formatted("A", "CANCELLED", "\"1.50\"")
                    + ",\"op\":\"u\"}}",
                "{\"schema\":{},\"payload\":" + row.formatted("B", "SOLD", "2.5e0") + "}",
                "{\"op\":\"c\",\"after\":" + row.formatted("C", "SOLD", "\"HoSA\"") + "}",
                "{\"op\":\"d\",\"before\":"
                    + row.formatted("B", "SOLD", "2.5")
                    + ",\"after\":null}",
                "null",
                "{\"op\":\"r\",\"after\":" + row.formatted("D", "SOLD", "NaN") + "}",
                "{\"op\":\"c\",\"after\":"
                    + row.formatted("E", "SOLD", "\"1\"")
                        .replace("1795863250000000,\"s", "\"2026-11-28T10:54:10Z\",\"s")
                    + "}"),
            counted);
    PCollectionTuple resolved = resolved(parsed);
    rejects(
        parsed,
        "sales/0:04 BAD_NUMBER",
        "sales/0:05 DELETED_RECORD",
        "sales/0:06 DELETED_RECORD",
        "sales/0:07 MALFORMED_RECORD",
        "sales/0:08 BAD_DATE");
    checked.check(
        resolved.get(ResolveLiveVersions.RESOLVED),
        blocks ->
            assertThat(
                versions(blocks).stream().filter(v -> !v.startsWith("A SOLD")).toList(),
                is(
                    List.of(
                        "A CANCELLED 150 2026-11-28T10:54:10Z",
                        "B SOLD 250 2026-11-28T10:54:10Z"))));
    checked.run();
  }

  @Test
  void hoursOfADayOfSummerTimeAreTheSameInBatchAndLive() {
    String header = "sale_id,updated_at,sold_at,status,net_price";
    RawBlock sales =
        new RawBlock(
            RawBlock.Format.CSV,
            "sales/0",
            1,
            CsvDialect.RFC_4180,
            List.of(header.split(",")),
            """
            CEST,2026-11-25T00:30:00Z,2026-10-25T00:30:00Z,SOLD,20000.00
            CET,2026-11-25T01:30:00Z,2026-10-25T01:30:00Z,SOLD,30000.00
            LATE,2026-11-25T01:30:00Z,2026-10-25T22:59:59.999999Z,SOLD,1000.00
            NEXT,2026-11-25T01:30:00Z,2026-10-25T23:00:00Z,SOLD,2000.00
            LOCAL,2026-11-25T01:30:00Z,2026-10-25T02:30:00,SOLD,100.00
            FUTURE,2026-11-25T01:30:00Z,2027-03-01T10:00:00Z,SOLD,500.00
            FARFUTURE,2026-11-25T01:30:00Z,2099-12-31T10:00:00Z,SOLD,700.00
            SOON,2026-11-25T01:30:00Z,2026-11-30T12:00:00Z,SOLD,3.00
            TOOFAR,2026-11-25T01:30:00Z,2026-11-30T12:00:00.000001Z,SOLD,4.00
            """
                .getBytes(UTF_8));
    List<String> expected =
        List.of(
            "day 2026-10-25T00:00: 4 sold, 0 cancelled, 5110000",
            "day 2026-10-26T00:00: 1 sold, 0 cancelled, 200000",
            "day 2026-11-30T00:00: 1 sold, 0 cancelled, 300",
            "hour 2026-10-25T02:00: 3 sold, 0 cancelled, 5010000",
            "hour 2026-10-25T23:00: 1 sold, 0 cancelled, 100000",
            "hour 2026-10-26T00:00: 1 sold, 0 cancelled, 200000",
            "hour 2026-11-30T13:00: 1 sold, 0 cancelled, 300");
    PCollectionTuple parsed = parsed(sales, PLAIN);
    rejects(parsed, "sales/0:06 FUTURE_DATE", "sales/0:07 FUTURE_DATE", "sales/0:09 FUTURE_DATE");
    checked.check(
        kpis(resolved(parsed)), blocks -> assertThat("live", windows(blocks), is(expected)));
    PCollection<byte[]> batch =
        checked
            .pipeline()
            .apply("Files", ReadBlocks.of(List.of(sales)))
            .apply("Parse files", ParseSales.of(PLAIN, 2, HORIZON))
            .get(ParseSales.VERSIONS)
            .apply("Resolve files", ResolveSaleVersions.bounded(BusinessInterval.ALL))
            .get(ResolveSaleVersions.RESOLVED)
            .apply(
                "Batch KPIs",
                ComputeKpis.of(
                    BusinessInterval.ALL,
                    EnumSet.of(Grain.HOUR, Grain.DAY),
                    List.of(Dimension.TOTAL),
                    BERLIN,
                    LocalDate.of(2026, 11, 28)));
    checked.check(batch, blocks -> assertThat("batch", windows(blocks), is(expected)));
    checked.run();
  }

  @Test
  void keyThatSomeMessagesLackIsCounted() {
    RunProgress.reset();
    PCollectionTuple parsed =
        parsed(
            block(
                RawBlock.Format.JSON,
                sale("A", REST),
                sale("B", REST).replace("make", "brand"),
                "{",
                sale("C", REST).replace("make", "brand")),
            PLAIN);
    parsed.get(ParseSales.COUNTS).apply("Watch keys", new WatchKeys());
    checked.check(parsed.get(ParseSales.REJECTED), rejected -> assertThat(rejected.size(), is(1)));
    checked.run();

    Map<String, Long> keys = RunProgress.keys();
    RunProgress.reset();
    assertThat(keys.get("sales/KEYED"), is(3L));
    assertThat(keys.get("sales/ABSENT/make"), is(2L));
    assertThat(keys.get("sales/ABSENT/list_price"), is(3L));
    assertThat(keys.containsKey("sales/ABSENT/net_price"), is(false));
  }
}
