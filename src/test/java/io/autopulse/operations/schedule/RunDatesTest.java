package io.autopulse.operations.schedule;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDatesTest {
  private static final RunDates DATES =
      RunDates.of(LocalDate.of(2028, 3, 31), Optional.of(Period.ofMonths(1)));

  @ParameterizedTest
  @CsvSource({
    "{today},        2028-03-31",
    "{yesterday},    2028-03-30",
    "{monday},       2028-03-27",
    "{today-35d},    2028-02-25",
    "{today-5w},     2028-02-25",
    "{today-1m},     2028-02-29",
    "{monday+1d},    2028-03-28",
    "{from},         2028-02-29",
    "{to},           2028-03-31",
    "a{today}-{to}b, a2028-03-31-2028-03-31b",
    "x={a: b},       x={a: b}",
  })
  void placeholdersAreDates(String word, String filled) {
    assertThat(DATES.fill(word), is(filled));
  }

  @Test
  void stepIsFilledWordByWord() {
    Step step = new Step(false, List.of("forecast", "--as-of", "{yesterday}"));
    assertThat(DATES.fill(step), is(new Step(false, List.of("forecast", "--as-of", "2028-03-30"))));
    assertThat(step.hasRange(), is(false));
    assertThat(new Step(false, List.of("backfill", "{from-1d}")).hasRange(), is(true));
  }

  @Test
  void mondayOfAMondayIsTheDayItself() {
    assertThat(
        RunDates.of(LocalDate.of(2026, 11, 30), Optional.empty()).fill("{monday}"),
        is("2026-11-30"));
  }

  @ParameterizedTest
  @CsvSource({
    "{tody},      Did you mean \"today\"?",
    "{today-35},  {today-35d}",
    "{today-0d},  is not a range of dates",
  })
  void wrongPlaceholderIsRefused(String word, String message) {
    InputException problem =
        assertThrows(InputException.class, () -> DATES.fill(RunDates.checked(word)));
    assertThat(problem.getMessage(), containsString(message));
  }

  @Test
  void rangeThatIsMissingIsNamed() {
    RunDates none = RunDates.of(LocalDate.of(2028, 3, 31), Optional.empty());
    InputException problem = assertThrows(InputException.class, () -> none.fill("{from}"));
    assertThat(problem.getMessage(), containsString("Give the run a range by --from and --to"));
  }
}
