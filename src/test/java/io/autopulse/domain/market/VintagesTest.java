package io.autopulse.domain.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.market.Observation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VintagesTest {
  private static final long HOUR = 3_600_000_000L;

  /** An observation known on a day at an hour. */
  private static Observation seen(Kind kind, String source, int day, int hour, long value) {
    return new Observation(
        kind,
        "slice",
        source,
        0,
        (day * 24L + hour) * HOUR,
        day,
        true,
        Extent.CHANGES,
        value,
        true);
  }

  private static Observation price(String station, int toldAtHour, int day, long value) {
    return new Observation(
        Kind.PRICE,
        "slice",
        station,
        toldAtHour * HOUR,
        day * 24L * HOUR,
        day,
        true,
        Extent.CHANGES,
        value,
        true);
  }

  /** Units of a slice of a period and region, known on a day at an hour. */
  private static Observation units(String slice, String spelled, int day, int hour, long value) {
    return new Observation(
        Kind.UNITS,
        Observation.slice("2024-11-02", "day", "ALL", slice),
        spelled,
        0,
        (day * 24L + hour) * HOUR,
        day,
        true,
        Extent.WHOLE,
        value,
        true);
  }

  private static Vintages of(List<Observation> observations) {
    return Vintages.of("slice", observations, Extracts.NONE);
  }

  private static Vintages of(String slice, List<Observation> scope) {
    List<Observation> ours =
        scope.stream()
            .filter(o -> o.slice().equals(Observation.slice("2024-11-02", "day", "ALL", slice)))
            .toList();
    return Vintages.of(slice, ours, Extracts.of(scope));
  }

  private static List<String> shown(Vintages vintages) {
    return vintages.figures().stream()
        .map(f -> f.knownOn().toEpochDay() + " " + f.values() + " of " + f.records())
        .toList();
  }

  private static String fates(Vintages vintages, Kind kind) {
    Vintages.Fates fates = vintages.fates().get(kind);
    return fates.duplicates() + " " + fates.superseded() + " " + fates.current();
  }

  @Test
  void latestExtractionOfARecordWinsAndEachDayIsAVintage() {
    Vintages vintages =
        of(
            List.of(
                seen(Kind.UNITS, "a", 3, 9, 12),
                seen(Kind.UNITS, "a", 1, 9, 10),
                seen(Kind.UNITS, "b", 1, 9, 5),
                seen(Kind.UNITS, "b", 2, 9, 5),
                seen(Kind.UNITS, "a", 1, 9, 10)));
    assertThat(shown(vintages), contains("1 [15] of 2", "3 [17] of 2"));
    assertThat(fates(vintages, Kind.UNITS), is("1 2 2"));
  }

  @Test
  void lastExtractionOfADayIsWhatWasKnownOnItsEvening() {
    assertThat(
        shown(of(List.of(seen(Kind.UNITS, "a", 1, 18, 11), seen(Kind.UNITS, "a", 1, 9, 10)))),
        contains("1 [11] of 1"));
  }

  @Test
  void stationCountsWithItsLastPriceOfTheDay() {
    Vintages vintages =
        of(
            List.of(
                price("s1", 8, 1, 17_000),
                price("s1", 18, 1, 17_500),
                price("s2", 9, 1, 18_001),
                price("s3", 7, 1, 16_999)));
    // (1.75 + 1.8001 + 1.6999) / 3 = 1.75
    assertThat(shown(vintages), contains("1 [1.7500, 1.6999, 1.8001, 3] of 3"));
    assertThat(fates(vintages, Kind.PRICE), is("0 1 3"));
  }

  @Test
  void meanIsRoundedHalfUpInTheFourthDecimal() {
    assertThat(
        shown(of(List.of(price("s1", 8, 1, 17_000), price("s2", 8, 1, 17_001)))),
        contains("1 [1.7001, 1.7000, 1.7001, 2] of 2"));
  }

  @Test
  void viewsAndPostsOfATopicAreOneFigure() {
    Vintages vintages =
        of(
            List.of(
                seen(Kind.VIEWS, "Renault_Clio", 1, 9, 900),
                seen(Kind.VIEWS, "Clio", 1, 9, 100),
                seen(Kind.SENTIMENT, "p1", 2, 9, 6_249),
                seen(Kind.SENTIMENT, "p2", 2, 9, -5_096),
                seen(Kind.SENTIMENT, "p3", 2, 9, 0)));
    // (0.6249 - 0.5096 + 0) / 3 = 0.038433..
    assertThat(
        shown(vintages), contains("1 [1000, null, null] of 2", "2 [1000, 3, 0.038433] of 5"));
    assertThat(fates(vintages, Kind.VIEWS), is("0 0 2"));
    assertThat(fates(vintages, Kind.SENTIMENT), is("0 0 3"));
  }

  @Test
  void vintageToldBeforeComesAgainThoughItIsNoNewValue() {
    List<Observation> observations =
        List.of(
            seen(Kind.UNITS, "a", 1, 9, 10),
            seen(Kind.UNITS, "a", 2, 9, 12),
            seen(Kind.UNITS, "a", 3, 9, 12));
    assertThat(shown(of(observations)), contains("1 [10] of 1", "2 [12] of 1"));
    assertThat(
        shown(Vintages.of("slice", observations, Extracts.NONE, 3, List.of(3))),
        contains("1 [10] of 1", "2 [12] of 1", "3 [12] of 1"));
  }

  @Test
  void recordThatALaterExtractRenamesOrLacksIsWithdrawn() {
    List<Observation> scope =
        List.of(
            units("GOLF", "VW GOLF", 3, 6, 100),
            units("GOLFF", "VW GOLFF", 3, 6, 7),
            units("CLIO", "RENAULT CLIO", 3, 6, 50),
            units("GOLF", "VOLKSWAGEN GOLF", 10, 6, 107),
            units("CLIO", "RENAULT CLIO", 10, 6, 50));
    assertThat(shown(of("GOLF", scope)), contains("3 [100] of 1", "10 [107] of 1"));
    assertThat(fates(of("GOLF", scope), Kind.UNITS), is("0 1 1"));
    assertThat(shown(of("GOLFF", scope)), contains("3 [7] of 1", "10 [null] of 0"));
    assertThat(fates(of("GOLFF", scope), Kind.UNITS), is("0 1 0"));
    assertThat(shown(of("CLIO", scope)), contains("3 [50] of 1"));
  }

  @Test
  void withdrawnRecordThatComesBackCountsAgain() {
    List<Observation> scope =
        List.of(
            units("GOLF", "VW GOLF", 3, 6, 100),
            units("CLIO", "RENAULT CLIO", 4, 6, 50),
            units("GOLF", "VW GOLF", 5, 6, 101),
            units("CLIO", "RENAULT CLIO", 5, 6, 50));
    assertThat(shown(of("GOLF", scope)), contains("3 [100] of 1", "4 [null] of 0", "5 [101] of 1"));
  }

  @Test
  void extractThatCrossesMidnightOrWaitsWithdrawsNothingOfItsOwn() {
    List<Observation> scope =
        List.of(
            units("GOLF", "VW GOLF", 3, 23, 100),
            units("CLIO", "RENAULT CLIO", 4, 11, 50),
            units("POLO", "VW POLO", 3, 22, 9));
    assertThat(shown(of("GOLF", scope)), contains("3 [100] of 1"));
    assertThat(shown(of("CLIO", scope)), contains("4 [50] of 1"));
    // Thirteen hours before the last row: of an extract before.
    assertThat(shown(of("POLO", scope)), contains("3 [9] of 1", "4 [null] of 0"));
  }

  @Test
  void recordWithoutTimeOfExtractionIsNeverWithdrawn() {
    Observation undated =
        new Observation(
            Kind.UNITS,
            Observation.slice("2024-11-02", "day", "ALL", "GOLF"),
            "VW GOLF",
            0,
            2 * 24 * HOUR,
            2,
            false,
            Extent.WHOLE,
            100,
            true);
    List<Observation> scope = List.of(undated, units("CLIO", "RENAULT CLIO", 10, 6, 50));
    assertThat(shown(of("GOLF", scope)), contains("2 [100] of 1"));
  }

  @Test
  void recordsOfOneKeyAndMomentThatDifferAreConflictsAndEqualOnesAreNot() {
    Vintages vintages =
        of(
            List.of(
                seen(Kind.UNITS, "a", 1, 9, 1_844),
                seen(Kind.UNITS, "a", 1, 9, 10_109),
                seen(Kind.UNITS, "a", 1, 9, 10_109),
                seen(Kind.UNITS, "a", 1, 9, 1),
                seen(Kind.UNITS, "b", 1, 9, 5)));
    assertThat(shown(vintages), contains("1 [10114] of 2"));
    assertThat(vintages.conflicts(), is(2L));
    assertThat(vintages.figures().get(0).conflicts(), is(2L));
    // A correction at another moment contradicts nothing.
    assertThat(
        of(List.of(seen(Kind.UNITS, "a", 1, 9, 10), seen(Kind.UNITS, "a", 1, 10, 11))).conflicts(),
        is(0L));
  }

  @Test
  void rowsOfOneExtractThatDifferAreConflictsThoughTheirMomentsDiffer() {
    // Airbyte gives every row a moment of its own.
    assertThat(
        of("GOLF", List.of(golf(0, 1_844), golf(2, 10_109), golf(3, 1))).conflicts(), is(2L));
    assertThat(of("GOLF", List.of(golf(0, 7), golf(599_999, 8))).conflicts(), is(1L));
    assertThat("equal rows", of("GOLF", List.of(golf(0, 7), golf(2, 7))).conflicts(), is(0L));
    assertThat(
        "a later extract corrects",
        of("GOLF", List.of(golf(0, 7), golf(600_000, 8))).conflicts(),
        is(0L));
    assertThat(
        "a second sync, minutes later, writes another file",
        of("GOLF", List.of(golf(0, 7).readFrom(1), golf(60_000, 8).readFrom(2))).conflicts(),
        is(0L));
    assertThat(
        "changes may come at any time",
        of(List.of(seen(Kind.UNITS, "a", 1, 9, 7), changeSoonAfter())).conflicts(),
        is(0L));
  }

  private static Observation golf(long millis, long value) {
    Observation at = units("GOLF", "VW GOLF", 3, 6, value);
    return new Observation(
        at.kind(),
        at.slice(),
        at.source(),
        0,
        at.extractedAt() + millis * 1000,
        at.knownOn(),
        true,
        Extent.WHOLE,
        value,
        true);
  }

  private static Observation changeSoonAfter() {
    return new Observation(
        Kind.UNITS, "slice", "a", 0, (24 + 9) * HOUR + 5_000_000, 1, true, Extent.CHANGES, 8, true);
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    long seed = 20_241_125;
    Random random = new Random(seed);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      observations.add(
          seen(
              Kind.UNITS,
              "s" + random.nextInt(12),
              random.nextInt(30),
              random.nextInt(24),
              random.nextInt(50)));
    }
    List<String> expected = shown(of(observations));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(observations, random);
      assertThat("seed " + seed, shown(of(observations)), is(expected));
    }
  }
}
