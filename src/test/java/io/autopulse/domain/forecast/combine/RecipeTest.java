package io.autopulse.domain.forecast.combine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.intermittent.Tsb;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static List<String> asked(int length, int season, IntToDoubleFunction value) {
    double[] values = new double[length];
    Arrays.setAll(values, value);
    return Recipe.standard().methods().stream()
        .filter(method -> method.suits(values, season))
        .map(Method::name)
        .toList();
  }

  @Test
  void seriesThatIsSoldNowAndThenIsAlsoForecastAsSuch() {
    List<String> rare = asked(120, 52, t -> t % 3 == 0 ? 2 : 0);
    assertThat(rare, hasItem("croston_sba"));
    assertThat(rare, hasItem("tsb"));
    List<String> often = asked(120, 52, t -> 20 + t % 7);
    assertThat(often, not(hasItem("croston_sba")));
    assertThat(often, not(hasItem("tsb")));
  }

  @Test
  void shortHistoryIsAlsoForecastByItsDriftAndNotByItsSeason() {
    List<String> young = asked(23, 12, t -> 20 + t % 7);
    assertThat(young, hasItem("drift"));
    assertThat(young, not(hasItem("stl_ets_last_260")));
    List<String> old = asked(24, 12, t -> 20 + t % 7);
    assertThat(old, not(hasItem("drift")));
    assertThat(old, hasItem("stl_ets_last_260"));
    assertThat(asked(11, 1, t -> t), hasItem("drift"));
    assertThat(asked(12, 1, t -> t), not(hasItem("drift")));
  }

  @Test
  void logsAreLeftOutWhereAValueHasNone() {
    assertThat(asked(40, 12, t -> 5), hasItem("stl_log_ets_260"));
    assertThat(asked(40, 12, t -> t == 7 ? 0 : 5), not(hasItem("stl_log_ets_260")));
  }

  @Test
  void recipeOfWhichNoMethodSuitsAsksAllOfThem() {
    Recipe onlyRare =
        new Recipe(List.of(OnlyFor.intermittent(new Tsb())), List.of(), 3, Optional.empty());
    double[] values = new double[20];
    Arrays.fill(values, 4);
    Series steady = new Series("steady", Step.MONTH, LocalDate.of(2024, 1, 1), 12, values);
    double[][][] forecasts = new Candidates(onlyRare, List.of(steady), 3, FitProgress.NONE).at(0);
    assertEquals(4, forecasts[0][0][2], 1e-9);
  }

  @Test
  void recipeWithoutMethodsOrWithFewerThanThreeWindowsIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipe(List.of(), List.of(), 8, Optional.empty()));
    assertThrows(IllegalArgumentException.class, () -> Recipe.standard().withWindows(2));
    assertThat(Recipe.standard().withWindows(3).windows(), is(3));
  }
}
