package io.autopulse.domain.market;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameMappingTest {
  @Test
  void memberItselfWinsThenItsAliasThenTheLongestBeginning() {
    NameMapping regions =
        NameMapping.of(
            Map.of(
                "North", List.of("59*", "Nord"),
                "Lille", List.of("590*"),
                "5901", List.of()));
    assertThat(regions.member("NORTH"), is(Optional.of("NORTH")));
    assertThat(regions.member("NORD"), is(Optional.of("NORTH")));
    assertThat(regions.member("59200"), is(Optional.of("NORTH")));
    assertThat(regions.member("59000"), is(Optional.of("LILLE")));
    assertThat(regions.member("5901"), is(Optional.of("5901")));
    assertThat(regions.member("SOUTH"), is(Optional.empty()));
  }

  @Test
  void mappingWithoutMembersLeavesEveryNameAsItIs() {
    assertThat(NameMapping.NONE.member("TESLA"), is(Optional.of("TESLA")));
  }

  @Test
  void nameOfTwoMembersIsRefused() {
    assertThat(
        assertThrows(
                IllegalArgumentException.class,
                () -> NameMapping.of(Map.of("Renault", List.of("R"), "Rover", List.of("r "))))
            .getMessage()
            .startsWith("\"R\" means two members: "),
        is(true));
    assertThrows(
        IllegalArgumentException.class, () -> NameMapping.of(Map.of("Renault", List.of(" "))));
  }

  @Test
  void textNamesMembersByWholeWords() {
    NameMapping topics =
        NameMapping.of(
            Map.of(
                "Renault Clio", List.of("Clio"), "Mini", List.of(), "VW", List.of("Volkswagen")));
    assertThat(
        topics.namedIn("My clio's engine, and a #Volkswagen"), contains("RENAULT CLIO", "VW"));
    assertThat(topics.namedIn("a minivan in ministry"), is(empty()));
  }
}
