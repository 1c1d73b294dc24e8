package io.autopulse.transform.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.feed.value.NumberParser;
import io.autopulse.sink.staging.StagedRows;
import io.autopulse.source.RawBlockCoder;
import io.autopulse.testing.CheckedPipeline;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;

/** The same targets as CSV and as JSON lines. */
class ParseTargetsTest {
  private static final List<String> HEADER =
      List.of("month", "dealer_id", "make", "model", "units", "revenue", "updated_at", "planner");

  private static final String CSV =
      """
      2026-03,D1,ALL,ALL,40,1000000.5,2026-02-01,ann
      2026-03,d1,ALL,ALL,44,,2026-02-02,ann
      2026-03,D2,ALL,ALL,7,,,ann
      2026-03,D2,ALL,ALL,7,,,bob
      2026-03,D3,ALL,ALL,5,,,ann
      2026-03,D3,ALL,ALL,6,,,bob
      2026-03,ALL,Kia,Ceed,9,,,ann
      2026-03,ALL,ALL,Ceed,9,,,ann
      2026-03,D4,ALL,ALL,-3,,,ann
      """;

  private static final String JSON =
      """
      {"month":"2026-03-01","dealer_id":"D1","make":"ALL","model":"ALL","units":40,"revenue":1000000.5,"updated_at":"2026-02-01","planner":"ann"}
      {"month":"2026-03-31","dealer_id":"d1","make":"ALL","model":"ALL","units":44.0,"revenue":null,"updated_at":"2026-02-02","planner":"ann"}
      {"month":"2026-03","dealer_id":"D2","make":"ALL","model":"ALL","units":7,"planner":"ann"}
      {"month":"2026-03","dealer_id":"D2","make":"ALL","model":"ALL","units":"7","planner":"bob"}
      {"month":"2026-03","dealer_id":"D3","make":"ALL","model":"ALL","units":5,"planner":"ann"}
      {"month":"2026-03","dealer_id":"D3","make":"ALL","model":"ALL","units":6,"planner":"bob"}
      {"month":"2026-03","dealer_id":"ALL","make":"Kia","model":"Ceed","units":9,"planner":"ann"}
      {"month":"2026-03","dealer_id":"ALL","make":"ALL","model":"Ceed","units":9,"planner":"ann"}
      {"month":"2026-03","dealer_id":"D4","make":"ALL","model":"ALL","units":-3,"planner":"ann"}
      """;

  private final CheckedPipeline checked = new CheckedPipeline();

  private PCollectionTuple parsed(RawBlock... blocks) {
    FeedFormat format =
        new FeedFormat(
            Feed.TARGETS,
            Map.of(),
            Map.of("month", "iso\nyyyy-MM"),
            ZoneOffset.UTC,
            '.',
            NumberParser.NO_GROUPING,
            Map.of(),
            List.of("planner"),
            ZoneOffset.UTC,
            "EUR");
    return checked
        .pipeline()
        .apply(Create.of(List.of(blocks)).withCoder(new RawBlockCoder()))
        .apply(ParseTargets.of(format));
  }

  /** One block a record, so that records meet only where they are grouped. */
  private static RawBlock[] csv() {
    List<String> lines = CSV.lines().toList();
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .map(
            i ->
                new RawBlock(
                    RawBlock.Format.CSV,
                    "plan.csv",
                    i + 2,
                    CsvDialect.RFC_4180,
                    HEADER,
                    (lines.get(i) + "\n").getBytes(UTF_8)))
        .toArray(RawBlock[]::new);
  }

  private static RawBlock json() {
    return new RawBlock(
        RawBlock.Format.JSON, "plan.csv", 2, CsvDialect.RFC_4180, List.of(), JSON.getBytes(UTF_8));
  }

  private void mustGiveTheTargets(PCollectionTuple parsed) {
    checked.check(
        parsed.get(ParseTargets.TARGETS),
        targets ->
            assertThat(
                targets.stream().map(t -> String.valueOf(StagedRows.targetRow(t))).toList(),
                containsInAnyOrder(
                    "[2026-03-01, D1, ALL, ALL, 44, null, 2026-02-02 00:00:00.000000]",
                    "[2026-03-01, D2, ALL, ALL, 7, null, null]",
                    "[2026-03-01, ALL, KIA, CEED, 9, null, null]")));
    checked.check(
        parsed.get(ParseTargets.REJECTED),
        rejected ->
            assertThat(
                rejected.stream()
                    .map(r -> r.origin() + " " + r.rejection().code() + " " + r.rejection().field())
                    .toList(),
                containsInAnyOrder(
                    "plan.csv:6 CONFLICTING_RECORD units",
                    "plan.csv:7 CONFLICTING_RECORD units",
                    "plan.csv:9 MODEL_WITHOUT_MAKE make",
                    "plan.csv:10 NEGATIVE_COUNT units")));
    checked.check(
        parsed.get(ParseTargets.COUNTS),
        counts -> {
          Map<String, Long> sums =
              counts.stream()
                  .filter(count -> !count.getKey().contains("ABSENT"))
                  .filter(count -> !count.getKey().contains("KEYED"))
                  .collect(
                      java.util.stream.Collectors.toMap(
                          KV::getKey, KV::getValue, Long::sum, java.util.TreeMap::new));
          assertThat(
              sums,
              is(
                  Map.of(
                      "targets/READ", 9L,
                      "targets/REJECTED", 4L,
                      "targets/DUPLICATE", 1L,
                      "targets/SUPERSEDED", 1L,
                      "targets/CURRENT", 3L)));
        });
  }

  @Test
  void targetsOfCsvAreChosenAndEveryRecordIsCounted() {
    PCollectionTuple parsed = parsed(csv());
    mustGiveTheTargets(parsed);
    checked.check(
        parsed.get(ParseTargets.REJECTED),
        rejected ->
            assertThat(
                "raw text is whole and masked",
                rejected.stream().filter(r -> r.origin().endsWith(":7")).toList().get(0).raw(),
                is("2026-03,D3,ALL,ALL,6,,,***")));
    checked.run();
  }

  @Test
  void targetsOfJsonLinesAreTheSame() {
    PCollectionTuple parsed = parsed(json());
    mustGiveTheTargets(parsed);
    checked.run();
  }
}
