package io.autopulse.pipeline.manifest;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookbackTest {
  @Test
  void daysAndWeeksCountBackFromTodayWhichIsIncluded() {
    LocalDate today = LocalDate.of(2024, 3, 10);
    assertThat(
        Lookback.parse("35d").until(today),
        is(new BusinessInterval(LocalDate.of(2024, 2, 5), LocalDate.of(2024, 3, 11))));
    assertThat(Lookback.parse("5w"), is(Lookback.parse("35d")));
    assertThat(
        Lookback.parse("1d").until(today),
        is(new BusinessInterval(LocalDate.of(2024, 3, 10), LocalDate.of(2024, 3, 11))));
  }

  @Test
  void allCoversEveryDate() {
    assertThat(Lookback.parse("all").until(LocalDate.of(2024, 3, 10)), is(BusinessInterval.ALL));
    assertThat(Lookback.ALL.toString(), is("all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"35", "0d", "5m", "-1d", "36501d", "99999w", "ALL", "35 d"})
  void anythingElseIsExplained(String text) {
    InputException problem = assertThrows(InputException.class, () -> Lookback.parse(text));
    assertThat(
        problem.getMessage(),
        is("\"" + text + "\" is not a lookback: days such as 35d, weeks such as 5w, or all"));
  }
}
