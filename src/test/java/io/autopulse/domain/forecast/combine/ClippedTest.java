package io.autopulse.domain.forecast.combine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.simple.HistoricMean;
import io.autopulse.domain.forecast.smoothing.Theta;
import io.autopulse.domain.forecast.smoothing.ThetaForm;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ClippedTest {
  private static final Method CLIPPED = new Clipped(new HistoricMean());

  private static double[] values(int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return values;
  }

  @Test
  void strikeAndDeliveryOfAFleetAreNotSeen() {
    // 400 and 404 in turn: a mean of 402, which 40,000 in one period would make 1,392
    double[] history = values(40, t -> t == 25 ? 40_000 : t == 12 ? 0 : t % 2 == 0 ? 400 : 404);
    assertTrue(CLIPPED.suits(history, 1));
    assertEquals(402, CLIPPED.forecast(history, 1, 2)[1], 4);
  }

  @Test
  void historyWithoutOutliersIsLeftToTheMethodItself() {
    assertFalse(CLIPPED.suits(values(40, t -> t % 2 == 0 ? 400 : 404), 1));
    // peaks of each January and July
    double[] peaks =
        values(60, t -> t % 12 == 0 ? 900 + t : t % 12 == 6 ? 700 - t : 100 + t * 7 % 13);
    assertFalse(CLIPPED.suits(peaks, 12));
  }

  @Test
  void errorsAreMeasuredByWhatWasSold() {
    double[] sold = values(40, t -> t == 38 ? 40_000 : t % 2 == 0 ? 400 : 404);
    Series series = new Series("any", Step.NUMBERED, LocalDate.EPOCH, 1, sold);
    Recipe recipe = new Recipe(List.of(CLIPPED), List.of(), 3, Optional.empty());
    Candidates candidates = new Candidates(recipe, List.of(series), 3, FitProgress.NONE);
    Backtest backtest = new Backtest(candidates, 0, 0, new Windows(3, 3));
    assertArrayEquals(new double[] {404, 40_000, 404}, backtest.actual(0));
    assertArrayEquals(new double[] {400, 400, 400}, backtest.naive(0));
  }

  @Test
  void nameSaysThatItIsClipped() {
    Theta theta = Theta.of(ThetaForm.DYNAMIC_OPTIMISED, (history, season) -> false);
    assertEquals("clipped_theta_dynamic_optimised", new Clipped(theta).name());
  }
}
