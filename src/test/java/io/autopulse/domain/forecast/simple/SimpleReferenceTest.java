package io.autopulse.domain.forecast.simple;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimpleReferenceTest {
  @Test
  void methodsForecastAsTheReferenceDoes() {
    for (Method method :
        List.of(new Naive(), new SeasonalNaive(), new Drift(), new HistoricMean())) {
      Reference.check(
          method.name(),
          55,
          series -> true,
          series -> method.forecast(series.values(), series.season(), series.horizon()));
    }
  }
}
