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
  void blankBeforeTheAsteriskIsPartOfTheBeginning() {
    NameMapping models =
        NameMapping.of(
            Map.of(
                "Boxer", List.of("QTY B1 *"),
                "Ducato", List.of("QTY B10*"),
                "Golf", List.of(" golf\u00a0 * ")));
    assertThat(models.member("QTY B1 SPORT"), is(Optional.of("BOXER")));
    assertThat(models.member("QTY B10 SPORT"), is(Optional.of("DUCATO")));
    assertThat(models.member("QTY B11"), is(Optional.empty()));
    assertThat(models.member("QTY B1"), is(Optional.empty()));
    assertThat(models.member("GOLF VIII"), is(Optional.of("GOLF")));
    assertThat(models.member("GOLFER"), is(Optional.empty()));
    assertThrows(
        IllegalArgumentException.class, () -> NameMapping.of(Map.of("Golf", List.of(" *"))));
  }

  @Test
  void underscoresOfTopicsAreBlanksInTheTableAndInTheNames() {
    NameMapping topics =
        NameMapping.ofTopics(
            Map.of(
                "Renault_Clio", List.of("Clio_V_(2019)", "Clio_*"),
                "VW ID.3", List.of("Volkswagen__ID.3")));
    // The member is the one that sales have.
    assertThat(topics.member(NameMapping.topic("Renault_Clio")), is(Optional.of("RENAULT_CLIO")));
    assertThat(topics.member(NameMapping.topic("renault clio")), is(Optional.of("RENAULT_CLIO")));
    assertThat(topics.member(NameMapping.topic("Clio_V_(2019)")), is(Optional.of("RENAULT_CLIO")));
    assertThat(topics.member(NameMapping.topic("Clio_IV")), is(Optional.of("RENAULT_CLIO")));
    assertThat(topics.member(NameMapping.topic("Clio_")), is(Optional.empty()));
    assertThat(topics.member(NameMapping.topic("Cliometrics")), is(Optional.empty()));
    assertThat(topics.member(NameMapping.topic("Volkswagen_ID.3")), is(Optional.of("VW ID.3")));
    assertThrows(
        IllegalArgumentException.class,
        () -> NameMapping.ofTopics(Map.of("A B", List.of(), "C", List.of("a_b"))));
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
