package io.autopulse.domain.forecast.regress;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnownRegressorsTest {
  private static final LocalDate START = LocalDate.of(2023, 1, 2);

  private static Series ones(int length) {
    double[] values = new double[length];
    Arrays.fill(values, 10);
    return new Series("ALL", Step.WEEK, START, 52, values);
  }

  private static NavigableMap<LocalDate, Double> weeks(int from, int to) {
    NavigableMap<LocalDate, Double> values = new TreeMap<>();
    for (int i = from; i < to; i++) {
      values.put(START.plusWeeks(i), 1.0 + i % 7);
    }
    return values;
  }

  @Test
  void historyBeginsWhereAllRegressorsAreKnown() {
    NavigableMap<LocalDate, Double> price = weeks(0, 120);
    // Four weeks have the value before them; five would end the regressor's past.
    price.subMap(START.plusWeeks(60), START.plusWeeks(64)).clear();
    NavigableMap<LocalDate, Double> fuel = weeks(0, 120);
    fuel.subMap(START.plusWeeks(5), START.plusWeeks(10)).clear();

    KnownRegressors known = KnownRegressors.of(ones(120), Map.of("price", price, "fuel", fuel), 13);
    assertThat(known.series().start(), is(START.plusWeeks(10)));
    assertThat(known.series().length(), is(110));
    // (110 - 52) / 13
    assertThat(known.origins(), is(4));
    assertThat(
        known.ablation().lines().stream().map(Ablation.Line::name).toList(),
        is(List.of("price", "fuel")));
    assertThat(known.absent(), is(Map.of("attention", "no values", "registrations", "no values")));
    assertThat(known.compared(13), is(10.0));
  }

  @Test
  void regressorThatCannotBeComparedSaysWhy() {
    NavigableMap<LocalDate, Double> constant = weeks(0, 120);
    constant.replaceAll((week, value) -> 2.0);
    KnownRegressors known =
        KnownRegressors.of(ones(120), Map.of("price", constant, "fuel", weeks(30, 120)), 13);
    assertThat(
        known.absent(),
        is(
            Map.of(
                "price", "its value never changes",
                "fuel", "90 periods of values, 91 are the fewest",
                "attention", "no values",
                "registrations", "no values")));
    assertThat(known.origins(), is(0));
    assertThat(known.regression(), is(Optional.empty()));
  }
}
