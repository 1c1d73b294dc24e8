package io.autopulse.domain.forecast.explain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.forecast.explain.ValueAdded.Entry;
import io.autopulse.domain.forecast.explain.ValueAdded.Line;
import io.autopulse.domain.forecast.explain.ValueAdded.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueAddedTest {
  private static Entry entry(String cell, Stage stage, double forecast, double sold) {
    return new Entry("model", cell, stage, forecast, sold);
  }

  private static void check(Line line, Stage stage, int forecasts, double wape, double value) {
    assertThat(line.stage(), is(stage));
    assertThat(line.forecasts(), is(forecasts));
    assertThat(line.wape(), closeTo(wape, 1e-9));
    if (stage != Stage.NAIVE) {
      assertThat(line.value(), closeTo(value, 1e-9));
    }
  }

  @Test
  void eachStepIsComparedWithTheOneBefore() {
    // Sold 10 and 30. Naive errs by 5 and 5, the model by 1 and 3, reconciled by 2 and 2.
    List<Entry> entries =
        new ArrayList<>(
            List.of(
                entry("a", Stage.NAIVE, 5, 10),
                entry("b", Stage.NAIVE, 35, 30),
                entry("a", Stage.MODEL, 11, 10),
                entry("b", Stage.MODEL, 27, 30),
                entry("a", Stage.RECONCILED, 12, 10),
                entry("b", Stage.RECONCILED, 28, 30)));
    List<Line> lines = ValueAdded.of(entries);
    assertThat(lines.size(), is(3));
    check(lines.get(0), Stage.NAIVE, 2, 0.25, 0);
    check(lines.get(1), Stage.MODEL, 2, 0.1, 0.15);
    check(lines.get(2), Stage.RECONCILED, 2, 0.1, 0);
    assertThat(lines.get(1).bias(), closeTo(-0.05, 1e-9));
    Collections.reverse(entries);
    assertThat(ValueAdded.of(entries), is(lines));
  }

  @Test
  void overrideIsComparedOnlyWhereAPlannerGaveOne() {
    // The planner changed a alone, from an error of 2 to one of 6 of 10 sold.
    List<Line> lines =
        ValueAdded.of(
            List.of(
                entry("a", Stage.RECONCILED, 12, 10),
                entry("b", Stage.RECONCILED, 28, 30),
                entry("a", Stage.NAIVE, 10, 10),
                entry("b", Stage.NAIVE, 30, 30),
                entry("a", Stage.OVERRIDE, 16, 10)));
    check(lines.get(2), Stage.OVERRIDE, 1, 0.6, -0.4);
    // Without a model, reconciled is compared with naive.
    check(lines.get(1), Stage.RECONCILED, 2, 0.1, -0.1);
  }

  @Test
  void whereNothingWasSoldThereIsNoShare() {
    List<Line> lines =
        ValueAdded.of(List.of(entry("a", Stage.NAIVE, 1, 0), entry("a", Stage.MODEL, 2, 0)));
    assertThat(lines.get(1).wape(), is(Double.NaN));
    assertThat(lines.get(1).value(), is(Double.NaN));
    assertThat(lines.get(1).forecasts(), is(1));
  }
}
