package io.autopulse.operations.metabase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.operations.metabase.ContentDrift.Difference;
import io.autopulse.testing.MetabaseApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Provisioning by the real client, of a server that stands in for Metabase. */
class ProvisioningTest {
  @TempDir Path temporary;

  private final MetabaseApi metabase = MetabaseApi.start(ShippedContent.columns());
  private Path folder;

  @BeforeEach
  void copy() {
    folder = ShippedContent.copy(temporary.resolve("metabase"));
  }

  @AfterEach
  void stop() {
    metabase.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void firstRunCreatesEverythingAndTheSecondWritesNothing(boolean stages) {
    if (stages) {
      metabase.answerWithStages();
    }
    int files = ShippedContent.read().contents().size();
    assertThat(plan().missing(), hasSize(files));
    assertThat(metabase.writes(), is(empty()));

    assertThat(apply().missing(), hasSize(files));
    assertThat(metabase.count("dashboard", false), is(4L));
    assertThat(metabase.count("collection", false), is(5L));
    assertThat(metabase.count("card", false), is(files - 9L));
    assertThat(metabase.find("dashboard", "Sales").path("dashcards").size(), is(12));
    metabase.forgetCalls();

    ContentDrift second = apply();
    assertThat(second.changed(), is(empty()));
    assertThat(second.isEmpty(), is(true));
    assertThat(second.same(), is(files));
    assertThat(metabase.writes(), is(empty()));
    // Seven items a page: the questions of a collection are more.
    assertThat(metabase.calls(), hasItem(containsString("offset=7")));
  }

  @Test
  void filtersReachColumnsByTheServersNumbers() {
    apply();
    ObjectNode card = metabase.find("card", "Sales by region");
    ObjectNode dashboard = metabase.find("dashboard", "Sales");
    assertThat(
        card.at("/dataset_query/native/template-tags/region/dimension/0").asText(), is("field"));
    assertThat(
        card.at("/dataset_query/native/template-tags/region/dimension/1").isNumber(), is(true));
    assertThat(
        dashboard.at("/parameters/0/values_source_config/card_id").asLong(),
        is(metabase.find("card", "Months with sales").path("id").asLong()));
    assertThat(
        dashboard.at("/parameters/0/values_source_config/value_field/1").asText(), is("period"));
    dashboard
        .path("dashcards")
        .forEach(
            dashcard ->
                dashcard
                    .path("parameter_mappings")
                    .forEach(
                        mapping ->
                            assertThat(mapping.path("card_id"), is(dashcard.path("card_id")))));
  }

  @Test
  void exportAppliedAndExportedAgainIsTheSame() throws IOException {
    apply();
    Path first = temporary.resolve("first");
    provisioning(folder).export().write(first, ContentFolder.DASHBOARD);
    metabase.forgetCalls();
    assertThat(
        new ContentLint(
                ContentFolder.read(first, ContentFolder.DASHBOARD),
                Optional.of(Measures.read(Path.of("dashboards/measures.yaml"))))
            .problems(),
        is(empty()));
    assertThat(provisioning(first).apply().isEmpty(), is(true));
    assertThat(metabase.writes(), is(empty()));
    Path second = temporary.resolve("second");
    provisioning(first).export().write(second, ContentFolder.DASHBOARD);
    assertThat(texts(second), is(texts(first)));
    assertThat(texts(first).keySet(), is(texts(folder).keySet()));
  }

  @Test
  void whatSomebodyChangedIsDriftAndIsTakenBack() {
    apply();
    metabase.find("card", "Revenue").put("display", "gauge");
    ObjectNode dashboard = metabase.find("dashboard", "Market");
    ((ArrayNode) dashboard.path("dashcards")).remove(5);
    ((ObjectNode) dashboard.path("parameters").path(1)).putArray("default").add("region");
    metabase.find("collection", "Forecast").put("description", "mine");

    ContentDrift drift = plan();
    assertThat(
        drift.changed().stream().map(one -> one.content().name()).toList(),
        contains("Forecast", "Revenue", "Market"));
    assertThat(
        drift.changed().get(1).differences(),
        contains(new Difference("display", Optional.of("gauge"), Optional.of("scalar"))));
    assertThat(
        drift.changed().get(2).differences(),
        hasItem(
            new Difference("parameters/1/default/0", Optional.of("region"), Optional.of("make"))));
    apply();
    assertThat(metabase.find("card", "Revenue").path("display").asText(), is("scalar"));
    assertThat(plan().isEmpty(), is(true));
  }

  @Test
  void renamedDashboardIsTheSameOneAndKeepsItsNumber() {
    apply();
    ObjectNode dashboard = metabase.find("dashboard", "Sales");
    long number = dashboard.path("id").asLong();
    dashboard.put("name", "Sales of mine");
    metabase.find("card", "Revenue").put("name", "Turnover");
    assertThat(plan().missing(), is(empty()));
    apply();
    assertThat(metabase.find("dashboard", "Sales").path("id").asLong(), is(number));
    assertThat(metabase.count("dashboard", true), is(0L));
  }

  @Test
  void movedCardKeepsTheNumbersOfTheOthers() {
    apply();
    List<Long> before = dashcards("Forecast");
    ShippedContent.change(
        folder,
        "forecast/forecast",
        "row: 19\n  col: 14\n  size_x: 10",
        "row: 27\n  col: 0\n  size_x: 24");
    apply();
    assertThat(dashcards("Forecast"), is(before));
    assertThat(metabase.find("dashboard", "Forecast").at("/dashcards/5/row").asInt(), is(27));
  }

  @Test
  void cardRemovedFromTheFilesGoesToTheTrashAndComesBackWithItsNumber() throws IOException {
    apply();
    long number = metabase.find("card", "Accuracy by horizon").path("id").asLong();
    String file = Files.readString(ShippedContent.file(folder, "forecast/accuracy_by_horizon"));
    String dashboard = Files.readString(ShippedContent.file(folder, "forecast/forecast"));
    Files.delete(ShippedContent.file(folder, "forecast/accuracy_by_horizon"));
    int last = dashboard.lastIndexOf("\n- entity_id") + 1;
    assertThat(dashboard.substring(last), containsString(ContentFolder.content("x", file).id()));
    Files.writeString(
        ShippedContent.file(folder, "forecast/forecast"),
        dashboard.substring(0, last) + dashboard.substring(dashboard.indexOf("\nserdes/meta") + 1));

    ContentDrift drift = apply();
    assertThat(
        drift.surplus().stream().map(ContentDrift.Surplus::name).toList(),
        is(List.of("Accuracy by horizon")));
    assertThat(metabase.count("card", true), is(1L));
    assertThat(dashcards("Forecast"), hasSize(5));
    assertThat(plan().isEmpty(), is(true));

    Files.writeString(ShippedContent.file(folder, "forecast/accuracy_by_horizon"), file);
    Files.writeString(ShippedContent.file(folder, "forecast/forecast"), dashboard);
    apply();
    assertThat(metabase.find("card", "Accuracy by horizon").path("id").asLong(), is(number));
    assertThat(plan().isEmpty(), is(true));
  }

  @Test
  void whatPeopleHaveElsewhereIsLeftAlone() {
    long theirs = metabase.addCollection("Theirs");
    metabase.addCard("Revenue", theirs);
    metabase.addCard("Their own", theirs);
    apply();
    long ours = metabase.find("collection", "Sales").path("id").asLong();
    metabase.addCard("Added by hand", ours);
    assertThat(
        plan().surplus().stream().map(ContentDrift.Surplus::name).toList(),
        is(List.of("Added by hand")));
    apply();
    assertThat(metabase.find("card", "Their own").path("collection_id").asLong(), is(theirs));
    assertThat(metabase.count("card", true), is(1L));
  }

  /** Ten moments of a first run, and each moment of an update of everything. */
  @Test
  void failureHalfWayLeavesWhatWasThere() {
    JsonNode nothing = metabase.state();
    for (int writes : List.of(0, 1, 4, 5, 6, 20, 38, 39, 40, 45)) {
      metabase.failAfter(writes, 422);
      InputException failure = assertThrows(InputException.class, this::apply);
      assertThat(
          failure.getMessage(), allOf(containsString("answers 422"), containsString("non-blank")));
      assertThat("after " + writes, metabase.state().equals(nothing), is(true));
    }
    apply();
    ShippedContent.change(folder, "sales/revenue", "display: scalar", "display: number");
    ShippedContent.change(folder, "sales/sales_by_region", "order by 3 desc, 2", "order by 2");
    ShippedContent.change(folder, "sales/sales", "width: full", "width: fixed");
    ShippedContent.change(folder, "market/market", "size_y: 9", "size_y: 10");
    metabase.addCard("Added by hand", metabase.find("collection", "Sales").path("id").asLong());
    JsonNode before = metabase.state();
    for (int writes = 0; writes < 5; writes++) {
      metabase.failAfter(writes, 422);
      assertThrows(InputException.class, this::apply);
      assertThat("after " + writes, metabase.state().equals(before), is(true));
    }
    assertThat(apply().changed(), hasSize(4));
    assertThat(plan().isEmpty(), is(true));
  }

  @Test
  void updateIsMadeAgainWhenTheServerIsBusyAndACreationIsNot() {
    apply();
    metabase.find("card", "Revenue").put("display", "gauge");
    metabase.failAfter(0, 503);
    metabase.forgetCalls();
    apply();
    assertThat(metabase.writes(), hasSize(2));

    metabase.find("card", "Revenue").put("archived", true).put("entity_id", "other");
    metabase.forgetCalls();
    metabase.failAfter(0, 503);
    TransientException failure = assertThrows(TransientException.class, this::apply);
    assertThat(failure.getMessage(), containsString("answered 503 to POST api/card"));
    assertThat(metabase.writes(), hasSize(1));
  }

  @Test
  void keyThatIsRefusedIsNotShown() {
    Map<String, String> environment = new HashMap<>(metabase.environment());
    environment.put("MB_API_KEY", "of-somebody-else");
    InputException refusal =
        assertThrows(
            InputException.class,
            () ->
                new Provisioning(new MetabaseServer(environment, Duration.ZERO), read(folder))
                    .plan());
    assertThat(
        refusal.getMessage(),
        allOf(
            containsString("refuses the key (401)"),
            containsString("MB_API_KEY"),
            not(containsString("of-somebody-else"))));
    assertThat(
        assertThrows(InputException.class, () -> new MetabaseServer(Map.of(), Duration.ZERO))
            .getMessage(),
        startsWith("MB_URL: is not set"));
  }

  @Test
  void columnThatMetabaseDoesNotKnowIsNamed() {
    try (MetabaseApi empty =
        MetabaseApi.start(java.util.Set.of("AUTOPULSE_MARTS.fct_sales.make"))) {
      InputException problem =
          assertThrows(
              InputException.class,
              () ->
                  new Provisioning(
                          new MetabaseServer(empty.environment(), Duration.ZERO), read(folder))
                      .apply());
      assertThat(problem.getMessage(), containsString("knows no column AUTOPULSE_MARTS."));
      assertThat(empty.count("card", false), is(0L));
    }
  }

  @Test
  void clicksLeadToTheDashboardThatIsNamed() {
    ContentFolder read = ContentFolder.read(folder, "https://sales.example.com/");
    new Provisioning(new MetabaseServer(metabase.environment(), Duration.ZERO), read).apply();
    List<String> links = new ArrayList<>();
    metabase
        .find("dashboard", "Sales")
        .path("dashcards")
        .forEach(
            card -> {
              String link = card.at("/visualization_settings/click_behavior/linkTemplate").asText();
              links.add(link);
            });
    assertThat(links, everyItem(startsWith("https://sales.example.com/")));
  }

  private List<Long> dashcards(String dashboard) {
    List<Long> numbers = new ArrayList<>();
    metabase
        .find("dashboard", dashboard)
        .path("dashcards")
        .forEach(one -> numbers.add(one.path("id").asLong()));
    return numbers;
  }

  private ContentDrift plan() {
    return provisioning(folder).plan();
  }

  private ContentDrift apply() {
    return provisioning(folder).apply();
  }

  private Provisioning provisioning(Path from) {
    return new Provisioning(new MetabaseServer(metabase.environment(), Duration.ZERO), read(from));
  }

  private static ContentFolder read(Path from) {
    return ContentFolder.read(from, ContentFolder.DASHBOARD);
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }
}
