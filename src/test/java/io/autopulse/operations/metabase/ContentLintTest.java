package io.autopulse.operations.metabase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.operations.metabase.Content.Kind;
import io.autopulse.web.state.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files that ship are in order, and each mistake is found by the check that is named for it.
 */
class ContentLintTest {
  private static final Path MEASURES = Path.of("dashboards/measures.yaml");

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void copy() {
    folder = ShippedContent.copy(temporary.resolve("metabase"));
  }

  @Test
  void shippedFilesAreInOrder() {
    assertThat(problems(MEASURES), is(empty()));
    assertThat(ShippedContent.read().of(Kind.CARD).size(), is(greaterThan(30)));
    assertThat(
        ShippedContent.read().of(Kind.DASHBOARD).stream().map(Content::name).toList(),
        is(List.of("Data health", "Forecast", "Market", "Sales")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sales/sales            | card_id: {id}                        | card_id: AAAAAAAAAAAAAAAAAAAAA  | dangling-reference
          sales/revenue          | collection_id: {collection}          | collection_id: AAAAAAAAAAAAAAAAAAAAA | dangling-reference
          sales/revenue          | [[and {{make}}]]                     | and true                       | absent-tag
          sales/revenue          | [[and {{make}}]]                     | [[and {{brand}}]]              | undeclared-tag
          sales/revenue          | display: scalar                      | dispaly: scalar                | unknown-key
          sales/revenue          | sum(revenue)                         | sum(net_price)                 | measure
          sales/revenue          | column_title: Revenue                | column_title: Turnover         | measure
          sales/revenue          | scalar.field: revenue                | scalar.field: turnover         | unknown-column
          sales/revenue          | entity_id: {id}                      | entity_id: short               | identity
          sales/sales            | [dimension, [template-tag, make]]    | [variable, [template-tag, make]] | wrong-target
          sales/sales            | [template-tag, segment]              | [template-tag, segments]       | wrong-target
          forecast/forecast      | parameter_mappings:                  | mappings:                      | unwired-filter
          sales/sales            | 'filteringParameters:\n  - '       | 'filteringParameters:\n  - x' | linked-filter
          sales/sales            | region={{region}}                    | region={{area}}                | click-through
          sales/sales            | segment={{filter:segment}}           | segment={{filter:class}}       | click-through
          market/market          | size_x: 14                           | size_x: 16                     | layout
          market/market          | value_field: [field, {base-type: type/Text}, period] | value_field: [field, {base-type: type/Text}, month] | unknown-column
          market/share_by_month  | units_sold * 1.0 / nullif(market_registrations, 0) | units_sold * 1.0 / market_registrations | measure
          """)
  void seededMistakeIsFoundByItsCheck(String name, String from, String to, String check) {
    Content content =
        ShippedContent.read().contents().stream()
            .filter(one -> one.file().endsWith("/" + name + ".yaml"))
            .findFirst()
            .orElseThrow();
    String id =
        content.kind() == Kind.DASHBOARD
            ? content.list("dashcards").get(0).path("card_id").asText()
            : content.id();
    ShippedContent.change(
        folder,
        name,
        from.replace("{id}", id)
            .replace("{collection}", content.text("collection_id"))
            .replace("\\n", "\n"),
        to.replace("\\n", "\n"));
    List<String> problems = problems(MEASURES);
    assertThat(problems, hasItem(containsString(": " + check + ": ")));
    assertThat(problems.get(0), matchesPattern("(?s)\\S+\\.yaml:\\d+(: \\S+)?: [a-z-]+: .*\\. .*"));
  }

  @Test
  void cardThatNoDashboardShowsIsFound() throws IOException {
    String file = Files.readString(ShippedContent.file(folder, "sales/revenue"));
    Files.writeString(
        ShippedContent.file(folder, "sales/copy"),
        file.replace("name: Revenue", "name: Copy")
            .replace(ContentFolder.content("x", file).id(), "BBBBBBBBBBBBBBBBBBBBB"));
    assertThat(problems(MEASURES), hasItem(containsString("unused-card: no dashboard shows it")));
  }

  @Test
  void measureThatIsDefinedOtherwiseIsFoundInEveryCardThatShowsIt() throws IOException {
    Path changed = temporary.resolve("measures.yaml");
    Files.writeString(
        changed, Files.readString(MEASURES).replace("sql: sum(revenue)", "sql: sum(net_price)"));
    List<String> problems = problems(changed);
    assertThat(problems.size(), is(greaterThan(4)));
    problems.forEach(problem -> assertThat(problem, containsString("measure: ")));
  }

  /** The state of a click is one that the web dashboard's own reader takes, and has the filters. */
  @Test
  void clicksLeadToTheSameStateOfTheWebDashboard() {
    int links = 0;
    for (Content dashboard : ShippedContent.read().of(Kind.DASHBOARD)) {
      for (JsonNode dashcard : dashboard.list("dashcards")) {
        String link = dashcard.at("/visualization_settings/click_behavior/linkTemplate").asText("");
        if (link.isEmpty()) {
          continue;
        }
        links++;
        String path = link.substring(ContentFolder.DASHBOARD.length());
        assertThat(path, matchesPattern("(overview|sales|market|forecast|health)(\\?.*)?"));
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : path.replaceAll("^[^?]*\\??", "").split("&")) {
          if (!pair.isEmpty()) {
            String[] parts = pair.split("=", 2);
            // A filter has the name of the parameter, and so has the column of a row.
            assertThat(link, parts[1], matchesPattern("\\{\\{(filter:)?" + parts[0] + "}}"));
            parameters.put(parts[0], List.of(parts[0].equals("period") ? "2024-07" : "A member"));
          }
        }
        StateReader.read(parameters);
        if (dashboard.name().equals("Sales") && path.startsWith("sales")) {
          assertThat(
              parameters
                  .keySet()
                  .containsAll(
                      List.of(
                          "period", "region", "dealer", "make", "model", "segment", "powertrain")),
              is(true));
        }
      }
    }
    assertThat(links, is(greaterThan(25)));
  }

  private List<String> problems(Path measures) {
    ContentFolder read = ContentFolder.read(folder, ContentFolder.DASHBOARD);
    List<String> problems = new ArrayList<>();
    for (InputException problem :
        new ContentLint(read, Optional.of(Measures.read(measures))).problems()) {
      problems.add(String.valueOf(problem.getMessage()));
    }
    return problems;
  }
}
