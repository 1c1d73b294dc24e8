package io.autopulse.pipeline.live;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateManifestTest {
  private static final String SALES =
      """
      job: live-sales
      timezone: Europe/Berlin
      currency: EUR
      live: {panes: 10s, corrections: 35d, poll: 500ms}
      feeds:
        sales:
          from: {type: csv, path: "in/*.csv"}
          columns: {make: Marke}
      kpis: {grains: [day, month], dimensions: [total, make]}
      warehouse: duckdb:w.duckdb
      """;

  private static final String TOPIC =
      SALES.replace(
          "{type: csv, path: \"in/*.csv\"}",
          "{type: kafka, bootstrap_servers: \"b1:9092\", topic: sales, group_id: g}");

  private static final String MARKET =
      """
      job: live-market
      live: {panes: 10s}
      feeds:
        fuel_prices: {from: {type: csv, path: "fuel/*.csv"}}
      mappings:
        regions: {NORTH: [Nord, "59*"], SOUTH: ["13*"]}
      warehouse: duckdb:w.duckdb
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [total, make]        | [total, make, region] | live.yaml:9: kpis.dimensions | kpis.dimensions: make, total; now it is make, region, total
          [total, make]        | [total]               | live.yaml:9: kpis.dimensions | kpis.dimensions: make, total; now it is total
          [day, month]         | [hour, day, month]    | live.yaml:9: kpis.grains     | kpis.grains: day, month; now it is hour, day, month
          [day, month]         | [day]                 | live.yaml:9: kpis.grains     | kpis.grains: day, month; now it is day
          Europe/Berlin        | Europe/Lisbon         | live.yaml:2: timezone        | timezone: Europe/Berlin; now it is Europe/Lisbon
          EUR                  | CHF                   | live.yaml:3: currency        | currency: EUR; now it is CHF
          35d                  | 70d                   | live.yaml:4: live.corrections | live.corrections: PT840H; now it is PT1680H
          in/*.csv             | new/*.csv             | live.yaml:7: feeds.sales.from.path | feeds.sales.from.path: in/*.csv; now it is new/*.csv
          *.csv"}              | *.csv", charset: windows-1252} | live.yaml:7: feeds.sales.from.charset | feeds.sales.from.charset: UTF-8; now it is windows-1252
          *.csv"}              | *.csv", separator: ";"} | live.yaml:7: feeds.sales.from.separator | feeds.sales.from.separator: ,; now it is ;
          """)
  void editThatChangesTheStateIsRefused(String old, String edited, String place, String problem)
      throws IOException {
    assertThat(refusal(SALES, SALES.replace(old, edited)), containsString(place + ": "));
    assertThat(refusal(SALES, SALES.replace(old, edited)), containsString(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          topic: sales  | topic: sales2   | feeds.sales.from.topic: sales; now it is sales2
          b1:9092       | b2:9092         | feeds.sales.from.bootstrap_servers: b1:9092; now it is b2:9092
          group_id: g   | group_id: h     | feeds.sales.from.group_id: g; now it is h
          """)
  void editOfATopicIsRefusedForTheCheckpointHoldsItsReader(
      String old, String edited, String problem) throws IOException {
    assertThat(refusal(TOPIC, TOPIC.replace(old, edited)), containsString(problem));
  }

  @Test
  void anotherTypeOfSourceAnotherFeedAndTrendsAreRefused() throws IOException {
    assertThat(
        refusal(SALES, TOPIC), containsString("feeds.sales.from.type: csv; now it is kafka"));
    String dealers =
        SALES.replace("kpis:", "  dealers: {from: {type: csv, path: \"d/*.csv\"}}\nkpis:");
    assertThat(refusal(SALES, dealers), containsString("feeds: sales; now it is sales, dealers"));
    assertThat(refusal(dealers, SALES), containsString("feeds: sales, dealers; now it is sales"));
    String trends = SALES + "trends: {dimensions: [make, total]}\n";
    assertThat(
        refusal(SALES, trends),
        containsString("trends.dimensions: nothing; now it is make, total"));
    assertThat(
        refusal(trends, trends.replace("[make, total]}\n", "[total, make]}\n")),
        containsString("trends.dimensions: make, total; now it is total, make"));
  }

  @Test
  void ruleForTiesIsPartOfTheVersionsThatTheStateRemembers() throws IOException {
    String byPosition = SALES.replace("    columns:", "    ties: position\n    columns:");
    assertThat(
        refusal(SALES, byPosition),
        containsString("live.yaml:8: feeds.sales.ties: the job's state was made with"));
    assertThat(
        refusal(SALES, byPosition),
        containsString("feeds.sales.ties: nothing; now it is position"));
    assertThat(
        refusal(byPosition, SALES),
        containsString("feeds.sales.ties: position; now it is nothing"));
    // The default, written down.
    String byContent = SALES.replace("    columns:", "    ties: content\n    columns:");
    assertThat(of(byContent).refusedSince(of(SALES)), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [total, make]   | [make, total]
          [day, month]    | [month, day]
          panes: 10s      | panes: 1s
          35d             | 5w
          35d             | 14d
          make: Marke     | make: Brand
          {make: Marke}   | {make: Marke, sold_at: Datum}
          warehouse:      | owner: someone#warehouse:
          """)
  void editThatTheStateDoesNotDependOnApplies(String old, String edited) throws IOException {
    String after = SALES.replace(old, edited.replace("#", "\n"));
    assertThat(of(after).refusedSince(of(SALES)), is(empty()));
    assertThat(of(after).keptSince(of(SALES)), is(empty()));
  }

  @Test
  void formatsDefaultsAndSensitiveColumnsApplyFromTheNextStartOn() throws IOException {
    String after =
        SALES.replace(
            "    columns:",
            "    formats: {sold_at: dd.MM.yyyy, decimal: \",\"}\n    defaults: {status: SOLD}\n    sensitive: [Telefon]\n    columns:");
    assertThat(of(after).refusedSince(of(SALES)), is(empty()));
  }

  @Test
  void filterAppliesFromTheNextStartOnAndWhatIsFilledDownIsPartOfTheReader() throws IOException {
    String skipping =
        SALES.replace(
            "    columns:", "    skip_rows: [{column: Marke, like: \"* ZUSAMMEN\"}]\n    columns:");
    assertThat(of(skipping).refusedSince(of(SALES)), is(empty()));
    String filling = SALES.replace("    columns:", "    fill_down: [Marke]\n    columns:");
    assertThat(
        of(filling).refusedSince(of(SALES)).get(0),
        is(new StateManifest.Difference("feeds.sales.fill_down", "nothing", "Marke")));
  }

  @Test
  void pollIsKeptAsTheCheckpointHasIt() throws IOException {
    StateManifest before = of(SALES);
    StateManifest after = of(SALES.replace("500ms", "5s"));

    assertThat(after.refusedSince(before), is(empty()));
    assertThat(
        after.keptSince(before),
        is(List.of(new StateManifest.Difference("live.poll", "PT0.5S", "PT5S"))));
    assertThat(after.keeping(before).values().get("live.poll"), is("PT0.5S"));
    StateManifest quiet = of(SALES.replace("500ms", "500ms, quiet: 7s"));
    assertThat(quiet.refusedSince(before), is(empty()));
    assertThat(quiet.keptSince(before).get(0).path(), is("live.quiet"));
  }

  @Test
  void horizonThatWasShortenedIsNotLengthenedAgain() throws IOException {
    StateManifest shortened = of(SALES.replace("35d", "14d")).keeping(of(SALES));

    assertThat(of(SALES).refusedSince(shortened).get(0).path(), is("live.corrections"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [Nord, "59*"]   | [Nord, Norden, "59*"]
          ["13*"]         | ["13*", "83*"]
          SOUTH:          | WEST: [Ouest], SOUTH:
          """)
  void aliasOfANameThatWasRejectedUntilNowApplies(String old, String edited) throws IOException {
    assertThat(of(MARKET.replace(old, edited)).refusedSince(of(MARKET)), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [Nord, "59*"]        | ["59*"]                 | mappings.regions.NORD: NORTH; now it is nothing
          NORTH: [Nord,        | EAST: [Nord], NORTH: [  | mappings.regions.NORD: NORTH; now it is EAST
          ["13*"]              | ["13*", "591*"]         | mappings.regions.591*: nothing; now it is SOUTH
          ["13*"]              | ["13*", "59100"]        | mappings.regions.59100: nothing; now it is SOUTH
          mappings:            | mappings: #  fuels: {DIESEL: [Gazole]} | mappings.fuels.GAZOLE: nothing; now it is DIESEL
          """)
  void aliasThatMovesWhatWasReadIsRefused(String old, String edited, String problem)
      throws IOException {
    String after = MARKET.replace(old, edited.replace(" #", "\n"));
    assertThat(refusal(MARKET, after), containsString(problem));
  }

  @Test
  void stateOfAnotherLayoutIsRefusedWithTheRemedy() throws IOException {
    Map<String, String> values = new java.util.LinkedHashMap<>(of(SALES).values());
    values.put("layout", "1");
    InputException refused =
        assertThrows(
            InputException.class,
            () ->
                of(SALES).requireSince(new StateManifest(values), read(SALES), "live/checkpoints"));
    assertThat(
        refused.getMessage(),
        containsString(
            "live/checkpoints: the job's state was made with layout: 1; now it is "
                + StateManifest.LAYOUT));
    assertThat(refused.getMessage(), containsString("start anew: move this folder away"));
  }

  private String refusal(String before, String after) throws IOException {
    StateManifest old = of(before);
    Manifest edited = read(after);
    InputException refused =
        assertThrows(
            InputException.class, () -> of(after).requireSince(old, edited, "live/checkpoints"));
    assertThat(refused.getMessage(), containsString("start anew: move this folder away"));
    return refused.getMessage();
  }

  private StateManifest of(String text) throws IOException {
    Manifest manifest = read(text);
    return StateManifest.of(manifest, manifest.live().orElseThrow());
  }

  private Manifest read(String text) throws IOException {
    return new ManifestReader(Map.of())
        .read(Files.writeString(directory.resolve("live.yaml"), text), List.of());
  }
}
