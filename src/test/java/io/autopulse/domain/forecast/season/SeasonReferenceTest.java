package io.autopulse.domain.forecast.season;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import io.autopulse.domain.forecast.simple.Drift;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** The reference decomposes series without a season as if five periods made one; so does this. */
class SeasonReferenceTest {
  private static final double CLOSE = 1e-7;
  private static final int AS_STATSMODELS = 15;
  private static final StlWith DRIFT = StlWith.plain(new Drift());

  private static int season(Case series) {
    return series.season() > 1 ? series.season() : 5;
  }

  /** Returns the series of at least two seasons, of which there must be so many. */
  private static List<Case> cases(String file, int count, ToIntFunction<Case> season) {
    List<Case> cases =
        ReferenceForecasts.of(file).stream()
            .filter(series -> series.values().length >= 2 * season.applyAsInt(series))
            .toList();
    assertThat(file, cases.size(), is(count));
    return cases;
  }

  private static void checkForecasts(String file, StlWith method) {
    for (Case series : cases(file, 51, SeasonReferenceTest::season)) {
      double[] mean = method.forecast(series.values(), season(series), series.forecast().length);
      assertThat(file + " " + series.key(), series.deviation(mean), is(lessThan(CLOSE)));
    }
  }

  private static void checkTrends(String file, int robustRounds, int degree) {
    for (Case series : cases(file, 51, SeasonReferenceTest::season)) {
      Stl stl = new Stl(season(series), 11, degree, 5, 0);
      double[] trend =
          (robustRounds > 0 ? stl.robust(robustRounds) : stl).fit(series.values()).trend();
      int n = trend.length;
      double[] ends = {trend[0], trend[1], trend[2], trend[n - 3], trend[n - 2], trend[n - 1]};
      assertThat(file + " " + series.key(), series.deviation(ends), is(lessThan(CLOSE)));
    }
  }

  @Test
  void adjustedSeriesAndSeasonAreForecastAsTheReferenceDoes() {
    checkForecasts("stl_drift", DRIFT);
  }

  @Test
  void robustDecompositionForecastsAsTheReferenceDoes() {
    checkForecasts("stl_robust_drift", DRIFT.robust(AS_STATSMODELS));
  }

  @Test
  void severalSeasonsAreForecastAsTheReferenceDoes() {
    for (Case series : cases("mstl_drift", 48, of -> Math.max(season(of), 12))) {
      StlWith method = DRIFT.seasons(4, season(series) > 4 ? season(series) : 12);
      double[] mean = method.forecast(series.values(), 1, series.forecast().length);
      assertThat(series.key(), series.deviation(mean), is(lessThan(CLOSE)));
    }
  }

  @Test
  void trendsAreThoseOfTheReference() {
    checkTrends("stl_trend", 0, 0);
    checkTrends("stl_lines_trend", 0, 1);
    checkTrends("stl_robust_trend", AS_STATSMODELS, 0);
  }

  @Test
  void strengthsAreThoseOfTheReference() {
    for (Case series : cases("season_strength", 51, SeasonReferenceTest::season)) {
      SeasonStrength strength = SeasonStrength.of(series.values(), season(series));
      // of a constant the reference measures the rounding of doubles
      boolean varies = !series.key().equals("constant");
      assertThat(
          series.key(), strength.season(), is(closeTo(varies ? series.forecast()[0] : 0, CLOSE)));
      assertThat(series.key(), strength.trend(), is(closeTo(series.forecast()[1], CLOSE)));
    }
  }
}
