package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThetaTest {
  private static final SeasonalityTest CORRELATED = new ReferenceSeasonality();
  private static final SeasonalityTest NEVER = (history, season) -> false;
  private static final SeasonalityTest ALWAYS = (history, season) -> true;

  @Test
  void automaticChoiceAgreesWithTheReference() {
    assertAgrees(Theta.automatic(CORRELATED), "theta", List.of());
  }

  @Test
  void eachModelAgreesWithTheReference() {
    assertAgrees(Theta.of(ThetaForm.STANDARD, CORRELATED), "theta_stm", List.of());
    assertAgrees(Theta.of(ThetaForm.OPTIMISED, CORRELATED), "theta_otm", List.of());
    // four errors of seven values do not say where the search stops
    assertAgrees(Theta.of(ThetaForm.DYNAMIC, CORRELATED), "theta_dstm", List.of("seven"));
    assertAgrees(Theta.of(ThetaForm.DYNAMIC_OPTIMISED, CORRELATED), "theta_dotm", List.of());
  }

  private static void assertAgrees(Theta theta, String reference, List<String> flat) {
    List<Case> cases = ReferenceForecasts.of(reference);
    assertEquals(57, cases.size());
    List<String> wrong = new ArrayList<>();
    for (Case of : cases) {
      String line = of.compare(theta, flat.contains(of.key()) ? 3e-3 : 1e-4);
      if (!line.isEmpty()) {
        wrong.add(line);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void standardModelIsHalfLineAndHalfLevel() {
    // the line is 8 + 2 t; levels are 10, 11, 12.5 and 14.25; the counted error is 16 - 14.875
    ThetaFit fit = new ThetaFit(new double[] {10, 12, 14, 16}, ThetaForm.STANDARD);
    assertEquals(1.125 * 1.125 / 13, fit.value(new double[] {10, 0.5}), 1e-12);
    assertArrayEquals(new double[] {16.4375, 17.4375}, fit.forecast(2), 1e-12);
  }

  @Test
  void dynamicModelMovesItsLine() {
    // a straight line: from its second value on the moving line is the one that stands still
    ThetaFit fit = new ThetaFit(new double[] {10, 12, 14, 16}, ThetaForm.DYNAMIC);
    assertEquals(1.125 * 1.125 / 13, fit.value(new double[] {10, 0.5}), 1e-12);
    // the first forecast lies below the line: the slope falls from 2 to 1.6875
    assertArrayEquals(new double[] {16.4375, 17.1396484375}, fit.forecast(2), 1e-12);
  }

  @Test
  void seasonIsTakenOutOnlyWhereTheTestSeesIt() {
    double[] season = new double[24];
    Arrays.setAll(season, i -> 100 + 40 * (i % 4 == 1 ? 1 : 0));
    double[] seen = Theta.automatic(ALWAYS).forecast(season, 4, 8);
    assertArrayEquals(new double[] {100, 140, 100, 100, 100, 140, 100, 100}, seen, 0.5);
    double[] unseen = Theta.automatic(NEVER).forecast(season, 4, 8);
    assertTrue(Math.abs(unseen[1] - unseen[0]) < 5, Arrays.toString(unseen));
  }

  @Test
  void seasonOfValuesBelowZeroIsAdded() {
    double[] season = new double[24];
    Arrays.setAll(season, i -> i % 2 == 0 ? -30 : 10);
    assertArrayEquals(
        new double[] {-30, 10, -30, 10}, Theta.automatic(ALWAYS).forecast(season, 2, 4), 0.5);
  }

  @Test
  void testIsAskedOnlyAboutTwoSeasonsOrMore() {
    SeasonalityTest failing =
        (history, season) -> {
          throw new IllegalStateException("asked about " + history.length);
        };
    double[] rising = {3, 4, 6, 7, 9, 10, 12};
    assertEquals(3, Theta.automatic(failing).forecast(rising, 4, 3).length);
    assertEquals(3, Theta.automatic(failing).forecast(rising, 1, 3).length);
  }

  @Test
  void correlationSeesRepetitionAndMissesItUnderTrend() {
    double[] repeated = new double[20];
    Arrays.setAll(repeated, i -> 5 * (i % 4));
    assertTrue(CORRELATED.seasonal(repeated, 4));
    double[] rising = new double[20];
    Arrays.setAll(rising, i -> 5 * (i % 4) + 20 * i);
    assertFalse(CORRELATED.seasonal(rising, 4));
    assertFalse(CORRELATED.seasonal(new double[] {1, 2, 3, 4, 1, 2, 3}, 4));
    assertFalse(CORRELATED.seasonal(new double[] {1, 9, 1, 9, 1, 9, 1, 9}, 2));
    assertFalse(CORRELATED.seasonal(new double[20], 4));
  }

  @Test
  void namesSayTheModel() {
    assertEquals("theta", Theta.automatic(NEVER).name());
    assertEquals("theta_dynamic_optimised", Theta.of(ThetaForm.DYNAMIC_OPTIMISED, NEVER).name());
  }

  @Test
  void shortHistoriesAreForecastByTheirMean() {
    assertArrayEquals(new double[] {0}, Theta.automatic(ALWAYS).forecast(new double[0], 4, 1));
    assertArrayEquals(
        new double[] {5, 5}, Theta.automatic(ALWAYS).forecast(new double[] {4, 2, 9}, 1, 2), 1e-12);
  }

  @Test
  void oddHistoriesGiveFiniteForecasts() {
    Extremes.assertFinite(Theta.automatic(ALWAYS));
    Extremes.assertFinite(Theta.automatic(CORRELATED));
  }
}
