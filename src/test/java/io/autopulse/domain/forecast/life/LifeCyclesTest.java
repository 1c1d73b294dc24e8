package io.autopulse.domain.forecast.life;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeCyclesTest {
  private static final LocalDate START = LocalDate.of(2024, 1, 1);
  private static final LocalDate NOW = LocalDate.of(2026, 1, 1);

  /** Monthly units until the end of 2025. */
  private static Series series(String key, double... units) {
    return new Series(key, Step.MONTH, NOW.minusMonths(units.length), 12, units);
  }

  private static Series constant(String key, int months, double units) {
    double[] values = new double[months];
    Arrays.fill(values, units);
    return series(key, values);
  }

  private static Model model(String key) {
    return new Model(key, null, null, null, "SUV", "BEV", 30_000.0);
  }

  private static MemberForecast forecast(String key, double... mean) {
    double[] half = Arrays.stream(mean).map(v -> v / 2).toArray();
    double[] twice = Arrays.stream(mean).map(v -> v * 2).toArray();
    return new MemberForecast(key, "combination", "", mean, half, twice, half, twice, mean, mean);
  }

  /** Six siblings of any size, all sold 10, 20, 30, 40, 40, 40, ... times their size. */
  private static List<Series> launches() {
    List<Series> panel = new ArrayList<>(List.of(constant("old", 24, 100)));
    for (int size = 1; size <= 6; size++) {
      double[] units = new double[10 + size];
      Arrays.fill(units, 40.0 * size);
      units[0] = 10 * size;
      units[1] = 20 * size;
      units[2] = 30 * size;
      panel.add(series("s" + size, units));
    }
    return panel;
  }

  private static List<Model> models(Model... more) {
    List<Model> models = new ArrayList<>(List.of(more));
    for (int size = 1; size <= 6; size++) {
      models.add(model("s" + size));
    }
    return models;
  }

  private static List<MemberForecast> lived(
      List<Model> models, List<Series> panel, List<MemberForecast> base) {
    return new LifeCycles(Step.MONTH, NOW, models, panel).apply(base, base.get(0).mean().length);
  }

  private static void check(MemberForecast forecast) {
    for (int h = 0; h < forecast.mean().length; h++) {
      assertThat(forecast.lower95()[h], greaterThanOrEqualTo(0.0));
      assertThat(forecast.lower95()[h], lessThanOrEqualTo(forecast.lower80()[h]));
      assertThat(forecast.lower80()[h], lessThanOrEqualTo(forecast.mean()[h]));
      assertThat(forecast.mean()[h], lessThanOrEqualTo(forecast.upper80()[h]));
      assertThat(forecast.upper80()[h], lessThanOrEqualTo(forecast.upper95()[h]));
    }
  }

  @Test
  void launchFollowsTheCurveOfItsSiblings() {
    // Half as large again as s1: 15 in its first month; the curve says 30, 45, 60, weight 5 of 6.
    List<Series> panel = launches();
    panel.add(series("new", 15));
    MemberForecast made =
        lived(models(model("new")), panel, List.of(forecast("new", 15, 15, 15))).get(0);
    assertThat(made.method(), is("launch_curve"));
    assertThat(made.reason(), is("83 % by the launches of 6 siblings, the rest by its own period"));
    // The regression's slope is shrunk, so it says a little more than the curve.
    assertThat(made.mean()[0], closeTo(5.0 / 6 * 30 + 15.0 / 6, 5));
    assertThat(made.mean()[1], closeTo(5.0 / 6 * 45 + 15.0 / 6, 8));
    assertThat(made.mean()[2], closeTo(5.0 / 6 * 60 + 15.0 / 6, 11));
    check(made);
  }

  @Test
  void weightOfTheSiblingsFallsToNothingInSixMonths() {
    List<Series> panel = launches();
    panel.add(series("three", 10, 20, 30));
    panel.add(series("six", 10, 20, 30, 40, 40, 40));
    List<MemberForecast> made =
        lived(
            models(model("three"), model("six")),
            panel,
            List.of(forecast("three", 0, 0), forecast("six", 7, 7)));
    // Half of about 40.
    assertThat(made.get(0).mean()[0], closeTo(20, 4));
    assertThat(made.get(1).mean(), is(new double[] {7, 7}));
    assertThat(made.get(1).method(), is("combination"));
  }

  @Test
  void modelThatIsNotSoldYetIsForecastFromItsLaunchOn() {
    Model next = new Model("next", LocalDate.of(2026, 2, 10), null, null, "SUV", "BEV", 30_000.0);
    List<MemberForecast> made =
        lived(models(next), launches(), List.of(forecast("old", 100, 100, 100)));
    assertThat(made.size(), is(2));
    assertThat(made.get(0).mean(), is(new double[] {100, 100, 100}));
    MemberForecast launched = made.get(1);
    assertThat(launched.key(), is("next"));
    assertThat(launched.mean()[0], is(0.0));
    // Between the geometric and the plain mean of 10 to 60, then of 20 to 120.
    assertThat(launched.mean()[1], closeTo(32, 3));
    assertThat(launched.mean()[2], closeTo(65, 6));
    assertThat(launched.reason(), is("100 % by the launches of 6 siblings"));
    check(launched);
  }

  @Test
  void nearerSiblingsCountMore() {
    List<Series> panel = new ArrayList<>(List.of(constant("old", 24, 1)));
    List<Model> models = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      panel.add(constant("near" + i, 12, 10));
      panel.add(constant("far" + i, 12, 1000));
      models.add(new Model("near" + i, null, null, null, "SUV", "BEV", 30_000.0));
      models.add(new Model("far" + i, null, null, null, "CITY", "ICE", 10_000.0));
    }
    models.add(new Model("next", NOW, null, null, "SUV", "BEV", 31_000.0));
    double mean = lived(models, panel, List.of(forecast("old", 1))).get(1).mean()[0];
    assertThat(mean, closeTo(10, 2));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "1, 0, 0", "0, 0, 1", "5, 5, 5", "0, 9, 0"})
  void zerosGapsAndConstantsHaveAnAnswer(double first, double second, double third) {
    List<Series> panel = launches();
    panel.add(series("new", first, second, third));
    MemberForecast made =
        lived(models(model("new")), panel, List.of(forecast("new", 1, 1, 1, 1))).get(0);
    check(made);
    for (double mean : made.mean()) {
      // Never as much as the smallest sibling, which sells 40 a month.
      assertThat(mean, lessThanOrEqualTo(40.0));
    }
  }

  @Test
  void withoutSiblingsItsOwnForecastStays() {
    Series launched = series("new", 3, 4);
    MemberForecast made =
        lived(
                List.of(model("new")),
                List.of(constant("old", 24, 9), launched),
                List.of(forecast("new", 5, 6)))
            .get(0);
    assertThat(made.mean(), is(new double[] {5, 6}));
    assertThat(made.method(), is("combination"));
    Model next = new Model("next", NOW, null, null, null, null, null);
    List<MemberForecast> both =
        lived(List.of(next), List.of(launched), List.of(forecast("new", 5, 6)));
    assertThat(both.get(1).mean(), is(new double[] {0, 0}));
    assertThat(both.get(1).reason(), is("not sold yet, and no launch of a sibling is known"));
  }

  @Test
  void modelOfUnknownLaunchThatIsThereFromTheStartIsNotYoung() {
    MemberForecast made =
        lived(List.of(model("a")), List.of(series("a", 3, 4)), List.of(forecast("a", 5, 6))).get(0);
    assertThat(made.mean(), is(new double[] {5, 6}));
  }

  @Test
  void discontinuedModelRunsOutInThreeMonths() {
    // Without ended siblings: three quarters, half, a quarter, nothing. It ends in February.
    Model ends = new Model("a", START, LocalDate.of(2026, 2, 1), null, null, null, null);
    MemberForecast made =
        lived(
                List.of(ends),
                List.of(constant("a", 24, 80)),
                List.of(forecast("a", 80, 80, 80, 80, 80, 80)))
            .get(0);
    assertThat(made.mean(), is(new double[] {80, 60, 40, 20, 0, 0}));
    assertThat(made.upper80(), is(new double[] {160, 120, 80, 40, 0, 0}));
    assertThat(made.method(), is("run_out"));
    assertThat(made.reason(), startsWith("runs out from 2026-02-01"));
    check(made);
  }

  @Test
  void modelThatEndedEarlierGoesOnWhereItIs() {
    // Ended in November at a level of 80: it should have sold 60 and 40, and sold 45 and 30: three
    // quarters. 20 are left of the curve, so 15, then none, whatever its history says.
    double[] units = new double[24];
    Arrays.fill(units, 80);
    units[22] = 45;
    units[23] = 30;
    Model ended = new Model("a", START, LocalDate.of(2025, 11, 1), null, null, null, null);
    MemberForecast made =
        lived(List.of(ended), List.of(series("a", units)), List.of(forecast("a", 50, 50))).get(0);
    assertThat(made.mean()[0], closeTo(15, 1e-9));
    assertThat(made.mean()[1], is(0.0));
  }

  @Test
  void runOutIsLearntFromModelsThatHaveEnded() {
    // Three models sold half of their level in the first month after their end, then nothing.
    List<Series> panel = new ArrayList<>(List.of(constant("a", 24, 80)));
    List<Model> models = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      double[] units = new double[24];
      Arrays.fill(units, 0, 15, 20 * i);
      units[15] = 10 * i;
      panel.add(series("e" + i, units));
      models.add(new Model("e" + i, START, START.plusMonths(15), null, null, null, null));
    }
    models.add(new Model("a", START, NOW, null, null, null, null));
    MemberForecast made = lived(models, panel, List.of(forecast("a", 80, 80, 80))).get(0);
    assertThat(made.mean(), is(new double[] {40, 0, 0}));
  }

  @Test
  void successorIsRaisedTowardsWhatItsPredecessorLeaves() {
    // The predecessor leaves 20, 40, 60 of 80. The successor has no siblings and no sale: half.
    Model ends = new Model("a", START, NOW, "b", null, null, null);
    Model next = new Model("b", NOW, null, null, null, null, null);
    List<MemberForecast> made =
        lived(
            List.of(ends, next),
            List.of(constant("a", 24, 80)),
            List.of(forecast("a", 80, 80, 80)));
    assertThat(made.get(0).mean(), is(new double[] {60, 40, 20}));
    assertThat(made.get(1).mean(), is(new double[] {10, 20, 30}));
    check(made.get(1));
  }

  @Test
  void weeksCountAsMonthsDo() {
    // A weekly launch of 13 weeks: half by siblings, half by its own history.
    LocalDate monday = LocalDate.of(2025, 12, 29);
    List<Series> panel = new ArrayList<>();
    List<Model> models = new ArrayList<>();
    double[] old = new double[104];
    panel.add(new Series("old", Step.WEEK, monday.minusWeeks(104), 52, old));
    for (int i = 0; i < 5; i++) {
      double[] units = new double[40];
      Arrays.fill(units, 10);
      panel.add(new Series("s" + i, Step.WEEK, monday.minusWeeks(40), 52, units));
      models.add(model("s" + i));
    }
    double[] own = new double[13];
    Arrays.fill(own, 10);
    panel.add(new Series("new", Step.WEEK, monday.minusWeeks(13), 52, own));
    models.add(model("new"));
    MemberForecast made =
        new LifeCycles(Step.WEEK, monday, models, panel)
            .apply(List.of(forecast("new", 20, 20)), 2)
            .get(0);
    assertThat(made.mean()[0], closeTo(15, 1e-6));
    assertThat(
        made.reason(), is("50 % by the launches of 5 siblings, the rest by its own 13 periods"));
  }

  @Test
  void modelThatHasNotBeenSoldIsNoSibling() {
    // Launched a year ago by the feed, and never sold here: a mean of six siblings stays.
    Model never = new Model("never", NOW.minusMonths(12), null, null, "SUV", "BEV", 30_000.0);
    Model next = new Model("next", NOW, null, null, "SUV", "BEV", 30_000.0);
    List<MemberForecast> made =
        lived(models(never, next), launches(), List.of(forecast("old", 100, 100)));
    assertThat(made.stream().map(MemberForecast::key).toList(), is(List.of("old", "next")));
    assertThat(made.get(1).reason(), is("100 % by the launches of 6 siblings"));
  }

  @Test
  void modelThatEndedBeforeItWasSoldHasNoForecast() {
    Model never =
        new Model("never", NOW.minusMonths(2), NOW.minusMonths(1), null, "SUV", "BEV", null);
    Model ends = new Model("ends", NOW, NOW.plusMonths(1), null, "SUV", "BEV", null);
    List<MemberForecast> made =
        lived(models(never, ends), launches(), List.of(forecast("old", 100, 100)));
    assertThat(made.stream().map(MemberForecast::key).toList(), is(List.of("old", "ends")));
  }

  @Test
  void businessThatBeginsToSellALaunchedModelLateHasItsOwnLaunch() {
    // Six months after the launch date: one month of sales. Five months: six months of history.
    Model late = new Model("late", NOW.minusMonths(7), null, null, "SUV", "BEV", 30_000.0);
    Model slow = new Model("slow", NOW.minusMonths(6), null, null, "SUV", "BEV", 30_000.0);
    List<Series> panel = launches();
    panel.add(series("late", 15));
    panel.add(series("slow", 15));
    List<MemberForecast> made =
        lived(
            models(late, slow), panel, List.of(forecast("late", 15, 15), forecast("slow", 15, 15)));
    assertThat(made.get(0).method(), is("launch_curve"));
    assertThat(made.get(1).method(), is("combination"));
  }
}
