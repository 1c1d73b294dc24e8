package io.autopulse.transform.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.market.Observation.Kind;
import io.autopulse.testing.CheckedPipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

/** Periods that a later extract spans and lacks, by the job that ends and by the live one. */
class FindExtractGapsTest {
  private static final long HOUR = 3_600_000_000L;

  private final CheckedPipeline checked = new CheckedPipeline();

  private static Observation units(String month, String region, int day, int hour, long value) {
    return units(month, region, day, hour, value, true, Extent.WHOLE);
  }

  private static Observation units(
      String month, String region, int day, int hour, long value, boolean dated, Extent extent) {
    return new Observation(
        Kind.UNITS,
        Observation.slice("2024-" + month + "-01", "month", region, "VW", "ALL", "ALL"),
        "VW",
        0,
        (day * 24L + hour) * HOUR,
        day,
        dated,
        extent,
        value,
        true);
  }

  /** January to April in the first extract; the second, of January to March, lacks February. */
  private static List<Observation> spanned(Extent extent) {
    List<Observation> rows = new ArrayList<>();
    for (String month : List.of("01", "02", "03", "04")) {
      rows.add(units(month, "NORTH", 1, 6, 100, true, extent));
    }
    rows.add(units("01", "NORTH", 8, 6, 101, true, extent));
    rows.add(units("03", "NORTH", 8, 7, 103, true, extent));
    return rows;
  }

  private static final List<String> FEBRUARY_WITHDRAWN =
      List.of(
          "2024-01-01 NORTH 1 [100]",
          "2024-01-01 NORTH 8 [101]",
          "2024-02-01 NORTH 1 [100]",
          "2024-02-01 NORTH 8 [null]",
          "2024-03-01 NORTH 1 [100]",
          "2024-03-01 NORTH 8 [103]",
          "2024-04-01 NORTH 1 [100]");

  /** The vintages, of each the one of the highest revision, without what says nothing. */
  private static List<String> vintages(List<Figure> figures) {
    Map<String, Figure> latest = new TreeMap<>();
    for (Figure f : figures) {
      latest.merge(
          f.key().get(0) + " " + f.key().get(2) + " " + f.knownOn(),
          f,
          (a, b) -> a.revision() >= b.revision() ? a : b);
    }
    Map<String, Figure> before = new TreeMap<>();
    List<String> vintages = new ArrayList<>();
    for (Figure f : latest.values()) {
      Figure previous = before.put(f.slice(), f);
      if (previous == null || !previous.values().equals(f.values())) {
        vintages.add(
            f.key().get(0)
                + " "
                + f.key().get(2)
                + " "
                + f.knownOn().toEpochDay()
                + " "
                + f.values());
      }
    }
    return vintages;
  }

  private void batchAndLiveGive(List<Observation> rows, List<String> expected) {
    var batch =
        checked
            .pipeline()
            .apply("Rows", Create.of(rows).withCoder(new ObservationCoder()))
            .apply("Batch", AggregateMarket.bounded());
    checked.check(
        batch.get(AggregateMarket.FIGURES),
        figures -> assertThat("batch", vintages(figures), is(expected)));
    liveGives("Live", rows, expected);
    List<Observation> reversed = new ArrayList<>(rows);
    Collections.reverse(reversed);
    liveGives("Live, the last first", reversed, expected);
  }

  /** A pane after each row: what a gap withdraws comes back when the extract has it after all. */
  private void liveGives(String name, List<Observation> rows, List<String> expected) {
    TestStream.Builder<Observation> stream = TestStream.create(new ObservationCoder());
    for (Observation row : rows) {
      stream =
          stream.addElements(row).advanceProcessingTime(org.joda.time.Duration.standardSeconds(11));
    }
    checked.check(
        checked
            .pipeline()
            .apply("Read " + name, stream.advanceWatermarkToInfinity())
            .apply(name, AggregateLiveMarket.every(Duration.ofSeconds(10)))
            .get(AggregateLiveMarket.FIGURES),
        figures -> assertThat(name, vintages(figures), is(expected)));
  }

  @Test
  void periodThatALaterExtractSpansAndLacksIsWithdrawnAndTheEdgesStay() {
    batchAndLiveGive(spanned(Extent.WHOLE), FEBRUARY_WITHDRAWN);
    checked.run();
  }

  @Test
  void periodThatTheExtractHasAfterAllIsNotWithdrawn() {
    List<Observation> rows = spanned(Extent.WHOLE);
    rows.add(units("02", "NORTH", 8, 8, 102));
    List<String> expected = new ArrayList<>(FEBRUARY_WITHDRAWN);
    expected.set(3, "2024-02-01 NORTH 8 [102]");
    batchAndLiveGive(rows, expected);
    checked.run();
  }

  @Test
  void extractOfWholePeriodsOnlyWithdrawsNoneOfThem() {
    List<String> expected = new ArrayList<>(FEBRUARY_WITHDRAWN);
    expected.remove(3);
    batchAndLiveGive(spanned(Extent.PERIODS), expected);
    checked.run();
  }

  @Test
  void anotherRegionSpansNothingAndARegionThatIsLackedStays() {
    List<Observation> rows =
        List.of(
            units("01", "NORTH", 1, 6, 10),
            units("02", "SOUTH", 1, 6, 20),
            units("03", "NORTH", 1, 6, 30),
            units("01", "NORTH", 8, 6, 10),
            units("03", "NORTH", 8, 6, 30));
    batchAndLiveGive(
        rows,
        List.of("2024-01-01 NORTH 1 [10]", "2024-02-01 SOUTH 1 [20]", "2024-03-01 NORTH 1 [30]"));
    checked.run();
  }

  @Test
  void recordsWithoutTimeOfExtractionStayAndWithdrawNothing() {
    List<Observation> rows =
        List.of(
            units("01", "NORTH", 8, 6, 10),
            units("02", "NORTH", 1, 6, 20, false, Extent.WHOLE),
            units("03", "NORTH", 8, 6, 30));
    batchAndLiveGive(
        rows,
        List.of("2024-01-01 NORTH 8 [10]", "2024-02-01 NORTH 1 [20]", "2024-03-01 NORTH 8 [30]"));
    checked.run();
  }

  @Test
  void whatIsLackedAndWhatCannotBeIsCountedForTheSummary() {
    List<Observation> rows = spanned(Extent.WHOLE);
    rows.add(units("05", "NORTH", 1, 6, 7, false, Extent.WHOLE));
    checked.check(
        checked
            .pipeline()
            .apply(Create.of(rows).withCoder(new ObservationCoder()))
            .apply(AggregateMarket.bounded())
            .get(AggregateMarket.COUNTS),
        counts -> {
          assertThat(counts, hasItem(KV.of("registrations/LACKED/2024-02-01 month NORTH", 1L)));
          assertThat(counts, hasItem(KV.of("registrations/UNDATED/", 1L)));
        });
    checked.run();
  }
}
