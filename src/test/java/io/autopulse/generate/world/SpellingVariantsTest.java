package io.autopulse.generate.world;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class SpellingVariantsTest {
  @Test
  void nameIsWrittenInOtherCasesWithSpacesAndAsMojibake() {
    assertThat(
        SpellingVariants.of("Île-de-France").all(),
        hasItems(
            "Île-de-France",
            "ÎLE-DE-FRANCE ",
            "île-de-france",
            "I\u0302le-de-France",
            "\u00c3\u017dle-de-France"));
    assertThat(SpellingVariants.of("Grand Est").all(), hasItems("Grand  Est", "Grand\u00a0Est"));
  }

  @Test
  void referenceSpellingComesFirst() {
    assertThat(SpellingVariants.of("Bretagne").all().get(0), is("Bretagne"));
  }
}
