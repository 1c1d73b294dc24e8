package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.serving.Scope;
import io.autopulse.web.export.PageAddress;
import io.autopulse.web.page.Page;
import io.autopulse.web.state.PageState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of the dashboard have the figures of the server, and need nothing else. */
class EditionTest {
  private static final Pattern CELL =
      Pattern.compile("<(?:td|th scope=\"row\"|p class=\"figure\"|dd)[^>]*>(.*?)</(?:td|th|p|dd)>");

  @TempDir private static Path directory;

  private static ServedWarehouse served;

  @BeforeAll
  static void start() throws Exception {
    served = ServedWarehouse.in(directory);
  }

  @AfterAll
  static void stop() throws SQLException {
    served.close();
  }

  @Test
  void fileHasTheFiguresOfTheServer() throws Exception {
    List<String> addresses =
        List.of(
            "overview",
            "sales?period=2024-05&region=CORSE&lang=en",
            "sales?by=sale&period=2024-06-12",
            "market",
            "forecast?region=SOUTH",
            "health");
    List<String> expected = new ArrayList<>();
    for (String address : addresses) {
      expected.addAll(cells(get("/" + address)));
    }
    assertThat(expected.size(), greaterThan(300));
    assertThat(cells(pages(addresses, Optional.empty())), is(expected));
  }

  private static List<String> cells(String html) {
    return CELL.matcher(html)
        .results()
        // In a file no name is a link, so none lifts its filter.
        .map(cell -> cell.group(1).replaceAll("<span[^>]*> ×</span><span[^>]*>[^<]*</span>", ""))
        .map(cell -> cell.replaceAll("<[^>]*>", "").strip())
        .toList();
  }

  @Test
  void fileAsksForNothingAndLeadsNowhere() throws Exception {
    String html =
        pages(
            Stream.concat(
                    Page.Kind.ofCopies().stream().map(Page.Kind::code),
                    Stream.of(
                        "sales?period=2024",
                        "overview?known=2024-05-20",
                        "sales?period=2023&lang=en&by=dealer"))
                .toList(),
            Optional.empty());
    for (MatchResult link :
        Pattern.compile("(href|src|action)=\"([^\"]*)\"").matcher(html).results().toList()) {
      assertThat(link.group(), link.group(2).matches("#[a-z0-9-]+|data:,"), is(true));
    }
    for (String asking : List.of("<script", "<form", "<iframe", "url(", "@import", "http:")) {
      assertThat(html, not(containsString(asking)));
    }
    assertThat(html, containsString("content=\"default-src 'none';"));
    Set<String> ids = new HashSet<>();
    for (MatchResult id : Pattern.compile(" id=\"([^\"]*)\"").matcher(html).results().toList()) {
      assertThat(id.group(1), ids.add(id.group(1)), is(true));
    }
    for (MatchResult use :
        Pattern.compile(" (?:aria-labelledby|href)=\"#?([a-z0-9_-]+)\"")
            .matcher(html)
            .results()
            .toList()) {
      assertThat(use.group(), ids.contains(use.group(1)), is(true));
    }
    assertThat(html, containsString("Run <code>r1</code>"));
  }

  @Test
  void fileOfAPartHasThatPartOnly() throws Exception {
    String html =
        pages(
            List.of("overview", "sales?period=2024&by=dealer", "health"),
            Optional.of(new Scope(List.of(), List.of("D2"))));
    assertThat(
        html,
        allOf(
            containsString("You see the sales of D2."),
            not(containsString("D1")),
            not(containsString("CORSE")),
            not(containsString("V-1"))));
  }

  @Test
  void digestHasTheFiguresTheReasonsAndTheFindings() throws Exception {
    try (Edition edition = edition(Optional.empty())) {
      String text = edition.digest(PageState.START).markdown();
      assertThat(text, startsWith("# Sales, June 2024\n"));
      List<String> cards = cells(get("/overview").replaceAll("(?s)<section.*", ""));
      for (String card : cards) {
        assertThat(text, containsString(card.replaceAll("^[▲▼]? ?", "")));
      }
      // 24 sales of two regions in twelve days of June, against those of May and of June 2023.
      assertThat(text, containsString("## What made units change, by region"));
      assertThat(text, containsString("| BRETAGNE | "));
      assertThat(
          List.of(text.split("\n")),
          hasItems(
              "- The audit rejected-share of erp failed: At most a tenth is rejected.",
              "- 2 records of sales (erp) were rejected as MISSING_FIELD: status is required and missing",
              "Run r1. Published 13 Jun 2024 04:00 UTC, 3 hours ago."));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overview?period=2024-02, year, Against the year before",
    "overview?period=2024-03, before, Against the period before",
  })
  void reasonsAreOfTheLargerChange(String address, String base, String note) throws Exception {
    List<Double> changes = new ArrayList<>();
    for (String cell : get("/overview/figures.csv" + address.substring(8)).lines().toList()) {
      if (cell.startsWith("units_sold,")) {
        String[] values = cell.split(",");
        changes.add(Math.abs(Double.parseDouble(values[2])));
        changes.add(Math.abs(Double.parseDouble(values[3])));
      }
    }
    assertThat(changes.get(1) > changes.get(0), is(base.equals("year")));
    try (Edition edition = edition(Optional.empty())) {
      assertThat(
          edition.digest(PageAddress.parse(address).state()).markdown(), containsString(note));
    }
  }

  @Test
  void digestOfAPartSaysNothingOfTheRest() throws Exception {
    try (Edition edition = edition(Optional.of(new Scope(List.of("CORSE"), List.of())))) {
      String text = edition.digest(PageState.START).markdown();
      assertThat(
          text,
          allOf(
              containsString("You see the sales of CORSE."),
              containsString("- The audit rejected-share of erp failed\n"),
              not(containsString("BRETAGNE")),
              not(containsString("V-1"))));
    }
  }

  @Test
  void mailReadersShowTheDigest() throws Exception {
    try (Edition edition = edition(Optional.empty())) {
      String html =
          edition.digest(PageAddress.parse("overview?period=2024-05&lang=fr").state()).html();
      assertThat(html, containsString("<h1>Ventes, mai 2024</h1>"));
      for (String fragile :
          List.of("<style", "style=", "class=", "<svg", "<img", "<script", "<link", "href")) {
        assertThat(html, not(containsString(fragile)));
      }
      assertThat(
          Pattern.compile("<td align=\"right\">").matcher(html).results().count(),
          greaterThan(20L));
    }
  }

  @Test
  void nameIsTextInMarkdown() throws Exception {
    try (Edition edition = edition(Optional.empty())) {
      String text =
          edition.digest(PageAddress.parse("overview?dealer=D1&period=2024-05").state()).markdown();
      assertThat(text, containsString("O'Hara \"\\<b\\>\" \\& שלום 🚗, Ltd (D1)"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "overvew | there is no page \"overvew\"",
        "sales?period=never | period: write 2024",
        "sales?sort=%zz | is no address",
        "sales?nothing=1 | nothing: there is no such parameter"
      },
      delimiter = '|')
  void addressThatCannotBeUnderstoodIsNamed(String address, String problem) {
    assertThat(
        assertThrows(InputException.class, () -> PageAddress.parse(address)).getMessage(),
        containsString(problem));
  }

  @Test
  void columnThatNoTableHasIsNamed() throws Exception {
    assertThat(
        assertThrows(
                InputException.class, () -> pages(List.of("sales?sort=nothing"), Optional.empty()))
            .getMessage(),
        containsString("--page sales?sort=nothing: sort: no table of this page"));
  }

  @Test
  void pageOfAnEarlierDaySaysSoAndHasTheFiguresOfTheServer() throws Exception {
    String html = pages(List.of("overview", "overview?known=2024-05-20"), Optional.empty());
    assertThat(html, containsString("As known on 20 May 2024"));
    assertThat(
        cells(html.substring(html.indexOf("As known on"))),
        is(cells(get("/overview?known=2024-05-20"))));
  }

  @Test
  void livePageIsInNoFile() {
    assertThat(
        assertThrows(InputException.class, () -> PageAddress.parse("live")).getMessage(),
        is(
            "--page live: there is no page \"live\". Pages: overview, sales, market, forecast, health"));
  }

  @Test
  void addressOfABrowserIsUnderstood() {
    assertThat(
        PageAddress.parse(
            "http://127.0.0.1:8642/sales?region=%C3%8Ele+de+France&region=CORSE#members"),
        is(PageAddress.parse("sales?region=CORSE&region=%C3%8Ele%20de%20France")));
  }

  private static Edition edition(Optional<Scope> scope) {
    return Edition.open(
        served.folder(),
        scope,
        SellingDays.of(year -> Set.of()),
        ZoneOffset.UTC,
        ServedWarehouse.NOTES,
        Instant.parse("2024-06-13T07:00:00Z"));
  }

  private static String pages(List<String> addresses, Optional<Scope> scope) throws Exception {
    try (Edition edition = edition(scope)) {
      return edition.pages(addresses.stream().map(PageAddress::parse).toList());
    }
  }

  private static String get(String path) throws Exception {
    HttpResponse<String> answer = served.get(path);
    assertThat(answer.statusCode(), is(200));
    return answer.body();
  }
}
