package io.autopulse.transform.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.DateHorizon;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.testing.CheckedPipeline;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class AggregateMarketTest {
  private static final List<String> HEADER =
      List.of("period_start", "period_grain", "make", "registrations", "extracted_at");

  /**
   * Preliminary, corrected, late and repeated counts of two makes, and one that is none. The
   * extract of 5 June lacks Tesla, which that of 3 June has.
   */
  private static final List<String> RECORDS =
      List.of(
          "2024-05-01,month,Renault,100,2024-06-03T08:00:00Z",
          "2024-05-01,month,Tesla,30,2024-06-03T08:00:00Z",
          "2024-05-01,month,Renault,104,2024-06-10T08:00:00Z",
          "2024-05-01,month,Renault,104,2024-06-10T08:00:00Z",
          "2024-05-01,month,Renault,-4,2024-06-10T08:00:00Z",
          "2024-05-01,month,Renault,104,2024-06-20T08:00:00Z",
          "2024-05-01,month,Renault,102,2024-06-05T08:00:00Z");

  private static final String[] VINTAGES = {
    "RENAULT 2024-06-03 [100]",
    "RENAULT 2024-06-05 [102]",
    "RENAULT 2024-06-10 [104]",
    "TESLA 2024-06-03 [30]",
    "TESLA 2024-06-05 [null]"
  };

  private final CheckedPipeline checked = new CheckedPipeline();

  /** An extraction by a clock that is 18 years ahead of those of the records. */
  private static final String FROM_THE_FUTURE = "2024-05-01,month,Renault,1,2042-06-10T08:00:00Z";

  private static final DateHorizon HORIZON =
      new DateHorizon(
          Clock.fixed(java.time.Instant.parse("2024-06-20T12:00:00Z"), ZoneOffset.UTC),
          Duration.ofDays(2));

  private static RawBlock block(String record) {
    return new RawBlock(
        RawBlock.Format.CSV,
        "registrations.csv",
        2,
        CsvDialect.RFC_4180,
        HEADER,
        (record + "\n").getBytes(UTF_8));
  }

  private static PCollectionTuple parse(PCollection<RawBlock> blocks) {
    return blocks.apply(
        "Parse registrations",
        ParseMarket.of(
            FeedFormat.plain(Feed.REGISTRATIONS, ZoneOffset.UTC, "EUR"),
            new MarketNames(
                NameMapping.of(Map.of("Renault", List.of())),
                NameMapping.NONE,
                NameMapping.NONE,
                NameMapping.NONE,
                NameMapping.NONE,
                NameMapping.NONE),
            HORIZON));
  }

  /**
   * The vintages of figures: of each the row of the highest revision, without what says nothing.
   */
  private static List<String> vintages(List<Figure> figures) {
    Map<String, Figure> latest = new TreeMap<>();
    figures.forEach(
        f ->
            latest.merge(
                f.key().get(3) + " " + f.knownOn(),
                f,
                (a, b) -> a.revision() >= b.revision() ? a : b));
    List<String> vintages = new ArrayList<>();
    Map<String, List<String>> before = new TreeMap<>();
    latest.forEach(
        (key, figure) -> {
          if (!figure.values().equals(before.put(figure.key().get(3), figure.values()))) {
            vintages.add(key + " " + figure.values());
          }
        });
    return vintages;
  }

  @Test
  void boundedInputGivesEveryVintageAndCountsEveryRecord() {
    PCollectionTuple parsed =
        parse(
            checked
                .pipeline()
                .apply(
                    Create.of(RECORDS.stream().map(AggregateMarketTest::block).toList())
                        .withCoder(new RawBlockCoder())));
    PCollectionTuple aggregated =
        parsed.get(ParseMarket.OBSERVATIONS).apply("Aggregate market", AggregateMarket.bounded());
    checked.check(
        aggregated.get(AggregateMarket.FIGURES),
        figures -> {
          assertThat(vintages(figures), contains(VINTAGES));
          assertThat("no row says nothing new", figures.size(), is(VINTAGES.length));
        });
    checked.check(
        aggregated.get(AggregateMarket.COUNTS),
        counts -> {
          assertThat(sum(counts, "registrations/CURRENT"), is(1L));
          assertThat(sum(counts, "registrations/DUPLICATE"), is(1L));
          assertThat(sum(counts, "registrations/SUPERSEDED"), is(4L));
        });
    checked.check(
        parsed.get(ParseMarket.REJECTED),
        rejected ->
            assertThat(
                rejected.stream().map(r -> r.rejection().code().name()).toList(),
                contains("NEGATIVE_COUNT")));
    checked.check(
        parsed.get(ParseMarket.UNMAPPED),
        names ->
            assertThat(
                names.stream().map(n -> n.getKey().name() + " " + n.getValue()).toList(),
                containsInAnyOrder("TESLA 1")));
    checked.run();
  }

  @Test
  void extractionYearsAheadWinsOverNothing() {
    List<RawBlock> blocks = new ArrayList<>(List.of(block(FROM_THE_FUTURE)));
    RECORDS.forEach(record -> blocks.add(block(record)));
    PCollectionTuple parsed =
        parse(checked.pipeline().apply(Create.of(blocks).withCoder(new RawBlockCoder())));
    checked.check(
        parsed
            .get(ParseMarket.OBSERVATIONS)
            .apply("Aggregate market", AggregateMarket.bounded())
            .get(AggregateMarket.FIGURES),
        figures -> assertThat(vintages(figures), contains(VINTAGES)));
    checked.check(
        parsed
            .get(ParseMarket.OBSERVATIONS)
            .apply("Aggregate live market", AggregateLiveMarket.every(Duration.ofSeconds(10)))
            .get(AggregateLiveMarket.FIGURES),
        figures -> assertThat(vintages(figures), contains(VINTAGES)));
    checked.check(
        parsed.get(ParseMarket.REJECTED),
        rejected ->
            assertThat(
                rejected.stream().map(r -> r.rejection().code().name()).toList(),
                containsInAnyOrder("NEGATIVE_COUNT", "FUTURE_DATE")));
    checked.run();
  }

  private static long sum(List<org.apache.beam.sdk.values.KV<String, Long>> counts, String key) {
    return counts.stream().filter(c -> c.getKey().equals(key)).mapToLong(c -> c.getValue()).sum();
  }

  private void unboundedGives(TestStream<RawBlock> stream, boolean paneOfTheCorrection) {
    PCollection<Figure> figures =
        parse(checked.pipeline().apply("Read", stream))
            .get(ParseMarket.OBSERVATIONS)
            .apply("Aggregate market", AggregateLiveMarket.every(Duration.ofSeconds(10)))
            .get(AggregateLiveMarket.FIGURES);
    checked.check(
        figures,
        all -> {
          assertThat(vintages(all), contains(VINTAGES));
          if (paneOfTheCorrection) {
            assertThat(
                "what was known before the late record was handed out too",
                all.stream().map(f -> f.revision() + " " + f.values()).toList(),
                hasItem("1 [100]"));
          }
        });
    checked.run();
  }

  private static TestStream.Builder<RawBlock> stream() {
    return TestStream.create(new RawBlockCoder())
        .advanceWatermarkTo(Instant.parse("2024-06-01T00:00:00Z"));
  }

  @Test
  void unboundedInputInOnePaneGivesTheSameRows() {
    TestStream.Builder<RawBlock> stream = stream();
    for (String record : RECORDS) {
      stream = stream.addElements(block(record));
    }
    unboundedGives(stream.advanceWatermarkToInfinity(), false);
  }

  @Test
  void unboundedInputWithAPaneAfterEachRecordGivesTheSameRows() {
    TestStream.Builder<RawBlock> stream = stream();
    for (String record : RECORDS) {
      stream =
          stream
              .addElements(block(record))
              .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11));
    }
    unboundedGives(stream.advanceWatermarkToInfinity(), true);
  }

  @Test
  void unboundedInputInAnotherOrderGivesTheSameRows() {
    TestStream.Builder<RawBlock> stream = stream();
    for (int i = RECORDS.size() - 1; i >= 0; i--) {
      stream =
          stream
              .addElements(block(RECORDS.get(i)))
              .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11));
    }
    unboundedGives(stream.advanceWatermarkToInfinity(), false);
  }
}
