package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.hierarchy.Cell;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
    return CoherentForecasts.of(List.of("region"), cells, panels).stream()
        .filter(row -> row.method().equals(LedgerRow.FORECAST))
        .toList();
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
