package io.autopulse.domain.forecast.intermittent;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntermittentReferenceTest {
  /**
   * Demand below 0 is left out: here it is none, the reference counts it for the intervals only.
   */
  @Test
  void methodsForecastAsTheReferenceDoes() {
    for (Method method : List.of(new CrostonSba(), new Tsb(.2, .2))) {
      List<Case> cases =
          ReferenceForecasts.of(method.name()).stream()
              .filter(series -> Arrays.stream(series.values()).min().orElse(0) >= 0)
              .toList();
      assertThat(method.name(), cases.size(), is(55));
      for (Case series : cases) {
        assertThat(series.compare(method, 1e-7), is(""));
      }
    }
  }
}
