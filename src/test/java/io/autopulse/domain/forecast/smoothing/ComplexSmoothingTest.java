package io.autopulse.domain.forecast.smoothing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComplexSmoothingTest {
  private static final double SHARE = 1e-4;

  /** Searches that end for want of iterations, or between two valleys: no last bit is the same. */
  private static final Map<String, Double> UNSETTLED =
      Map.of(
          "outlier", 2e-3,
          "intermittent", 4e-2,
          "quarter_zeros", 3e-3,
          "month_additive", 1e-3,
          "month_multiplicative", 4e-4,
          "month_two_years", 1e-3,
          "month_noise", 1e-3);

  @Test
  void forecastsAgreeWithTheReference() {
    ComplexSmoothing method = new ComplexSmoothing();
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (Case of : ReferenceForecasts.of("ces")) {
      if (of.values().length >= 5) {
        compared++;
        String line = of.compare(method, UNSETTLED.getOrDefault(of.key(), SHARE));
        if (!line.isEmpty()) {
          wrong.add(line);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(56, compared);
  }

  @Test
  void levelFollowsTheValuesForwardsBackwardsAndForwards() {
    // an imaginary weight of 1 leaves simple smoothing, here with the weight 0.5: from the mean 6
    // forwards 5 and 6.5, back 7.25 and 5.625, forwards 4.8125 and 6.40625
    ComplexFit fit = new ComplexFit(new double[] {4, 8}, ComplexFit.Form.NONE, 1);
    double squares = 1.625 * 1.625 + 3.1875 * 3.1875;
    assertEquals(2 * Math.log(squares), fit.value(new double[] {1.5, 1}), 1e-12);
    assertArrayEquals(new double[] {6.40625, 6.40625}, fit.forecast(2), 1e-12);
  }

  @Test
  void simpleSeasonHasALevelForEachPeriod() {
    // forwards 4 to 5 and 8 to 9, back 9 to 8.75 and 5 to 4.75, forwards 5.1875 and 9.1875
    ComplexFit fit = new ComplexFit(new double[] {4, 8, 6, 10}, ComplexFit.Form.SIMPLE, 2);
    double squares = 2 * (0.75 * 0.75 + 1.625 * 1.625);
    assertEquals(4 * Math.log(squares), fit.value(new double[] {1.5, 1}), 1e-12);
    assertArrayEquals(new double[] {5.1875, 9.1875, 5.1875}, fit.forecast(3), 1e-12);
  }

  @Test
  void partialSeasonIsAddedToTheLevel() {
    // nothing is learnt: the level stays at the first season's mean, the season as it was found
    double[] y = {13, 9, 13, 9, 13, 9};
    ComplexFit fit = new ComplexFit(y, ComplexFit.Form.PARTIAL, 2);
    assertEquals(-1e10, fit.value(new double[] {1, 1, 0})); // no error at all
    assertArrayEquals(new double[] {13, 9, 13, 9}, fit.forecast(4), 1e-12);
  }

  @Test
  void seasonOfWeeksIsLeftOut() {
    double[] weeks =
        ReferenceForecasts.of("ces").stream()
            .filter(of -> of.key().equals("week_year"))
            .findFirst()
            .orElseThrow()
            .values();
    ComplexSmoothing method = new ComplexSmoothing();
    assertArrayEquals(method.forecast(weeks, 1, 8), method.forecast(weeks, 52, 8));
  }

  @Test
  void shortHistoriesAreForecastByTheirMean() {
    ComplexSmoothing method = new ComplexSmoothing();
    assertEquals("ces", method.name());
    assertArrayEquals(new double[] {0}, method.forecast(new double[0], 1, 1));
    assertArrayEquals(
        new double[] {3.5, 3.5}, method.forecast(new double[] {2, 5, 3, 4}, 2, 2), 1e-12);
  }

  @Test
  void oddHistoriesGiveFiniteForecasts() {
    Extremes.assertFinite(new ComplexSmoothing());
  }
}
