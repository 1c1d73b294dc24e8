package io.autopulse.domain.forecast.intermittent;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntermittentReferenceTest {
  /**
   * Demand below 0 is left out: here it is none, the reference counts it for the intervals only.
   */
  @Test
  void methodsForecastAsTheReferenceDoes() {
    for (Method method : List.of(new CrostonSba(), new Tsb(), new Adida(), new Imapa())) {
      Reference.check(
          method.name(),
          50,
          series -> !series.isNegative(),
          series -> method.forecast(series.values(), series.season(), series.horizon()));
    }
  }
}
