package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.hierarchy.Cell;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoherentForecastsTest {
  private static final LocalDate START = LocalDate.parse("2026-08-03");

  /** Two regions whose own forecasts add up to 31, beside a total of 28. */
  private static final PanelForecast TOTAL = panel("total", "ALL", 28);

  private static final PanelForecast REGIONS = panel("region", "NORTH", 20, "SOUTH", 11);

  private static final List<Cell> CELLS =
      List.of(new Cell(List.of("NORTH"), 300), new Cell(List.of("SOUTH"), 150));

  private static PanelForecast panel(String dimension, Object... membersAndMeans) {
    List<Series> series = new ArrayList<>();
    List<MemberForecast> forecasts = new ArrayList<>();
    int members = membersAndMeans.length / 2;
    double[][][] past = new double[2][members][];
    for (int i = 0; i < members; i++) {
      String member = (String) membersAndMeans[2 * i];
      double mean = (Integer) membersAndMeans[2 * i + 1];
      double[] sold = new double[12];
      for (int t = 0; t < sold.length; t++) {
        sold[t] = mean + (t * 7 + i) % 3;
      }
      series.add(new Series(member, Step.WEEK, START, 4, sold));
      forecasts.add(
          new MemberForecast(
              member,
              "combination",
              "",
              flat(mean),
              flat(mean - 2),
              flat(mean + 2),
              flat(mean - 4),
              flat(mean + 4),
              flat(mean),
              flat(mean)));
      past[0][i] = flat(mean + 1);
      past[1][i] = flat(mean - 1);
    }
    return new PanelForecast(dimension, series, forecasts, past);
  }

  private static double[] flat(double mean) {
    return new double[] {mean, mean};
  }

  private static List<LedgerRow> published(List<Cell> cells, List<PanelForecast> panels) {
    return published(cells, panels, List.of());
  }

  private static List<LedgerRow> published(
      List<Cell> cells, List<PanelForecast> panels, List<PastForecast> past) {
    return CoherentForecasts.of(List.of("region"), cells, panels, past, Optional.empty()).stream()
        .filter(row -> row.method().equals(LedgerRow.FORECAST))
        .toList();
  }

  /** What four vintages said of a region, by which share above what it sold. */
  private static List<PastForecast> past(PanelForecast panel, int place, double share) {
    List<PastForecast> past = new ArrayList<>();
    Series sold = panel.panel().get(place);
    for (int week = sold.length() - 4; week < sold.length(); week++) {
      past.add(
          new PastForecast(
              panel.dimension(),
              sold.key(),
              sold.day(week).minusDays(1),
              sold.day(week),
              1,
              LedgerRow.RECONCILED,
              sold.values()[week] * (1 + share),
              List.of()));
    }
    return past;
  }

  @Test
  void membersAddUpToTheTotalInWholeUnits() {
    List<LedgerRow> rows = published(CELLS, List.of(TOTAL, REGIONS));
    assertThat(rows.size(), is(6));
    for (int horizon = 1; horizon <= 2; horizon++) {
      BigDecimal total = BigDecimal.ZERO;
      BigDecimal members = BigDecimal.ZERO;
      for (LedgerRow row : rows) {
        if (row.horizon() == horizon) {
          total = row.dimension().equals("total") ? row.mean() : total;
          members = row.dimension().equals("region") ? members.add(row.mean()) : members;
        }
      }
      assertThat(members, is(total));
      assertThat(total.stripTrailingZeros().scale() <= 0, is(true));
      assertThat("between what the regions and the total said", total.intValue() >= 28, is(true));
      assertThat(total.intValue() <= 31, is(true));
    }
    assertThat(rows.get(0).period(), is(START.plusWeeks(12)));
  }

  @Test
  void partsAddUpToTheMeanAndASentenceNamesTheMember() {
    for (LedgerRow row : published(CELLS, List.of(TOTAL, REGIONS))) {
      BigDecimal sum = row.words().parts().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum.compareTo(row.mean()), is(0));
      assertThat(row.words().sentence(), containsString(row.member() + ": "));
      assertThat(LedgerRow.of(row.texts()), is(row));
    }
  }

  @Test
  void halfOfAMarkedBiasIsTakenOutAndAllAddsUp() {
    PanelForecast total = panel("total", "ALL", 3000);
    PanelForecast regions = panel("region", "NORTH", 2000, "SOUTH", 1000);
    List<LedgerRow> before = published(CELLS, List.of(total, regions));
    List<LedgerRow> rows = published(CELLS, List.of(total, regions), past(regions, 0, 0.2));

    for (int i = 0; i < rows.size(); i++) {
      LedgerRow row = rows.get(i);
      BigDecimal sum = row.words().parts().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      assertThat(sum.compareTo(row.mean()), is(0));
      BigDecimal bias = row.words().parts().get(6);
      assertThat(row.mean().subtract(bias), is(before.get(i).mean()));
      assertThat(LedgerRow.of(row.texts()), is(row));
    }
    LedgerRow north = row(rows, "NORTH");
    assertThat(north.bias(), is(new BigDecimal("0.200000")));
    assertThat(
        north.reason(),
        is(
            "the forecasts of the last 4 as-of dates were 20.0 % above what was sold: 9.1 % is taken"
                + " out"));
    assertThat("it is lower", north.words().parts().get(6).signum(), is(-1));
    assertThat(row(rows, "SOUTH").bias(), is((BigDecimal) null));
    assertThat(row(rows, "SOUTH").reason(), is((String) null));
    assertThat(
        "regions add up to the total",
        north.mean().add(row(rows, "SOUTH").mean()),
        is(row(rows, "ALL").mean()));
  }

  @Test
  void biasOfFivePercentOrOfThePublishedNumberChangesNothing() {
    List<LedgerRow> before = published(CELLS, List.of(TOTAL, REGIONS));
    assertThat(published(CELLS, List.of(TOTAL, REGIONS), past(REGIONS, 0, 0.05)), is(before));
    assertThat(published(CELLS, List.of(TOTAL, REGIONS), past(TOTAL, 0, 0.5)), is(before));
  }

  /** Its model is 8 % too high each week: a rule that fed on itself would swing about 5 %. */
  @Test
  void correctionThatWorksDoesNotEndItself() {
    List<PastForecast> ledger = new ArrayList<>();
    List<Integer> published = new ArrayList<>();
    for (int week = 0; week < 12; week++) {
      LocalDate period = START.plusWeeks(week + 12L);
      PanelForecast total = weeks("total", "ALL", week);
      PanelForecast region = weeks("region", "NORTH", week);
      List<LedgerRow> rows =
          published(List.of(new Cell(List.of("NORTH"), 1)), List.of(total, region), ledger);
      LedgerRow north = row(rows, "NORTH");
      published.add(north.mean().intValue());
      ledger.add(
          new PastForecast(
              "region",
              "NORTH",
              period.minusDays(1),
              period,
              1,
              LedgerRow.RECONCILED,
              north.mean().subtract(north.words().parts().get(6)).doubleValue(),
              List.of()));
    }
    assertThat(published.subList(0, 4), is(List.of(1080, 1080, 1080, 1080)));
    // 1080 / 1.04 is 1038; the total, of which nothing is taken out, holds against it.
    assertThat(published.get(4) < 1080, is(true));
    assertThat(published.get(4) >= 1038, is(true));
    assertThat(published.subList(4, 12).stream().distinct().count(), is(1L));
  }

  /** A member that sold 1,000 in each week and is forecast at 1,080. */
  private static PanelForecast weeks(String dimension, String member, int week) {
    double[] sold = new double[12 + week];
    Arrays.fill(sold, 1000);
    return new PanelForecast(
        dimension,
        List.of(new Series(member, Step.WEEK, START, 4, sold)),
        List.of(
            new MemberForecast(
                member,
                "combination",
                "",
                flat(1080),
                flat(1000),
                flat(1100),
                flat(900),
                flat(1200),
                flat(1000),
                flat(1000))),
        new double[0][][]);
  }

  private static LedgerRow row(List<LedgerRow> rows, String member) {
    return rows.stream()
        .filter(row -> row.member().equals(member) && row.horizon() == 1)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sellingDaysAreAPartOfTheirOwnAndInTheSentence() {
    // Alone 20 units, on days for 22 and for 18. Each of the two weeks has a holiday.
    PanelForecast flat = panel("total", "ALL", 20);
    PanelForecast north = panel("region", "NORTH", 20);
    MemberForecast alone =
        new MemberForecast(
                "NORTH",
                "combination",
                "",
                new double[] {22, 18},
                flat(10),
                flat(30),
                flat(5),
                flat(40),
                flat(20),
                flat(20))
            .withCalendar(new double[] {1.1, 0.9});
    SellingDays days =
        SellingDays.of(year -> Set.of(START.plusWeeks(12), START.plusWeeks(13).plusDays(2)));
    List<LedgerRow> rows =
        CoherentForecasts.of(
                List.of("region"),
                List.of(new Cell(List.of("NORTH"), 1)),
                List.of(
                    flat, new PanelForecast("region", north.panel(), List.of(alone), north.past())),
                List.of(),
                Optional.of(days))
            .stream()
            .filter(row -> row.method().equals(LedgerRow.FORECAST))
            .toList();
    assertThat(row(rows, "NORTH").words().parts().get(4), is(new BigDecimal("2.000000")));
    assertThat(row(rows, "NORTH").words().parts().get(5), is(new BigDecimal("0.000000")));
    assertThat(
        row(rows, "NORTH").words().sentence(), containsString(", with 2 selling days fewer: "));
    assertThat(
        "of a forecast that selling days do not change, nothing is said of them",
        row(rows, "ALL").words().sentence(),
        not(containsString("selling")));
    assertThat(row(rows, "ALL").words().parts().get(4), is(new BigDecimal("0.000000")));
  }

  @Test
  void orderOfDimensionsAndCellsChangesNothing() {
    List<LedgerRow> expected = published(CELLS, List.of(TOTAL, REGIONS));
    List<Cell> cells = new ArrayList<>(CELLS);
    List<PanelForecast> panels = new ArrayList<>(List.of(TOTAL, REGIONS));
    for (long seed = 1; seed <= 6; seed++) {
      Collections.shuffle(cells, new Random(seed));
      Collections.shuffle(panels, new Random(seed + 1));
      assertThat("seed " + seed, published(cells, panels), is(expected));
    }
  }

  @Test
  void cellWithoutASeriesIsADefectThatIsNamed() {
    List<Cell> cells = List.of(new Cell(List.of("NORTH"), 1), new Cell(List.of("EAST"), 1));
    IllegalStateException defect =
        assertThrows(IllegalStateException.class, () -> published(cells, List.of(TOTAL, REGIONS)));
    assertThat(defect.getMessage(), containsString("EAST"));
  }

  @Test
  void windowsOfThePastEndWhereTheForecastBegan() {
    PanelForecast north = panel("region", "NORTH", 20);
    // Twelve weeks; the windows are the last two pairs of them.
    assertThat(north.sold(0, 1), is(new double[] {21, 22}));
    assertThat(north.sold(0, 0), is(new double[] {22, 20}));
  }
}
