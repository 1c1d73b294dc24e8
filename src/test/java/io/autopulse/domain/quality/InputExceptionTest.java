package io.autopulse.domain.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class InputExceptionTest {
  @Test
  void messageNamesPlaceProblemAndRemedy() {
    assertThat(
        new InputException("a.yaml:3: job", "is missing", "Write it").getMessage(),
        is("a.yaml:3: job: is missing. Write it"));
    assertThat(new InputException("", "is missing", "").getMessage(), is("is missing"));
  }

  @Test
  void samePlaceCanBeGivenLater() {
    assertThat(
        new InputException("", "is missing", "Write it").at("b.yaml:1").getMessage(),
        is("b.yaml:1: is missing. Write it"));
  }

  @Test
  void severalProblemsAreOneLineEach() {
    InputException one = new InputException("a", "is wrong", "");
    InputException two = new InputException("b", "is missing", "Write it");
    assertThat(
        InputException.all(List.of(one, two)).getMessage(),
        is("a: is wrong\nb: is missing. Write it"));
    assertThat(InputException.all(List.of(one)).getMessage(), is("a: is wrong"));
  }
}
