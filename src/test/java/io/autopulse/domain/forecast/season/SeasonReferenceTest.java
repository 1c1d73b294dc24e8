package io.autopulse.domain.forecast.season;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Reference;
import io.autopulse.domain.forecast.simple.Drift;
import org.junit.jupiter.api.Test;

class SeasonReferenceTest {
  private static final int AS_STATSMODELS = 15;

  private static void checkForecasts(String file, Method method) {
    Reference.check(
        file,
        50,
        series -> series.values().length >= 2 * series.seasonal(),
        series -> method.forecast(series.values(), series.seasonal(), series.horizon()));
  }

  private static void checkTrends(String file, int robustRounds, int degree) {
    Reference.check(
        file,
        50,
        series -> true,
        series -> {
          Stl stl = new Stl(series.seasonal(), 11, degree, 5, 0);
          double[] trend =
              (robustRounds > 0 ? stl.robust(robustRounds) : stl).fit(series.values()).trend();
          int n = trend.length;
          return new double[] {
            trend[0], trend[1], trend[2], trend[n - 3], trend[n - 2], trend[n - 1]
          };
        });
  }

  @Test
  void adjustedSeriesAndSeasonAreForecastAsTheReferenceDoes() {
    checkForecasts("stl_drift", StlWith.plain(new Drift()));
  }

  @Test
  void robustDecompositionForecastsAsTheReferenceDoes() {
    checkForecasts("stl_robust_drift", StlWith.plain(new Drift()).robust(AS_STATSMODELS));
  }

  @Test
  void severalSeasonsAreForecastAsTheReferenceDoes() {
    Reference.check(
        "mstl_drift",
        45,
        series -> series.values().length >= 2 * Math.max(series.seasonal(), 12),
        series ->
            StlWith.plain(new Drift())
                .seasons(4, series.seasonal() > 4 ? series.seasonal() : 12)
                .forecast(series.values(), 1, series.horizon()));
  }

  @Test
  void trendsAreThoseOfTheReference() {
    checkTrends("stl_trend", 0, 0);
    checkTrends("stl_lines_trend", 0, 1);
    checkTrends("stl_robust_trend", AS_STATSMODELS, 0);
  }

  @Test
  void strengthsAreThoseOfTheReference() {
    Reference.check(
        "season_strength",
        50,
        series -> !series.key().equals("constant"), // there the reference measures rounding
        series -> {
          SeasonStrength strength = SeasonStrength.of(series.values(), series.seasonal());
          return new double[] {strength.season(), strength.trend()};
        });
  }
}
