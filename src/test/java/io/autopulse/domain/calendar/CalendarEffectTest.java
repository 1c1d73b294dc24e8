package io.autopulse.domain.calendar;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CalendarEffectTest {
  /** Good Friday, Easter Monday and Labour Day; Easter moves between March and April. */
  private static final Holidays EASTER =
      year -> {
        LocalDate sunday =
            switch (year) {
              case 2016 -> LocalDate.of(2016, 3, 27);
              case 2017 -> LocalDate.of(2017, 4, 16);
              case 2018 -> LocalDate.of(2018, 4, 1);
              case 2019 -> LocalDate.of(2019, 4, 21);
              case 2020 -> LocalDate.of(2020, 4, 12);
              case 2021 -> LocalDate.of(2021, 4, 4);
              case 2022 -> LocalDate.of(2022, 4, 17);
              case 2023 -> LocalDate.of(2023, 4, 9);
              case 2024 -> LocalDate.of(2024, 3, 31);
              default -> LocalDate.of(2025, 4, 20);
            };
        return Set.of(sunday.minusDays(2), sunday.plusDays(1), LocalDate.of(year, 5, 1));
      };

  // Expected values: ordinary least squares with a dummy a month, by numpy.
  @Test
  void estimateAndErrorAreThoseOfARegressionWithSeasonalMeans() {
    double[] days = days(72);
    double[] values = new double[72];
    for (int i = 0; i < 72; i++) {
      values[i] =
          Math.exp(
              4
                  + 0.01 * i
                  + 0.1 * Math.sin(2 * Math.PI * i / 12)
                  + 1.05 * Math.log(days[i])
                  + 0.02 * Math.sin(i * i));
    }
    CalendarEffect effect = CalendarEffect.estimate(values, days, 12);
    assertThat(effect.elasticity(), is(closeTo(1.0421107621, 1e-9)));
    assertThat(effect.standardError(), is(closeTo(0.0268847591, 1e-9)));
    assertThat(effect.ordinaryDays(), is(closeTo(19.9220663922, 1e-9)));
    assertThat(effect.applies(), is(true));
  }

  @Test
  void estimateWithoutASeasonIsARegressionOfWhatIsLeftOfTheTrend() {
    double[] days = days(60);
    double[] values = new double[60];
    for (int i = 0; i < 60; i++) {
      values[i] = Math.exp(4 + 0.6 * Math.log(days[i]) + 0.05 * Math.sin(i * i));
    }
    CalendarEffect effect = CalendarEffect.estimate(values, days, 1);
    assertThat(effect.elasticity(), is(closeTo(0.5908978734, 1e-9)));
    assertThat(effect.standardError(), is(closeTo(0.0761247603, 1e-9)));
  }

  @Test
  void estimateThatIsNotClearOfItsErrorHasNoEffect() {
    double[] days = days(200);
    double[] values = new double[200];
    for (int i = 0; i < 200; i++) {
      values[i] = Math.exp(4 + 0.2 * Math.log(days[i]) + 0.3 * Math.sin(i * i));
    }
    CalendarEffect effect = CalendarEffect.estimate(values, days, 52);
    assertThat(effect.elasticity(), is(closeTo(0.5280900288, 1e-9)));
    assertThat(effect.standardError(), is(closeTo(0.2835366311, 1e-9)));
    assertThat(effect.applies(), is(false));
    assertThat(effect.applied(), is(0.0));
    assertThat(effect.factor(10), is(1.0));
  }

  @Test
  void elasticityOfGeneratedTotalsIsFoundAgain() {
    double[] days = SellingDays.of(EASTER).of(LocalDate.of(2016, 1, 1), Step.MONTH, 120);
    double[] values = generated(days, 1.05, 7);
    CalendarEffect effect = CalendarEffect.estimate(values, days, 12);
    assertThat(effect.standardError(), is(lessThan(0.1)));
    assertThat(effect.elasticity(), is(closeTo(1.05, 2 * effect.standardError())));
    assertThat(CalendarEffect.estimate(generated(days, 0, 8), days, 12).applies(), is(false));
  }

  @Test
  void monthsOfALockdownAreLeftOut() {
    double[] days = SellingDays.of(EASTER).of(LocalDate.of(2016, 1, 1), Step.MONTH, 120);
    double[] values = generated(days, 1.05, 7);
    values[51] *= 0.1;
    values[52] *= 0.2;
    values[80] = 0;
    CalendarEffect effect = CalendarEffect.estimate(values, days, 12);
    assertThat(effect.applies(), is(true));
    assertThat(effect.elasticity(), is(closeTo(1.05, 0.35)));
  }

  @Test
  void factorsAreRelativeToAnOrdinaryPeriod() {
    CalendarEffect effect = new CalendarEffect(1, 0.1, 20);
    assertThat(effect.factors(new double[] {20, 22, 18}), is(new double[] {1, 1.1, 0.9}));
    CalendarEffect half = new CalendarEffect(0.5, 0.1, 5);
    assertThat(half.factor(3.2), is(closeTo(0.8, 1e-12)));
    assertThat("a period without a selling day", effect.factor(0), is(0.2));
    assertThat(effect.factor(1000), is(5.0));
  }

  @Test
  void elasticityIsBounded() {
    CalendarEffect steep = new CalendarEffect(4, 0.1, 20);
    assertThat(steep.applied(), is(1.5));
    assertThat(steep.factor(80), is(5.0));
    assertThat(steep.factor(45), is(closeTo(3.375, 1e-12)));
    assertThat(new CalendarEffect(-4, 0.1, 20).applied(), is(0.0));
    assertThat("exactly three errors", new CalendarEffect(3, 1, 20).applied(), is(0.0));
  }

  @Test
  void whatCannotBeEstimatedHasNoEffect() {
    assertThat(
        "short", CalendarEffect.estimate(new double[35], days(35), 12), is(CalendarEffect.NONE));
    double[] constant = new double[60];
    Arrays.fill(constant, 5);
    double[] same = new double[60];
    Arrays.fill(same, 21);
    assertThat(CalendarEffect.estimate(constant, same, 12), is(CalendarEffect.NONE));
    assertThat(CalendarEffect.estimate(new double[60], days(60), 12), is(CalendarEffect.NONE));
    assertThat(CalendarEffect.estimate(new double[0], days(3), 1), is(CalendarEffect.NONE));
    double[] intermittent = new double[60];
    for (int i = 0; i < 60; i += 2) {
      intermittent[i] = 3;
    }
    assertThat(CalendarEffect.estimate(intermittent, days(60), 12), is(CalendarEffect.NONE));
    assertThat(CalendarEffect.NONE.factor(3), is(1.0));
  }

  private static double[] days(int periods) {
    double[] days = new double[periods];
    for (int i = 0; i < periods; i++) {
      days[i] = 18 + (7 * i) % 5;
    }
    return days;
  }

  private static double[] generated(double[] days, double elasticity, long seed) {
    Random random = new Random(seed);
    double[] values = new double[days.length];
    for (int i = 0; i < values.length; i++) {
      double season = 0.25 * Math.sin(2 * Math.PI * i / 12);
      values[i] =
          1000
              * Math.exp(
                  0.004 * i
                      + season
                      + elasticity * Math.log(days[i] / 20)
                      + 0.03 * random.nextGaussian());
    }
    return values;
  }
}
