package io.autopulse.domain.forecast.combine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  /** Returns a trial in which combination and simple forecast lie so far above what came. */
  private static Trial trial(int season, double combined, double simple) {
    double[] values = new double[40];
    Arrays.setAll(values, t -> 100 + 5 * (t % 4) + t);
    Series series = new Series("any", Step.NUMBERED, LocalDate.EPOCH, season, values);
    Recipe recipe = new Recipe(List.of(new SeasonalNaive()), List.of(), 3, Optional.empty());
    Candidates candidates = new Candidates(recipe, List.of(series), 4, FitProgress.NONE);
    Backtest backtest = new Backtest(candidates, 0, 0, new Windows(4, 3));
    return new Trial(backtest, above(backtest, combined), above(backtest, simple));
  }

  private static double[][] above(Backtest backtest, double error) {
    double[][] forecasts = new double[backtest.windows()][];
    Arrays.setAll(
        forecasts, w -> Arrays.stream(backtest.actual(w)).map(came -> came + error).toArray());
    return forecasts;
  }

  @Test
  void combinationThatLosesByALittleIsNotPublishedWhateverItsSiblingsDid() {
    Choice choice = Choice.of(trial(4, 2.02, 2));
    assertThat(choice.kind(), is(Choice.Kind.SEASONAL_NAIVE));
    assertThat(
        choice.reason(),
        is("in 3 windows the combination had on average 1.010 times the error of seasonal naive"));
  }

  @Test
  void combinationThatIsAsGoodDoesNotBeatTheSimpleForecast() {
    assertThat(Choice.of(trial(4, 3, 3)).kind(), is(Choice.Kind.SEASONAL_NAIVE));
    assertThat(Choice.of(trial(1, 0, 0)).kind(), is(Choice.Kind.NAIVE));
  }

  @Test
  void combinationThatWinsByALittleIsPublishedWithoutAReason() {
    Choice choice = Choice.of(trial(4, 2, 2.02));
    assertThat(choice.kind(), is(Choice.Kind.COMBINATION));
    assertThat(choice.reason(), is(""));
  }

  @Test
  void seriesWithoutASeasonIsHeldAgainstNaive() {
    assertThat(
        Choice.of(trial(1, 9, 6)).reason(),
        is("in 3 windows the combination had on average 1.500 times the error of naive"));
  }
}
