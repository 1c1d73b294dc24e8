package io.autopulse.pipeline.yaml;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutionTest {
  private final Substitution substitution =
      new Substitution(Map.of("LANDING", "/data/$1\\x", "EMPTY", "", "NESTED", "${LANDING}"));

  @Test
  void variableStandsForItsTextAsItIs() {
    assertThat(substitution.apply("${LANDING}/sales/*.csv"), is("/data/$1\\x/sales/*.csv"));
    assertThat(substitution.apply("${NESTED}"), is("${LANDING}"));
  }

  @Test
  void defaultStandsForAnUnsetOrEmptyVariable() {
    assertThat(substitution.apply("${NO:-a}${EMPTY:-b}${LANDING:-c}"), is("ab/data/$1\\x"));
    assertThat(substitution.apply("x${NO:-}"), is("x"));
    assertThat(substitution.apply("${WH:-duckdb:a.duckdb}"), is("duckdb:a.duckdb"));
  }

  @Test
  void emptyVariableWithoutDefaultIsEmpty() {
    assertThat(substitution.apply("x${EMPTY}"), is("x"));
  }

  @Test
  void doubledDollarIsTheTextItself() {
    assertThat(substitution.apply("$${LANDING} costs 5 $"), is("${LANDING} costs 5 $"));
  }

  @Test
  void unsetVariableWithoutDefaultIsNamed() {
    InputException problem =
        assertThrows(InputException.class, () -> substitution.apply("a ${NO_SUCH} b"));
    assertThat(
        problem.getMessage(),
        is(
            "needs the environment variable NO_SUCH, which is not set. Set it, or give a default: ${NO_SUCH:-default}"));
  }

  @Test
  void brokenReferenceIsExplained() {
    for (String broken : new String[] {"${A", "${}", "${1A}", "${A-b}"}) {
      InputException problem =
          assertThrows(InputException.class, () -> substitution.apply(broken), broken);
      assertThat(
          problem.getMessage(),
          is(
              "\""
                  + broken
                  + "\" holds a ${ that is neither ${NAME} nor ${NAME:-default}. Write $${ for the two characters themselves"));
    }
  }
}
