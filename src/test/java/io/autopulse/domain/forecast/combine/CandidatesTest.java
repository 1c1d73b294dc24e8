package io.autopulse.domain.forecast.combine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.season.PooledSeason;
import io.autopulse.domain.forecast.simple.HistoricMean;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final Recipe MEANS =
      new Recipe(
          List.of(new HistoricMean()),
          List.of(new PooledSeason(new HistoricMean())),
          3,
          Optional.empty());

  private static Series series(int length, int season, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return new Series("any", Step.NUMBERED, LocalDate.EPOCH, season, values);
  }

  @Test
  void strikeAndDeliveryOfAFleetAreClippedInWhatMethodsSee() {
    // 400 and 404 in turn: a mean of 402, which 40,000 in one period would make 1,392
    Series series = series(40, 1, t -> t == 25 ? 40_000 : t == 12 ? 0 : t % 2 == 0 ? 400 : 404);
    double[][] forecasts = new Candidates(MEANS, List.of(series), 2).at(0)[0];
    assertEquals(402, forecasts[0][1], 4);
    assertEquals(402, forecasts[1][1], 4);
  }

  @Test
  void errorsAreMeasuredByWhatWasSold() {
    Series series = series(40, 1, t -> t == 38 ? 40_000 : t % 2 == 0 ? 400 : 404);
    Candidates candidates = new Candidates(MEANS, List.of(series), 3);
    Backtest backtest = new Backtest(candidates, 0, 0, new Windows(3, 3));
    assertArrayEquals(new double[] {404, 40_000, 404}, backtest.actual(0));
    assertArrayEquals(new double[] {400, 400, 400}, backtest.naive(0));
  }

  @Test
  void peaksOfEachJanuaryAndJulyAreSeenAsTheyAre() {
    Series series =
        series(60, 12, t -> t % 12 == 0 ? 900 + t : t % 12 == 6 ? 700 - t : 100 + t * 7 % 13);
    Recipe last = new Recipe(List.of(new SeasonalNaive()), List.of(), 3, Optional.empty());
    double[][] forecasts = new Candidates(last, List.of(series), 12).at(0)[0];
    assertArrayEquals(Arrays.copyOfRange(series.values(), 48, 60), forecasts[0]);
  }
}
