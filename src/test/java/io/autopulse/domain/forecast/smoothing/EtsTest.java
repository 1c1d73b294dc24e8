package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EtsTest {
  private static final double SHARE = 1e-4;

  @Test
  void automaticChoiceAgreesWithTheReference() {
    // the likelihood of these is so flat that the last bit of the start decides where it ends
    List<String> flat = List.of("month_trend", "week_noise");
    assertAgrees(Ets.automatic(), "ets", flat, 55);
  }

  @Test
  void holtAgreesWithTheReference() {
    assertAgrees(Ets.holt(), "holt", List.of("quarter_trend"), 54);
  }

  @Test
  void dampedHoltAgreesWithTheReference() {
    assertAgrees(Ets.holtDamped(), "holt_damped", List.of("month_noise"), 53);
  }

  private static void assertAgrees(Ets ets, String reference, List<String> flat, int answered) {
    List<Case> cases = ReferenceForecasts.of(reference);
    assertEquals(answered, cases.size());
    List<String> wrong = new ArrayList<>();
    for (Case of : cases) {
      double deviation = of.deviation(asTheReferenceDamps(ets, of));
      if (!(deviation <= (flat.contains(of.key()) ? 10 * SHARE : SHARE))) {
        wrong.add(of.key() + " by " + deviation);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Forecasts with the growth of a damped trend added up as the reference does it. */
  private static double[] asTheReferenceDamps(Ets ets, Case of) {
    double[] forecast = ets.forecast(of.values(), of.season(), of.forecast().length);
    EtsState state = PlainForecast.constant(of.values()) ? null : ets.fit(of.values(), of.season());
    if (state != null && state.form().damped()) {
      double steps = state.phi();
      for (int i = 0; i < forecast.length; i++) {
        forecast[i] = state.at(steps, i);
        steps += Math.pow(state.phi(), i + 1);
      }
    }
    return forecast;
  }

  @Test
  void dampedGrowthFadesByPhi() {
    EtsState state = new EtsState(EtsForm.HOLT_DAMPED, 100, 10, 0.5, new double[0]);
    assertArrayEquals(new double[] {105, 107.5, 108.75, 109.375}, state.forecast(4));
    EtsState plain = new EtsState(EtsForm.HOLT, 20, -3, 1, new double[0]);
    assertArrayEquals(new double[] {17, 14, 11}, plain.forecast(3));
  }

  @Test
  void seasonIsAddedOrMultipliedInItsOrder() {
    EtsForm added = new EtsForm(false, false, false, EtsForm.Season.ADDITIVE);
    assertArrayEquals(
        new double[] {51, 48, 51}, new EtsState(added, 50, 0, 1, new double[] {1, -2}).forecast(3));
    EtsForm multiplied = new EtsForm(true, true, false, EtsForm.Season.MULTIPLICATIVE);
    assertArrayEquals(
        new double[] {30, 6, 42, 8},
        new EtsState(multiplied, 8, 2, 1, new double[] {3, 0.5}).forecast(4));
  }

  @Test
  void likelihoodIsThatOfOneStepErrors() {
    // level 10, alpha 0.5: errors 2, -1, 1.5 and levels 11, 10.5, 11.25; squares add up to 7.25
    double[] y = {12, 10, 12};
    EtsForm plain = new EtsForm(false, false, false, EtsForm.Season.NONE);
    EtsLikelihood level = new EtsLikelihood(y, plain, 1);
    assertEquals(3 * Math.log(7.25), level.value(new double[] {0.5, 10}), 1e-12);
    assertEquals(11.25, level.after(new double[] {0.5, 10}).level(), 1e-12);
    // relative errors 0.2, -1/11 and 1/7; their likelihood adds the logs of 10, 11 and 10.5
    EtsForm relative = new EtsForm(true, false, false, EtsForm.Season.NONE);
    double squares = 0.04 + 1 / 121.0 + 1 / 49.0;
    assertEquals(
        3 * Math.log(squares) + 2 * Math.log(10 * 11 * 10.5),
        new EtsLikelihood(y, relative, 1).value(new double[] {0.5, 10}),
        1e-12);
  }

  @Test
  void twoFormsSideBySideHaveTheValuesThatEachHasAlone() {
    // the last three values are large enough that the product of forecasts is taken to logs
    double[] y = {12, 15, 11, 0.5, 18, 22, 4e70, 5e70, 3e70};
    List<EtsForm> forms = EtsForm.candidates(true, false);
    double[][] at = {{0.3, 13}, {0.4, 0.1, 0.9, 11, 0.5}, {0.3, 0.2, 13, -0.25}};
    for (int i = 0; i < forms.size(); i++) {
      for (int j = 0; j < forms.size(); j++) {
        EtsLikelihood one = new EtsLikelihood(y, forms.get(i), 1);
        EtsLikelihood other = new EtsLikelihood(y, forms.get(j), 1);
        assertTrue(one.goesWithOthers());
        double[] values = new double[2];
        one.values(at[i % 3], other, at[j % 3], values);
        assertEquals(new EtsLikelihood(y, forms.get(i), 1).value(at[i % 3]), values[0]);
        assertEquals(new EtsLikelihood(y, forms.get(j), 1).value(at[j % 3]), values[1]);
      }
    }
  }

  @Test
  void formsWithASeasonAreFittedAlone() {
    EtsForm seasonal = new EtsForm(false, true, false, EtsForm.Season.ADDITIVE);
    assertFalse(new EtsLikelihood(new double[8], seasonal, 4).goesWithOthers());
  }

  @Test
  void criterionPunishesParametersOfShortHistories() {
    assertEquals(20, Ets.criterion(10, 3, 10)); // 10 + 6 + 24 / 6
    assertEquals(15.2, Ets.criterion(10, 2, 13), 1e-12); // 10 + 4 + 12 / 10
    assertEquals(Double.POSITIVE_INFINITY, Ets.criterion(10, 3, 4));
  }

  @Test
  void nothingIsMultipliedThatMayBeZero() {
    assertEquals(6, EtsForm.candidates(false, true).size());
    assertTrue(EtsForm.candidates(false, true).stream().noneMatch(EtsForm::multiplicativeError));
    assertEquals(3, EtsForm.candidates(false, false).size());
    assertEquals(15, EtsForm.candidates(true, true).size());
    assertEquals(6, EtsForm.candidates(true, false).size());
  }

  @Test
  void seasonOfWeeksIsLeftOut() {
    Case weeks = series("week_year");
    assertArrayEquals(
        Ets.automatic().forecast(weeks.values(), 1, 8),
        Ets.automatic().forecast(weeks.values(), 52, 8));
  }

  @Test
  void onlyTheNewestValuesCount() {
    double[] all = series("noise_long").values();
    double[] longer = new double[300];
    Arrays.fill(longer, 0, 40, 9000);
    System.arraycopy(all, 0, longer, 40, 260);
    assertEquals("ets_260", Ets.ofLast(260).name());
    assertArrayEquals(Ets.automatic().forecast(all, 1, 5), Ets.ofLast(260).forecast(longer, 1, 5));
    assertArrayEquals(Ets.automatic().forecast(all, 1, 5), Ets.ofLast(260).forecast(all, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> Ets.ofLast(0));
  }

  @Test
  void sameHistoryGivesTheSameForecastAndStaysAsItIs() {
    double[] values = series("month_trend").values();
    double[] before = values.clone();
    double[] once = Ets.automatic().forecast(values, 12, 9);
    assertArrayEquals(once, Ets.automatic().forecast(values, 12, 9));
    assertArrayEquals(before, values);
  }

  @Test
  void shortHistoriesAreForecastByTheirMean() {
    assertArrayEquals(new double[] {0, 0}, Ets.automatic().forecast(new double[0], 1, 2));
    assertArrayEquals(new double[] {7}, Ets.automatic().forecast(new double[] {7}, 12, 1));
    assertArrayEquals(
        new double[] {4, 4, 4}, Ets.holt().forecast(new double[] {2, 3, 7}, 4, 3), 1e-12);
  }

  @Test
  void oddHistoriesGiveFiniteForecasts() {
    for (Ets ets : List.of(Ets.automatic(), Ets.holtDamped())) {
      Extremes.assertFinite(ets);
    }
  }

  private static Case series(String key) {
    Stream<Case> all = ReferenceForecasts.of("ets").stream();
    return all.filter(of -> of.key().equals(key)).findFirst().orElseThrow();
  }
}
