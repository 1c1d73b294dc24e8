package io.autopulse.transform.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.RejectedRecord;
import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.testing.CheckedPipeline;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of one key and moment of extraction that differ, as a live job reads them. */
class ConflictingRecordsTest {
  /** 2024-06-03T08:00:00Z in microseconds. */
  private static final long EXTRACTED = 1_717_401_600_000_000L;

  private static final int DAY = 19_877;

  private final CheckedPipeline checked = new CheckedPipeline();

  private static Observation honda(long units, boolean dated) {
    return new Observation(
        Kind.UNITS,
        Observation.slice("2016-12-01", "month", "ALL", "HONDA", "ALL", "PETROL"),
        "HONDA",
        0,
        EXTRACTED,
        DAY,
        dated,
        Extent.WHOLE,
        units,
        true);
  }

  private PCollectionTuple inOrder(List<Observation> observations) {
    TestStream.Builder<Observation> stream = TestStream.create(new ObservationCoder());
    for (Observation observation : observations) {
      stream =
          stream
              .addElements(observation)
              .advanceProcessingTime(org.joda.time.Duration.standardSeconds(11));
    }
    return checked
        .pipeline()
        .apply(stream.advanceWatermarkToInfinity())
        .apply(AggregateLiveMarket.every(Duration.ofSeconds(10)));
  }

  private static Figure last(List<Figure> figures) {
    return figures.stream()
        .max((a, b) -> Long.compare(a.revision(), b.revision()))
        .orElseThrow(AssertionError::new);
  }

  /** The restarts of a job and copies of a file bring records again: each is rejected once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1844 1788 10109",
        "1844 10109 1788",
        "1788 1844 10109 1844",
        "10109 1844 1788 10109",
        "10109 1788 1844 1788",
        "1788 10109 10109 1844 1788"
      })
  void higherValueCountsAndTheOthersAreRejectedInEveryOrder(String values) {
    PCollectionTuple aggregated =
        inOrder(Arrays.stream(values.split(" ")).map(v -> honda(Long.parseLong(v), true)).toList());
    checked.check(
        aggregated.get(AggregateLiveMarket.FIGURES),
        figures -> assertThat(last(figures).values(), is(List.of("10109"))));
    checked.check(
        aggregated.get(AggregateLiveMarket.REJECTED),
        rejected -> {
          assertThat(
              rejected.stream()
                  .map(r -> r.raw().replaceAll(".*(\"registrations\":\"\\d+\").*", "$1"))
                  .toList(),
              containsInAnyOrder("\"registrations\":\"1844\"", "\"registrations\":\"1788\""));
          assertThat(
              rejected.stream().map(r -> r.rejection().code().name()).toList(),
              everyItem(is("CONFLICTING_RECORD")));
        });
    checked.run();
  }

  @Test
  void rejectedRecordHasTheFigureBothValuesAndTheRemedyAndIsNotReplayed() {
    RejectedRecord rejected = ConflictingRecords.reject(honda(1844, true), 10109, "Aggregate");
    assertThat(rejected.feed(), is("registrations"));
    assertThat(
        rejected.origin(),
        is("2016-12-01 month ALL HONDA ALL PETROL, extracted at 2024-06-03T08:00:00Z"));
    assertThat(rejected.rejection().field(), is("registrations"));
    assertThat(
        rejected.rejection().message(),
        is(
            "registrations 1844 contradicts a record of the same key and extraction; the higher value, 10109, is used. Name the columns that tell the records apart as record_id, or the time of extraction as extracted_at"));
    assertThat(
        rejected.raw(),
        is(
            "*** written anew: {\"period_start\":\"2016-12-01\",\"period_grain\":\"month\",\"region\":\"ALL\",\"make\":\"HONDA\",\"model\":\"ALL\",\"powertrain\":\"PETROL\",\"registrations\":\"1844\",\"used\":\"10109\",\"extracted_at\":\"2024-06-03T08:00:00Z\"}"));
  }

  @Test
  void recordsWithoutTimeOfExtractionContradictEachOtherToo() {
    PCollectionTuple aggregated = inOrder(List.of(honda(100, false), honda(90, false)));
    checked.check(
        aggregated.get(AggregateLiveMarket.REJECTED),
        rejected ->
            assertThat(
                rejected.stream().map(RejectedRecord::origin).toList(),
                is(List.of("2016-12-01 month ALL HONDA ALL PETROL, without extracted_at"))));
    checked.run();
  }

  @Test
  void pricesAndViewsContradictEachOtherAndTheirIdsAreNotKept() {
    Observation cheap = price("hash-of-a-station", 17_890, EXTRACTED);
    Observation dear = price("hash-of-a-station", 17_990, EXTRACTED);
    Observation views = views(1200);
    PCollectionTuple aggregated = inOrder(List.of(dear, views, cheap, views(900)));
    checked.check(
        aggregated.get(AggregateLiveMarket.REJECTED),
        rejected ->
            assertThat(
                Set.copyOf(rejected.stream().map(RejectedRecord::raw).toList()),
                is(
                    new HashSet<>(
                        List.of(
                            "*** written anew: {\"day\":\"2024-06-02\",\"region\":\"NORTH\",\"fuel\":\"DIESEL\",\"price_at\":\"2024-06-03T08:00:00Z\",\"price\":\"1.7890\",\"used\":\"1.7990\",\"extracted_at\":\"2024-06-03T08:00:00Z\"}",
                            "*** written anew: {\"day\":\"2024-06-02\",\"source\":\"WIKIMEDIA\",\"topic\":\"RENAULT CLIO\",\"views\":\"900\",\"used\":\"1200\",\"extracted_at\":\"2024-06-03T08:00:00Z\"}")))));
    checked.run();
  }

  @Test
  void correctionAtAnotherMomentAndAnotherRecordContradictNothing() {
    Observation later = price("one", 17_990, EXTRACTED + 1);
    PCollectionTuple aggregated =
        checked
            .pipeline()
            .apply(
                Create.of(
                        price("one", 17_890, EXTRACTED),
                        later,
                        price("another", 16_000, EXTRACTED),
                        honda(5, true),
                        honda(5, true))
                    .withCoder(new ObservationCoder()))
            .apply(AggregateLiveMarket.every(Duration.ofSeconds(10)));
    checked.check(
        aggregated.get(AggregateLiveMarket.REJECTED),
        rejected -> assertThat(rejected, is(empty())));
    checked.run();
  }

  private static Observation price(String station, long value, long extractedAt) {
    return new Observation(
        Kind.PRICE,
        Observation.slice("2024-06-02", "NORTH", "DIESEL"),
        station,
        EXTRACTED,
        extractedAt,
        DAY,
        true,
        Extent.CHANGES,
        value,
        true);
  }

  private static Observation views(long value) {
    return new Observation(
        Kind.VIEWS,
        Observation.slice("2024-06-02", "WIKIMEDIA", "RENAULT CLIO"),
        "RENAULT CLIO",
        0,
        EXTRACTED,
        DAY,
        true,
        Extent.CHANGES,
        value,
        true);
  }
}
