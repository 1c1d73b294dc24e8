package io.autopulse.domain.forecast.combine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.season.PooledSeason;
import io.autopulse.domain.forecast.simple.HistoricMean;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import io.autopulse.domain.forecast.smoothing.SimpleSmoothing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  /** The shares of the months of a country whose plates change in January and July. */
  private static final double[] TWO_PEAKS = {
    3.1, 1.5, 1.4, 0.8, 0.7, 0.25, 2.6, 1.1, 0.5, 0.3, 0.12, 0.04
  };

  private static final Recipe RECIPE =
      new Recipe(
          List.of(new SeasonalNaive(), new SimpleSmoothing()),
          List.of(new PooledSeason(new SimpleSmoothing())),
          8,
          Optional.empty());

  private final Forecaster forecaster = new Forecaster(RECIPE);

  private static Series monthly(String key, int length, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return new Series(key, Step.MONTH, LocalDate.of(2016, 1, 1), 12, values);
  }

  private static List<Series> twoPeaks(int count, long seed) {
    Random random = new Random(seed);
    List<Series> panel = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double size = 50 * (i + 1);
      panel.add(
          monthly(
              "make " + i,
              110,
              t -> Math.rint(size * TWO_PEAKS[t % 12] * Math.exp(0.25 * random.nextGaussian()))));
    }
    return panel;
  }

  private static void assertSound(MemberForecast forecast, int horizon) {
    assertEquals(horizon, forecast.mean().length);
    for (int h = 0; h < horizon; h++) {
      assertTrue(Double.isFinite(forecast.upper95()[h]), forecast.key());
      assertTrue(0 <= forecast.lower95()[h], forecast.key());
      assertTrue(forecast.lower95()[h] <= forecast.lower80()[h], forecast.key());
      assertTrue(forecast.lower80()[h] <= forecast.mean()[h], forecast.key());
      assertTrue(forecast.mean()[h] <= forecast.upper80()[h], forecast.key());
      assertTrue(forecast.upper80()[h] <= forecast.upper95()[h], forecast.key());
    }
  }

  @Test
  void progressReachesTheFitsThatAreExpectedAlsoOfShortSeries() {
    List<Series> panel = new ArrayList<>(twoPeaks(3, 1));
    panel.add(monthly("new", 4, t -> t));
    LongAdder expected = new LongAdder();
    LongAdder done = new LongAdder();
    new Forecaster(
            RECIPE,
            new FitProgress() {
              @Override
              public void expected(long fits) {
                expected.add(fits);
              }

              @Override
              public void done(long fits) {
                done.add(fits);
              }
            })
        .forecast(panel, 6);
    assertThat("4 series, now and in 8 windows", expected.sum(), is(36L));
    assertThat(done.sum(), is(36L));
  }

  @Test
  void seriesThatRepeatsItselfIsPublishedAsSeasonalNaiveWithTheReason() {
    Series repeats = monthly("repeats", 96, t -> 100 + 37 * (t % 12) % 50);
    MemberForecast forecast = forecaster.forecast(List.of(repeats), 12).get(0);
    assertThat(forecast.method(), is("seasonal_naive"));
    assertThat(
        forecast.reason(),
        is("in 8 windows the combination had on average 4.000 times the error of seasonal naive"));
    assertArrayEquals(Arrays.copyOf(repeats.values(), 12), forecast.mean());
  }

  @Test
  void seriesWithoutSeasonIsHeldAgainstNaive() {
    Random random = new Random(2);
    double[] walk = new double[80];
    walk[0] = 1000;
    for (int t = 1; t < walk.length; t++) {
      walk[t] = walk[t - 1] + 10 * random.nextGaussian();
    }
    Series series = new Series("walk", Step.NUMBERED, LocalDate.EPOCH, 1, walk);
    Recipe mean = new Recipe(List.of(new HistoricMean()), List.of(), 8, Optional.empty());
    MemberForecast forecast = new Forecaster(mean).forecast(List.of(series), 6).get(0);
    assertThat(forecast.method(), is("naive"));
    assertThat(forecast.reason(), containsString("times the error of naive"));
    assertEquals(walk[79], forecast.mean()[5]);
  }

  @Test
  void noisySeasonsAreCombinedAndBeatSeasonalNaive() {
    Random random = new Random(6);
    List<Series> panel = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      panel.add(
          monthly(
              "make " + i,
              110,
              t -> Math.max(0, 300 + 90 * Math.sin(t * Math.PI / 6) + 45 * random.nextGaussian())));
    }
    assertThat(ratioToSeasonalNaive(panel, 12), lessThan(0.85));
  }

  @Test
  void marketOfTwoPeaksAYearIsNeverForecastWorseThanBySeasonalNaive() {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(ratioToSeasonalNaive(twoPeaks(6, seed), 12), lessThan(1.0));
    }
  }

  @Test
  void strongSeasonOfTwoPeaksIsNotForecastWorseThanBySeasonalNaiveOnItsOwn() {
    List<Integer> origins = IntStream.range(0, 12).map(k -> 12 + 2 * k).boxed().toList();
    for (double noise : new double[] {0.05, 0.15, 0.3}) {
      double mean = 0;
      for (long seed = 1; seed <= 6; seed++) {
        Random random = new Random(seed);
        Series series =
            monthly(
                "alone",
                110,
                t -> Math.rint(400 * TWO_PEAKS[t % 12] * Math.exp(noise * random.nextGaussian())));
        double ratio = ratioToSeasonalNaive(List.of(series), 12, origins);
        // in the two years of one series the last season may be right by chance
        assertThat("noise " + noise + ", seed " + seed, ratio, lessThan(1.02));
        mean += ratio / 6;
      }
      assertThat("noise " + noise, mean, lessThan(0.9));
    }
  }

  private double ratioToSeasonalNaive(List<Series> panel, int horizon) {
    return ratioToSeasonalNaive(panel, horizon, List.of(horizon, horizon + 4, horizon + 8));
  }

  private double ratioToSeasonalNaive(List<Series> panel, int horizon, List<Integer> origins) {
    double[] errors = new double[2];
    forecaster.roll(
        panel,
        horizon,
        origins,
        (shift, forecasts) -> {
          for (int i = 0; i < forecasts.size(); i++) {
            Series series = panel.get(i);
            for (int h = 0; h < horizon; h++) {
              double actual = series.values()[series.length() - shift + h];
              errors[0] += Math.abs(actual - forecasts.get(i).mean()[h]);
              errors[1] += Math.abs(actual - forecasts.get(i).seasonalNaive()[h]);
            }
          }
        });
    return errors[0] / errors[1];
  }

  @Test
  void forecastFromAnOriginSeesNothingAfterIt() {
    List<Series> panel = twoPeaks(3, 9);
    List<Series> then = panel.stream().map(series -> series.first(90)).toList();
    List<MemberForecast> expected = forecaster.forecast(then, 6);
    forecaster.roll(
        panel,
        6,
        List.of(6, 20),
        (shift, forecasts) -> {
          for (int i = 0; i < 3 && shift == 20; i++) {
            assertArrayEquals(expected.get(i).mean(), forecasts.get(i).mean());
            assertArrayEquals(expected.get(i).upper95(), forecasts.get(i).upper95());
          }
        });
  }

  @Test
  void oneThreadGivesTheSameNumbersAsMany() throws Exception {
    List<Series> panel = twoPeaks(5, 11);
    List<MemberForecast> many = forecaster.forecast(panel, 12);
    ForkJoinPool single = new ForkJoinPool(1);
    try {
      List<MemberForecast> one = single.submit(() -> forecaster.forecast(panel, 12)).get();
      for (int i = 0; i < panel.size(); i++) {
        assertArrayEquals(many.get(i).mean(), one.get(i).mean());
        assertArrayEquals(many.get(i).lower80(), one.get(i).lower80());
      }
    } finally {
      single.shutdown();
    }
  }

  @Test
  void anyHistoryIsAnsweredHoweverShort() {
    List<Series> panel = new ArrayList<>();
    for (int length : new int[] {0, 1, 2, 5, 11, 12, 13, 25, 40}) {
      panel.add(monthly("zeros " + length, length, t -> 0));
      panel.add(monthly("rising " + length, length, t -> 3 * t));
    }
    List<MemberForecast> forecasts = forecaster.forecast(panel, 12);
    forecasts.forEach(forecast -> assertSound(forecast, 12));
    assertThat(forecasts.get(0).method(), is("naive"));
    assertThat(forecasts.get(0).reason(), is("the history is too short for a backtest"));
    assertThat(forecaster.forecast(List.of(), 12), is(empty()));
  }

  @Test
  void seriesThatIsLongForItsSiblingsIsSoundLikeThem() {
    List<Series> panel = new ArrayList<>(twoPeaks(4, 5));
    panel.add(monthly("old", 240, t -> 50 + t % 7));
    forecaster.forecast(panel, 18).forEach(forecast -> assertSound(forecast, 18));
  }

  @Test
  void sellingDaysOfTheFutureAreInTheForecast() {
    // Weekdays sell, so a month of 23 of them sells more than one of 20.
    SellingDays days = SellingDays.of(year -> Set.of());
    Random random = new Random(7);
    Series series =
        monthly(
            "total",
            120,
            t ->
                100
                    * days.of(LocalDate.of(2016, 1, 1).plusMonths(t), Step.MONTH)
                    * Math.exp(0.01 * random.nextGaussian()));
    Recipe flat = new Recipe(List.of(new SimpleSmoothing()), List.of(), 8, Optional.of(days));
    MemberForecast forecast = new Forecaster(flat).forecast(List.of(series), 12).get(0);
    assertThat(forecast.method(), is("combination"));
    for (int h = 0; h < 12; h++) {
      double expected = 100 * days.of(series.day(120 + h), Step.MONTH);
      assertEquals(expected, forecast.mean()[h], 0.03 * expected);
      // The method carries one value forward: the rest is said to be selling days.
      assertEquals(
          forecast.mean()[0] / forecast.calendar()[0],
          forecast.mean()[h] / forecast.calendar()[h],
          1e-9);
    }
  }

  @Test
  void simpleForecastHasTheSellingDaysThatItCarriesForward() {
    SellingDays days = SellingDays.of(year -> Set.of());
    Series series =
        monthly(
            "total", 30, t -> 100 * days.of(LocalDate.of(2016, 1, 1).plusMonths(t), Step.MONTH));
    MemberForecast forecast =
        new Forecaster(Recipe.standard().withSellingDays(days))
            .forecast(List.of(series.first(5)), 3)
            .get(0);
    assertThat(forecast.method(), is("naive"));
    assertArrayEquals(new double[] {1, 1, 1}, forecast.calendar());
  }
}
