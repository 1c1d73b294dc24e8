package io.autopulse.domain.forecast.regress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.forecast.regress.KnownRegistrations.Figure;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownRegistrationsTest {
  private static Figure figure(
      String month, String region, String powertrain, String knownOn, @Nullable Long units) {
    return new Figure(
        LocalDate.parse(month),
        List.of(region, "ALL", "ALL", powertrain),
        LocalDate.parse(knownOn),
        units);
  }

  private static Map<String, NavigableMap<LocalDate, Double>> weeks(
      List<Figure> figures, List<Integer> attributes, String first, String end) {
    return KnownRegistrations.of(
        figures, attributes, " x ", LocalDate.parse(first), LocalDate.parse(end));
  }

  private static NavigableMap<LocalDate, Double> values(Object... weeksAndValues) {
    NavigableMap<LocalDate, Double> values = new TreeMap<>();
    for (int i = 0; i < weeksAndValues.length; i += 2) {
      values.put(LocalDate.parse((String) weeksAndValues[i]), (Double) weeksAndValues[i + 1]);
    }
    return values;
  }

  @Test
  void weekHasTheLastMonthThatWasKnownOnItsSunday() {
    List<Figure> figures =
        List.of(
            figure("2026-01-01", "NORTH", "BEV", "2026-02-04", 30L),
            figure("2026-02-01", "NORTH", "BEV", "2026-03-09", 50L),
            figure("2026-01-01", "NORTH", "BEV", "2026-02-20", 33L));
    assertThat(
        weeks(figures, List.of(), "2026-01-26", "2026-03-16"),
        is(
            Map.of(
                "ALL",
                values(
                    // The week of 26 January ends before anything is known.
                    "2026-02-02",
                    30.0,
                    "2026-02-09",
                    30.0,
                    "2026-02-16",
                    33.0,
                    "2026-02-23",
                    33.0,
                    // February is known on Monday the 9th of March.
                    "2026-03-02",
                    33.0,
                    "2026-03-09",
                    50.0))));
  }

  @Test
  void memberHasItsSlicesOfTheCoarsestRowsThatTellItApart() {
    List<Figure> figures =
        List.of(
            figure("2026-01-01", "ALL", "ALL", "2026-02-04", 100L),
            figure("2026-01-01", "ALL", "BEV", "2026-02-04", 41L),
            figure("2026-01-01", "ALL", "ICE", "2026-02-04", 59L),
            figure("2026-01-01", "NORTH", "BEV", "2026-02-04", 30L),
            figure("2026-01-01", "SOUTH", "BEV", "2026-02-04", 12L));
    assertThat(
        weeks(figures, List.of(), "2026-02-02", "2026-02-09"),
        is(Map.of("ALL", values("2026-02-02", 100.0))));
    assertThat(
        weeks(figures, List.of(3), "2026-02-02", "2026-02-09"),
        is(Map.of("BEV", values("2026-02-02", 41.0), "ICE", values("2026-02-02", 59.0))));
    assertThat(
        weeks(figures, List.of(3, 0), "2026-02-02", "2026-02-09"),
        is(
            Map.of(
                "BEV x NORTH", values("2026-02-02", 30.0),
                "BEV x SOUTH", values("2026-02-02", 12.0))));
    assertThat(weeks(figures, List.of(1), "2026-02-02", "2026-02-09"), is(Map.of()));
  }

  @Test
  void withdrawnMonthAndOneOfLongAgoSayNothing() {
    List<Figure> figures =
        List.of(
            figure("2026-01-01", "NORTH", "BEV", "2026-02-04", 30L),
            figure("2026-01-01", "NORTH", "BEV", "2026-02-20", null));
    assertThat(
        weeks(figures, List.of(), "2026-02-09", "2026-02-23"),
        is(Map.of("ALL", values("2026-02-09", 30.0))));
    // The week that ends with May looks back to February.
    assertThat(
        weeks(figures.subList(0, 1), List.of(), "2026-05-18", "2026-06-08"),
        is(Map.of("ALL", values("2026-05-18", 30.0))));
  }
}
