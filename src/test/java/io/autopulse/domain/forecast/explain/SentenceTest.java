package io.autopulse.domain.forecast.explain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceTest {
  private static Explanation of(double[] path, double[] season, double[] published) {
    double[] usual = new double[path.length];
    Arrays.fill(usual, 1);
    return Explanation.of(
        List.of(new MethodPath(1, path, season, new double[path.length])),
        usual,
        published,
        published);
  }

  private static Explanation flat(double... values) {
    return of(values, new double[values.length], values);
  }

  @Test
  void partsAndTheChangeToLastYearAreSaid() {
    // Level 100 four times; trend 0 + 4 + 8 + 12 = 24; season -2 - 3 - 2 - 2 = -9; 415 + 1 = 416.
    Explanation explanation =
        of(
            new double[] {98, 101, 106, 110},
            new double[] {-2, -3, -2, -2},
            new double[] {98, 101, 106, 111});
    assertThat(
        Sentence.of("Clio", Step.WEEK, explanation, 392, Double.NaN),
        is(
            "Clio: 416 units in the next 4 weeks, 6 % more than in the same weeks of last year: "
                + "the present level gives 400, the trend adds 24, the season takes 9 and "
                + "agreement with the other forecasts adds 1."));
  }

  @Test
  void sellingDaysAreSaidBesideTheComparisonFromOneOn() {
    // 100 on ordinary days; a tenth fewer days in the first month: 90. A bias of 10 is taken out.
    Explanation explanation =
        Explanation.of(
            List.of(MethodPath.plain(1, new double[] {100, 100})),
            new double[] {0.9, 1},
            new double[] {90, 100},
            new double[] {85, 95});
    assertThat(
        Sentence.of("North", Step.MONTH, explanation, 200, -2),
        is(
            "North: 180 units in the next 2 months, 10 % fewer than in the same months of last year,"
                + " with 2 selling days fewer: the present level gives 200, the number of selling days"
                + " takes 10 and the bias of the last forecasts takes 10."));
    assertThat(
        Sentence.of("North", Step.MONTH, flat(8), 200, 1.0),
        is(
            "North: 8 units in the next month, 96 % fewer than in the same month of last year, with"
                + " 1 selling day more: the present level goes on."));
    assertThat(
        "half a day is not said, nor days without a comparison",
        Sentence.of("North", Step.WEEK, flat(5, 5), 10, 0.4)
            + Sentence.of("North", Step.WEEK, flat(5, 5), Double.NaN, 3),
        is(
            "North: 10 units in the next 2 weeks, as many as in the same weeks of last year: the present"
                + " level goes on.North: 10 units in the next 2 weeks: the present level"
                + " goes on."));
  }

  @Test
  void oneUnitInOneMonthIsSingular() {
    assertThat(
        Sentence.of("Zoe", Step.MONTH, flat(1), Double.NaN, Double.NaN),
        is("Zoe: 1 unit in the next month: the present level goes on."));
    assertThat(
        Sentence.of("Zoe", Step.MONTH, flat(1), 2, Double.NaN),
        is(
            "Zoe: 1 unit in the next month, 1 less than in the same month of last year: the "
                + "present level goes on."));
  }

  @Test
  void nothingIsNoUnits() {
    assertThat(
        Sentence.of("Zoe", Step.WEEK, flat(0, 0), 0, Double.NaN),
        is("Zoe: no units in the next 2 weeks, as in the same weeks of last year."));
    assertThat(
        Sentence.of("Zoe", Step.WEEK, flat(0, 0), 5, Double.NaN),
        is("Zoe: no units in the next 2 weeks, 5 fewer than in the same weeks of last year."));
  }

  @Test
  void handfulIsComparedInUnitsAndAManifoldInTimes() {
    assertThat(
        Sentence.of("Zoe", Step.WEEK, flat(4, 4), 5, Double.NaN),
        is(
            "Zoe: 8 units in the next 2 weeks, 3 more than in the same weeks of last year: the "
                + "present level goes on."));
    assertThat(
        Sentence.of("ALL", Step.MONTH, flat(2500, 2500), 1000, Double.NaN),
        is(
            "ALL: 5,000 units in the next 2 months, about 5 times as many as in the same months "
                + "of last year: the present level goes on."));
  }

  @Test
  void newAndEqualAndNearlyEqualAreSaid() {
    assertThat(
        Sentence.of("R5", Step.WEEK, flat(3, 3), 0, Double.NaN),
        is(
            "R5: 6 units in the next 2 weeks, after none in the same weeks of last year: the "
                + "present level goes on."));
    assertThat(
        Sentence.of("R5", Step.WEEK, flat(50, 50), 100, Double.NaN),
        is(
            "R5: 100 units in the next 2 weeks, as many as in the same weeks of last year: the "
                + "present level goes on."));
    assertThat(
        Sentence.of("R5", Step.WEEK, flat(500, 501), 1000, Double.NaN),
        is(
            "R5: 1,001 units in the next 2 weeks, about as many as in the same weeks of last year: "
                + "the present level gives 1,000 and the trend adds 1."));
  }
}
