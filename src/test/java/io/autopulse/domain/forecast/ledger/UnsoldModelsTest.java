package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.hierarchy.Backtest;
import io.autopulse.domain.forecast.hierarchy.Cell;
import io.autopulse.domain.forecast.hierarchy.Coherent;
import io.autopulse.domain.forecast.hierarchy.Hierarchy;
import io.autopulse.domain.forecast.hierarchy.Node;
import io.autopulse.domain.forecast.hierarchy.Reconciliation;
import io.autopulse.domain.forecast.hierarchy.Way;
import io.autopulse.domain.forecast.life.KnownVehicle;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnsoldModelsTest {
  private static final LocalDate END = LocalDate.parse("2026-08-03");
  private static final List<String> ATTRIBUTES = List.of("make", "model", "powertrain", "region");

  /** RENAULT sells three in the north to one in the south; FIAT in the south alone. */
  private static final List<Cell> CELLS =
      List.of(
          new Cell(List.of("RENAULT", "RENAULT CLIO", "ICE", "NORTH"), 300),
          new Cell(List.of("RENAULT", "RENAULT CLIO", "ICE", "SOUTH"), 100),
          new Cell(List.of("FIAT", "FIAT 500", "BEV", "SOUTH"), 200),
          new Cell(List.of("FIAT", "FIAT 500", "BEV", "EAST"), 0));

  private static final List<KnownVehicle> VEHICLES =
      List.of(
          vehicle("M1", "RENAULT", "CLIO", "ICE"),
          vehicle("M2", "FIAT", "500", "BEV"),
          vehicle("M3", "RENAULT", "5", "BEV"),
          vehicle("M4", "RENAULT", "5", null),
          vehicle("M5", "BYD", "SEAL", "BEV"));

  private static KnownVehicle vehicle(
      String id, String make, String model, @Nullable String powertrain) {
    return new KnownVehicle(id, make, make + " " + model, null, powertrain, null, null, null, null);
  }

  private static MemberForecast forecast(String member, double... mean) {
    double[] half = new double[mean.length];
    double[] twice = new double[mean.length];
    for (int h = 0; h < mean.length; h++) {
      half[h] = mean[h] / 2;
      twice[h] = mean[h] * 2;
    }
    return new MemberForecast(member, "x", "", mean, half, twice, half, twice, mean, mean);
  }

  /** Members that sold as they are forecast; those that are not sold have no history. */
  private static PanelForecast panel(String dimension, int sold, MemberForecast... forecasts) {
    List<Series> series = new ArrayList<>();
    double[][][] past = new double[2][forecasts.length][2];
    for (int i = 0; i < forecasts.length; i++) {
      double[] values = new double[i < sold ? 8 : 0];
      for (int t = 0; t < values.length; t++) {
        values[t] = forecasts[i].mean()[0] + t % 2;
      }
      series.add(
          new Series(forecasts[i].key(), Step.WEEK, END.minusWeeks(values.length), 52, values));
      for (int w = 0; w < 2; w++) {
        double mean = i < sold ? forecasts[i].mean()[0] : Double.NaN;
        past[w][i] = new double[] {mean, mean};
      }
    }
    return new PanelForecast(dimension, series, List.of(forecasts), past);
  }

  private static List<PanelForecast> panels() {
    return List.of(
        panel("total", 1, forecast("ALL", 60, 60)),
        panel("make", 2, forecast("FIAT", 20, 20), forecast("RENAULT", 40, 40)),
        panel(
            "model",
            2,
            forecast("FIAT 500", 20, 20),
            forecast("RENAULT CLIO", 40, 40),
            forecast("BYD SEAL", 6, 12),
            forecast("RENAULT 5", 0, 8)),
        panel(
            "region",
            3,
            forecast("EAST", 0, 0),
            forecast("NORTH", 30, 30),
            forecast("SOUTH", 30, 30)),
        panel(
            "region x model",
            4,
            forecast("EAST x FIAT 500", 0, 0),
            forecast("NORTH x RENAULT CLIO", 30, 30),
            forecast("SOUTH x FIAT 500", 20, 20),
            forecast("SOUTH x RENAULT CLIO", 10, 10)));
  }

  private static Map<String, String> cells(UnsoldModels placed) {
    Map<String, String> cells = new TreeMap<>();
    for (Cell cell : placed.cells().subList(4, placed.cells().size())) {
      cells.put(String.join(", ", cell.members()), cell.weight() + " from " + cell.launch());
    }
    return cells;
  }

  private static MemberForecast of(UnsoldModels placed, String dimension, String member) {
    for (PanelForecast panel : placed.panels()) {
      for (MemberForecast forecast : panel.forecasts()) {
        if (panel.dimension().equals(dimension) && forecast.key().equals(member)) {
          return forecast;
        }
      }
    }
    throw new AssertionError("no " + dimension + " " + member);
  }

  @Test
  void regionsTakeTheSharesOfTheMakeAndKindsEqualParts() {
    UnsoldModels placed = UnsoldModels.place(ATTRIBUTES, CELLS, panels(), VEHICLES);

    // Nine a week: 468 a year, half of 600 each in the north and in the south. Eight a week from
    // the
    // second week on: 416 a year, of each powertrain 208, three quarters in the north.
    assertThat(
        cells(placed),
        is(
            new TreeMap<>(
                Map.of(
                    "BYD, BYD SEAL, BEV, NORTH", "234.0 from 0",
                    "BYD, BYD SEAL, BEV, SOUTH", "234.0 from 0",
                    "RENAULT, RENAULT 5, BEV, NORTH", "156.0 from 1",
                    "RENAULT, RENAULT 5, BEV, SOUTH", "52.0 from 1",
                    "RENAULT, RENAULT 5, UNKNOWN, NORTH", "156.0 from 1",
                    "RENAULT, RENAULT 5, UNKNOWN, SOUTH", "52.0 from 1"))));
  }

  @Test
  void nodesThatNoSoldCellLiesInAreSumsOfTheirModels() {
    UnsoldModels placed = UnsoldModels.place(ATTRIBUTES, CELLS, panels(), VEHICLES);

    MemberForecast north = of(placed, "region x model", "NORTH x RENAULT 5");
    assertThat(north.mean(), is(new double[] {0, 6}));
    assertThat(north.lower80(), is(new double[] {0, 3}));
    assertThat(north.upper95(), is(new double[] {0, 12}));
    assertThat(north.naive(), is(new double[] {0, 0}));
    assertThat(north.reason(), is("models that are not sold yet"));
    assertThat("a new make", of(placed, "make", "BYD").mean(), is(new double[] {6, 12}));
    assertThat("others stay", of(placed, "make", "RENAULT").mean(), is(new double[] {40, 40}));
    assertThat(of(placed, "total", "ALL").mean(), is(new double[] {60, 60}));
  }

  @Test
  void withoutUnsoldModelsNothingIsPlaced() {
    List<PanelForecast> sold = panels().subList(0, 2);
    UnsoldModels placed = UnsoldModels.place(ATTRIBUTES, CELLS, sold, VEHICLES);
    assertThat(placed.cells(), is(CELLS));
    assertThat(placed.panels(), is(sold));
  }

  @Test
  void regionsThatSoldNothingLatelyTakeEqualParts() {
    List<Cell> old = CELLS.stream().map(cell -> new Cell(cell.members(), 0)).toList();
    UnsoldModels placed = UnsoldModels.place(ATTRIBUTES, old, panels(), VEHICLES);
    // Of the cells two lie in the south.
    assertThat(of(placed, "region x model", "SOUTH x RENAULT 5").mean(), is(new double[] {0, 4}));
  }

  @Test
  void launchesAddUpInEveryDimensionAndSellNothingBefore() {
    UnsoldModels placed = UnsoldModels.place(ATTRIBUTES, CELLS, panels(), VEHICLES);
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (LedgerRow row : rows(placed)) {
      if (row.method().equals(LedgerRow.FORECAST)) {
        sums.merge(row.dimension() + " " + row.horizon(), row.mean(), BigDecimal::add);
        if (row.member().contains("RENAULT 5")) {
          assertThat(row.member(), row.mean().signum() > 0, is(row.horizon() == 2));
          assertThat(row.bounds().get(3).signum() > 0, is(row.horizon() == 2));
        }
      }
    }
    for (String dimension : List.of("make", "model", "region", "region x model")) {
      assertThat(dimension, sums.get(dimension + " 1"), is(sums.get("total 1")));
      assertThat(dimension, sums.get(dimension + " 2"), is(sums.get("total 2")));
    }
  }

  /** Whatever way is chosen, weights give nothing to what is not launched. */
  @Test
  void noWayGivesACellUnitsBeforeItsLaunch() {
    List<Cell> cells =
        List.of(new Cell(List.of("A", "D1"), 10), new Cell(List.of("B", "D1"), 500, 1));
    Hierarchy hierarchy =
        Hierarchy.of(List.of("model", "dealer"), List.of("total", "dealer"), cells);
    for (Way way : Way.values()) {
      Coherent coherent =
          Reconciliation.by(way, hierarchy, Backtest.none())
              .apply(List.of(forecast("D1", 20, 20), forecast("ALL", 20, 20)));
      assertThat(way.toString(), coherent.cells()[0][0], is(20L));
      assertThat(way.toString(), coherent.cells()[1][0], is(0L));
      assertThat(way.toString(), coherent.cells()[1][1] > 0, is(true));
      assertThat(hierarchy.index(new Node("total", "ALL")), is(0));
    }
  }

  @Test
  void orderChangesNothing() {
    List<KnownVehicle> vehicles = new ArrayList<>(VEHICLES);
    List<Cell> cells = new ArrayList<>(CELLS);
    List<LedgerRow> expected = rows(cells, vehicles);
    for (long seed = 1; seed <= 4; seed++) {
      Collections.shuffle(vehicles, new Random(seed));
      Collections.shuffle(cells, new Random(seed + 1));
      assertThat("seed " + seed, rows(cells, vehicles), is(expected));
    }
  }

  private static List<LedgerRow> rows(List<Cell> cells, List<KnownVehicle> vehicles) {
    UnsoldModels placed = UnsoldModels.place(ATTRIBUTES, cells, panels(), vehicles);
    return rows(placed);
  }

  private static List<LedgerRow> rows(UnsoldModels placed) {
    return CoherentForecasts.of(
        ATTRIBUTES, placed.cells(), placed.panels(), List.of(), Optional.empty());
  }
}
