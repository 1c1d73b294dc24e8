package io.autopulse.domain.forecast.simple;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.reference.ReferenceForecasts;
import io.autopulse.domain.forecast.reference.ReferenceForecasts.Case;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimpleReferenceTest {
  @Test
  void methodsForecastAsTheReferenceDoes() {
    for (Method method :
        List.of(new Naive(), new SeasonalNaive(), new Drift(), new HistoricMean())) {
      List<Case> cases = ReferenceForecasts.of(method.name());
      assertThat(method.name(), cases.size(), is(58));
      for (Case series : cases) {
        assertThat(series.compare(method, 1e-8), is(""));
      }
    }
  }
}
