package io.autopulse.domain.forecast.regress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.problem.InputException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionTest {
  private static final int LENGTH = 156;
  private static final int FUTURE = 13;
  private static final List<String> KNOWN = List.of("price", "fuel", "campaign");

  private final Regressor price = regressor("price", 20_000, 0.05, true, 1);
  private final Regressor fuel = regressor("fuel", 1.8, 0.04, false, 2);
  private final Series sales = sales(price, -2, 3);

  @Test
  void straightLineIsFoundExactly() {
    double[][] rows = {{1, 0}, {1, 1}, {1, 2}, {1, 3}};
    LeastSquares exact = LeastSquares.fit(rows, new double[] {1, 3, 5, 7}, 0).orElseThrow();
    assertThat(exact.coefficients()[0], is(closeTo(1, 1e-12)));
    assertThat(exact.coefficients()[1], is(closeTo(2, 1e-12)));

    // Residuals 0.2, -0.4, 0, 0.4, -0.2 give 0.4 / 3 as variance; the sum of squares of x is 10.
    double[][] five = {{1, -2}, {1, -1}, {1, 0}, {1, 1}, {1, 2}};
    LeastSquares noisy =
        LeastSquares.fit(five, new double[] {0.2, 0.6, 2, 3.4, 3.8}, 0).orElseThrow();
    assertThat(noisy.coefficients()[0], is(closeTo(2, 1e-12)));
    assertThat(noisy.coefficients()[1], is(closeTo(1, 1e-12)));
    assertThat(noisy.covariance()[1][1], is(closeTo(0.4 / 3 / 10, 1e-12)));
  }

  @Test
  void columnsThatSayTheSameHaveNoCoefficients() {
    double[][] rows = {{1, 2}, {1, 2}, {1, 2}, {1, 2}, {1, 2}};
    assertThat(LeastSquares.fit(rows, new double[5], 0), is(Optional.empty()));
    assertThat(LeastSquares.fit(new double[0][], new double[0], 0), is(Optional.empty()));
  }

  @Test
  void elasticityOfThePriceIsFoundAgain() {
    Regression regression = Regression.of(sales, List.of(price, fuel)).orElseThrow();
    assertThat(regression.standardError(0), is(lessThan(0.12)));
    assertThat(regression.coefficient(0), is(closeTo(-2, 3 * regression.standardError(0))));
    assertThat(regression.coefficient(1), is(closeTo(0, 3 * regression.standardError(1))));
    assertThat("the first period ahead", regression.forecast(1)[0], is(closeTo(100, 60)));
  }

  @Test
  void regressorThatDoesNotWinOutOfSampleIsNotKept() {
    Ablation ablation = Ablation.of(sales, List.of(price, fuel), 8, 5);
    assertThat(ablation.kept(), is(List.of(price)));
    Ablation.Line first = ablation.lines().get(0);
    assertThat(first.name(), is("price"));
    assertThat(first.kept(), is(true));
    assertThat(first.without(), is(greaterThan(1.02 * first.with())));
    assertThat(ablation.lines().get(1).kept(), is(false));

    Ablation nothing = Ablation.of(sales(price, 0, 4), List.of(price, fuel), 8, 5);
    assertThat(nothing.kept(), is(empty()));
  }

  @Test
  void seriesThatCannotBeRegressedKeepsNothing() {
    Series few = sales.withValues(new double[LENGTH]);
    assertThat(Regression.of(few, List.of(price)), is(Optional.empty()));
    assertThat(Ablation.of(few, List.of(price), 8, 5).kept(), is(empty()));
    Ablation shortOne = Ablation.of(sales.first(20), List.of(price), 8, 5);
    assertThat(shortOne.kept(), is(empty()));
    assertThat(shortOne.lines().get(0).with(), is(Double.NaN));
    assertThat(
        "twice the same",
        Regression.of(sales, List.of(price, price)).map(r -> r.coefficient(0)).isPresent()
            && Ablation.of(sales, List.of(price, price), 8, 5).kept().size() == 2,
        is(false));
  }

  @Test
  void backtestDoesNotSeeWhatIsNotKnownAhead() {
    assertThat(new Regressor("fuel", new double[] {1, 2, 3}, false, false).at(2, 2), is(2.0));
    assertThat(new Regressor("price", new double[] {1, 2, 3}, false, true).at(2, 2), is(3.0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Regressor("price", new double[] {1, 0}, true, true));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Regressor("campaign", new double[] {Double.NaN}, false, true));
  }

  @Test
  void questionIsReadWithItsSigns() {
    assertThat(
        WhatIf.parse("price=-5%, fuel=+10 %,campaign=2.5%", KNOWN).changes(),
        is(Map.of("price", -0.05, "fuel", 0.1, "campaign", 0.025)));
  }

  @Test
  void questionThatCannotBeReadIsAnErrorWithItsForm() {
    assertThat(message("price"), containsString("\"price\" is no change"));
    assertThat(message("price=-5%,"), containsString("\"\" is no change"));
    assertThat(message("prise=-5%"), containsString("Did you mean \"price\"?"));
    assertThat(message("price=5"), containsString("\"5\" of price is no percentage"));
    assertThat(message("price=-100%"), containsString("price cannot change by -100%"));
    assertThat(message("price=1%,price=2%"), containsString("\"price\" changes twice"));
    assertThat(message("price=--5%"), containsString("what-if \"price=--5%\""));
  }

  @Test
  void answerIsTheElasticityWithItsInterval() {
    Regression regression = Regression.of(sales, List.of(price)).orElseThrow();
    WhatIf.Effect effect = WhatIf.parse("price=-5%", KNOWN).of(regression);
    // 0.95 to the power of -2 is 1.108.
    assertThat(effect.change(), is(closeTo(0.108, 0.02)));
    assertThat(effect.lower(), is(lessThan(0.108)));
    assertThat(effect.upper(), is(greaterThan(effect.change())));
    double spread = -1.959964 * Math.log(0.95) * regression.standardError(0);
    assertThat(Math.log1p(effect.upper()) - Math.log1p(effect.change()), is(closeTo(spread, 1e-9)));

    WhatIf.Effect unchanged = WhatIf.parse("price=0%", KNOWN).of(regression);
    assertThat(unchanged.change(), is(0.0));
    assertThat(unchanged.upper(), is(0.0));
    assertThat(
        "it is not among the regressors",
        WhatIf.parse("fuel=10%", KNOWN).of(regression).change(),
        is(0.0));
  }

  @Test
  void answerBeyondWhatWasSeenIsAnExtrapolation() {
    Regression regression = Regression.of(sales, List.of(price)).orElseThrow();
    assertThat(
        WhatIf.parse("price=-50%", KNOWN).of(regression).extrapolation(), is(List.of("price")));
    assertThat(
        WhatIf.parse("price=+50%", KNOWN).of(regression).extrapolation(), is(List.of("price")));
    assertThat(WhatIf.parse("price=+0.1%", KNOWN).of(regression).extrapolation(), is(empty()));
  }

  private static String message(String question) {
    return String.valueOf(
        assertThrows(InputException.class, () -> WhatIf.parse(question, KNOWN)).getMessage());
  }

  private static Regressor regressor(
      String name, double level, double spread, boolean known, long seed) {
    Random random = new Random(seed);
    double[] values = new double[LENGTH + FUTURE];
    Arrays.setAll(values, i -> level * Math.exp(spread * random.nextGaussian()));
    // The last one seen is an ordinary one, so that a small change stays within the range.
    values[LENGTH - 1] = level;
    return new Regressor(name, values, true, known);
  }

  private static Series sales(Regressor price, double elasticity, long seed) {
    Random random = new Random(seed);
    double[] values = new double[LENGTH];
    Arrays.setAll(
        values,
        i ->
            100
                * Math.exp(
                    0.2 * Math.sin(2 * Math.PI * i / 52)
                        + elasticity * Math.log(price.values()[i] / 20_000)
                        + 0.04 * random.nextGaussian()));
    return new Series("a", Step.WEEK, LocalDate.of(2023, 1, 2), 52, values);
  }
}
