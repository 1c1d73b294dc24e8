package io.autopulse.domain.problem;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KEYS = List.of("job", "lookback", "warehouse", "timezone");

  @Test
  void swappedNeighboursAreOneEdit() {
    assertThat(NearestName.distance("lookbakc", "lookback"), is(1));
    assertThat(NearestName.distance("ab", "ba"), is(1));
  }

  @Test
  void insertedDeletedAndChangedLettersAreOneEditEach() {
    assertThat(NearestName.distance("", "abc"), is(3));
    assertThat(NearestName.distance("kitten", "sitting"), is(3));
    assertThat(NearestName.distance("same", "same"), is(0));
  }

  @Test
  void mistypedNameMeansTheNearest() {
    assertThat(NearestName.of("warehuose", KEYS), equalTo(Optional.of("warehouse")));
    assertThat(NearestName.of(" LookBack", KEYS), equalTo(Optional.of("lookback")));
  }

  @Test
  void strangeNameMeansNone() {
    assertThat(NearestName.of("password", KEYS), equalTo(Optional.empty()));
    assertThat(NearestName.of("xyz", KEYS), equalTo(Optional.empty()));
    assertThat(NearestName.of("anything", List.of()), equalTo(Optional.empty()));
  }

  @Test
  void shortNamesMustBeOneEditNear() {
    assertThat(NearestName.of("jo", KEYS), equalTo(Optional.of("job")));
    assertThat(NearestName.of("j", KEYS), equalTo(Optional.empty()));
  }

  @Test
  void namesAreSortedByDistanceThenAlphabet() {
    assertThat(
        NearestName.sorted("day", List.of("month", "way", "days", "bay")),
        contains("bay", "days", "way", "month"));
  }

  @Test
  void hintNamesTheNearestOrAllOrTheNearestOfMany() {
    assertThat(NearestName.hint("jobs", KEYS), is("Did you mean \"job\"?"));
    assertThat(NearestName.hint("password", KEYS), is("Known: job, lookback, warehouse, timezone"));
    List<String> many = IntStream.range(10, 40).mapToObj(i -> "option" + i).toList();
    assertThat(
        NearestName.hint("something else", many),
        is("Nearest: option10, option11, option12, option13, option14"));
  }
}
