package io.autopulse.domain.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

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
        kind, "slice", source, 0, (day * 24L + hour) * HOUR, day, true, value, true);
  }

  private static Observation price(String station, int toldAtHour, int day, long value) {
    return new Observation(
        Kind.PRICE, "slice", station, toldAtHour * HOUR, day * 24L * HOUR, day, true, value, true);
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
        Vintages.of(
            "slice",
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
        shown(
            Vintages.of(
                "slice",
                List.of(seen(Kind.UNITS, "a", 1, 18, 11), seen(Kind.UNITS, "a", 1, 9, 10)))),
        contains("1 [11] of 1"));
  }

  @Test
  void stationCountsWithItsLastPriceOfTheDay() {
    Vintages vintages =
        Vintages.of(
            "slice",
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
        shown(Vintages.of("slice", List.of(price("s1", 8, 1, 17_000), price("s2", 8, 1, 17_001)))),
        contains("1 [1.7001, 1.7000, 1.7001, 2] of 2"));
  }

  @Test
  void viewsAndPostsOfATopicAreOneFigure() {
    Vintages vintages =
        Vintages.of(
            "slice",
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
    assertThat(shown(Vintages.of("slice", observations)), contains("1 [10] of 1", "2 [12] of 1"));
    assertThat(
        shown(Vintages.of("slice", observations, List.of(3))),
        contains("1 [10] of 1", "2 [12] of 1", "3 [12] of 1"));
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
    List<String> expected = shown(Vintages.of("slice", observations));
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(observations, random);
      assertThat("seed " + seed, shown(Vintages.of("slice", observations)), is(expected));
    }
  }
}
