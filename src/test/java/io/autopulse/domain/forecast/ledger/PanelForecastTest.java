package io.autopulse.domain.forecast.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Forecaster;
import io.autopulse.domain.forecast.combine.Recipe;
import io.autopulse.domain.forecast.life.Model;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PanelForecastTest {
  private static final Forecaster SIMPLE =
      new Forecaster(new Recipe(List.of(new SeasonalNaive()), List.of(), 3, Optional.empty()));

  /** Months until the end of 2025: an old member, six launches, and one of two months ago. */
  private static List<Series> panel() {
    List<Series> panel = new ArrayList<>(List.of(series("OLD", 24, 100), series("YOUNG", 2, 20)));
    for (int size = 1; size <= 6; size++) {
      panel.add(series("S" + size, 10 + size, 40.0 * size));
    }
    return panel;
  }

  /** A member whose first three months are a quarter, a half and three quarters of the others. */
  private static Series series(String key, int months, double units) {
    double[] values = new double[months];
    Arrays.fill(values, units);
    for (int i = 0; i < Math.min(3, months) && months < 24; i++) {
      values[i] = units * (i + 1) / 4;
    }
    return new Series(
        key, Step.MONTH, LocalDate.parse("2026-01-01").minusMonths(months), 12, values);
  }

  @Test
  void modelThatWasLaunchedLatelyFollowsItsSiblings() {
    PanelForecast models = PanelForecast.of(SIMPLE, "model", panel(), List.of(), 3);
    PanelForecast regions = PanelForecast.of(SIMPLE, "region", panel(), List.of(), 3);

    MemberForecast young = models.forecasts().get(1);
    assertThat(young.method(), is("launch_curve"));
    assertThat(young.reason().isEmpty(), is(false));
    assertThat("it rises", young.mean()[2] > regions.forecasts().get(1).mean()[2], is(true));
    assertThat("others stay", models.forecasts().get(0).method(), is(not("launch_curve")));
    assertThat(
        "regions have no launches", regions.forecasts().get(1).method(), is(not("launch_curve")));
  }

  @Test
  void forecastsAreThoseOfThePanelInItsOrder() {
    PanelForecast models = PanelForecast.of(SIMPLE, "model", panel(), List.of(), 3);

    assertThat(
        models.forecasts().stream().map(MemberForecast::key).toList(),
        contains("OLD", "YOUNG", "S1", "S2", "S3", "S4", "S5", "S6"));
    assertThat("four horizons of the past", models.past().length, is(4));
    assertThat(
        "not sold then",
        models.past()[3][1],
        is(new double[] {Double.NaN, Double.NaN, Double.NaN}));
    assertThat(models.sold(1, 3), is(new double[] {Double.NaN, Double.NaN, Double.NaN}));
  }

  @Test
  void emptyPanelHasNoForecasts() {
    PanelForecast none = PanelForecast.of(SIMPLE, "model", List.of(), List.of(), 3);
    assertThat(none.forecasts().isEmpty(), is(true));
  }

  @Test
  void datesOfModelsLaunchAndEndThem() {
    LocalDate end = LocalDate.parse("2026-01-01");
    PanelForecast made =
        PanelForecast.of(
            SIMPLE,
            "model",
            panel(),
            List.of(
                new Model("OLD", null, end.plusMonths(1), "NEXT", null, null, null),
                new Model("NEXT", end.plusMonths(1), null, null, null, null, null)),
            3);

    assertThat(made.forecasts().get(0).method(), is("run_out"));
    // As usual, then three quarters and half of it.
    assertThat(made.forecasts().get(0).mean(), is(new double[] {100, 75, 50}));
    assertThat(made.panel().get(8).key(), is("NEXT"));
    assertThat(made.panel().get(8).length(), is(0));
    assertThat(made.panel().get(8).day(0), is(end));
    MemberForecast next = made.forecasts().get(8);
    assertThat(next.key(), is("NEXT"));
    assertThat("before its launch", next.mean()[0], is(0.0));
    assertThat(next.mean()[1] > 0, is(true));
    assertThat(made.past()[3][8], is(new double[] {Double.NaN, Double.NaN, Double.NaN}));
    assertThat(made.sold(8, 3), is(new double[] {Double.NaN, Double.NaN, Double.NaN}));
  }

  @Test
  void datesOfModelsSayNothingOfOtherDimensions() {
    List<Model> known =
        List.of(
            new Model("OLD", null, LocalDate.parse("2025-12-01"), null, null, null, null),
            new Model("NEXT", LocalDate.parse("2026-01-01"), null, null, null, null, null));
    PanelForecast regions = PanelForecast.of(SIMPLE, "region", panel(), known, 3);
    assertThat(regions.panel(), is(panel()));
    assertThat(regions.forecasts().get(0).mean(), is(new double[] {100, 100, 100}));
  }
}
