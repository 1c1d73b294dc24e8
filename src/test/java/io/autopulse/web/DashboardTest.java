package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autopulse.web.page.Page;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over a small warehouse; expected figures are SQL over its core tables. */
class DashboardTest {
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

  @ParameterizedTest
  @CsvSource({
    "'', 2024-06-01, 2024-06-13, true",
    "?period=2024-05, 2024-05-01, 2024-06-01, true",
    "?period=2024-Q1, 2024-01-01, 2024-04-01, true",
    "?period=2024-W20&region=CORSE, 2024-05-13, 2024-05-20, region = 'CORSE'",
    "?period=2023&dealer=D2&powertrain=BEV, 2023-01-01, 2024-01-01, dealer_id = 'D2' and powertrain = 'BEV'",
    "?period=2024-06-12&model=RENAULT+CLIO&make=RENAULT, 2024-06-12, 2024-06-13, make || ' ' || model = 'RENAULT CLIO'"
  })
  void figuresAreThoseOfTheCoreTables(String query, String from, String to, String filter)
      throws Exception {
    List<List<String>> figures = served.csv("/overview/figures.csv" + query);
    List<String> expected =
        row(
            """
            select
                cast(count(*) filter (where status = 'SOLD') as varchar),
                cast(sum(net_price) filter (where status = 'SOLD') as varchar),
                cast(cast(sum(net_price) filter (where status = 'SOLD') / count(*) filter (where status = 'SOLD') as decimal(18, 2)) as varchar),
                coalesce(cast(cast(1 - sum(net_price) filter (where status = 'SOLD' and list_price > 0) / nullif(sum(list_price) filter (where status = 'SOLD'), 0) as decimal(9, 6)) as varchar), ''),
                cast(cast(count(*) filter (where status <> 'SOLD') / count(*) as decimal(9, 6)) as varchar)
            from sales where sold_on >= '%s' and sold_on < '%s' and %s
            """
                .formatted(from, to, filter));
    List<String> shown = new ArrayList<>();
    for (String figure :
        List.of("units_sold", "revenue", "average_price", "average_discount", "lost_share")) {
      shown.add(figure(figures, figure).get(1));
    }
    assertThat(shown, is(expected));
  }

  private static List<String> figure(List<List<String>> figures, String name) {
    return figures.stream().filter(r -> r.get(0).equals(name)).findFirst().orElseThrow();
  }

  @Test
  void unfinishedMonthIsComparedToTheSameDayAndSellingDay() throws Exception {
    List<List<String>> figures = served.csv("/overview/figures.csv");
    // 8 of June's 20 selling days have passed, of a target of 50; 8 of June 2023 by the 12th.
    List<String> expected =
        row(
            """
            with units as (
                select
                    count(*) filter (where sold_on between '2024-06-01' and '2024-06-12') as n,
                    count(*) filter (where sold_on between '2024-05-01' and '2024-05-12') as b,
                    count(*) filter (where sold_on between '2023-06-01' and '2023-06-12') as y
                from sales where status = 'SOLD'
            )
            select
                cast(cast(n / b - 1 as decimal(9, 6)) as varchar),
                cast(cast(n / y - 1 as decimal(9, 6)) as varchar),
                cast(cast(n / 20 - 1 as decimal(9, 6)) as varchar),
                cast(cast(n / 50 - 0.4 as decimal(9, 6)) as varchar)
            from units
            """);
    assertThat(figure(figures, "units_sold").subList(2, 5), is(expected.subList(0, 3)));
    assertThat(
        figure(figures, "target_attained").subList(2, 5), is(List.of("", "", expected.get(3))));
  }

  @Test
  void drillAddsUpAtEveryStep() throws Exception {
    String all = count("true");
    assertThat(sum("/sales/members.csv?period=2024", 1), is(all));
    assertThat(
        sum("/sales/members.csv?period=2024&region=CORSE", 1), is(count("region = 'CORSE'")));
    assertThat(
        sum("/sales/members.csv?period=2024&region=CORSE&dealer=D1", 1),
        is(count("dealer_id = 'D1'")));
    List<List<String>> rows =
        served.csv("/sales/rows.csv?period=2024&by=sale&region=CORSE&dealer=D1&model=FIAT+500");
    assertThat(
        String.valueOf(rows.stream().filter(r -> r.get(2).equals("Sold")).count()),
        is(count("dealer_id = 'D1' and make = 'FIAT' and model = '500'")));
    assertThat(sum("/sales/trend.csv?period=2024&grain=week", 1), is(all));
  }

  @Test
  void driversAddUpToTheChange() throws Exception {
    List<List<String>> drivers =
        served.csv("/overview/drivers_region.csv?period=2024-05&against=year");
    long change = drivers.stream().mapToLong(r -> Long.parseLong(r.get(3))).sum();
    assertThat(
        String.valueOf(change),
        is(
            row("select cast(count(*) filter (where sold_on >= '2024-05-01' and sold_on < '2024-06-01') - count(*) filter (where sold_on >= '2023-05-01' and sold_on < '2023-06-01') as varchar) from sales where status = 'SOLD'")
                .get(0)));
  }

  @Test
  void marketSharesAndTheirChangeAddUp() throws Exception {
    assertThat(
        served.csv("/market/shares.csv").stream().map(r -> String.join(" ", r)).toList(),
        is(List.of("2024-04-01 1000 90 0.090000", "2024-05-01 1000 100 0.100000")));
    // ICE: 10 % of 800, then of 600; BEV: 5 % of 200, then 10 % of 400.
    assertThat(
        served.csv("/market/share_change.csv").stream().map(r -> String.join(" ", r)).toList(),
        is(List.of("BEV -0.004000 0.015000 0.011000", "ICE -0.001000 0.000000 -0.001000")));
    assertThat(
        served.get("/market?period=2024-03").body(),
        containsString("No registrations of the months"));
    assertThat(served.get("/market").body(), containsString("No trends are known"));
  }

  @Test
  void marketOfAPowertrainIsThatPowertrainAlone() throws Exception {
    assertThat(
        served.csv("/market/shares.csv?powertrain=BEV").stream()
            .map(r -> String.join(" ", r))
            .toList(),
        is(List.of("2024-04-01 200 10 0.050000", "2024-05-01 400 40 0.100000")));
    assertThat(
        "what tells powertrains apart stays whole",
        served.csv("/market/powertrains.csv?powertrain=BEV").stream().map(r -> r.get(0)).toList(),
        is(List.of("BEV", "ICE")));
    String chosen = served.get("/market?powertrain=BEV").body();
    assertThat(
        chosen,
        allOf(
            containsString("our share is 10.0% of 400 registrations of the powertrains chosen"),
            containsString("<a href=\"/market\" aria-current=\"true\">"),
            containsString("href=\"/market?powertrain=ICE\"")));
    assertThat(
        served.get("/market?powertrain=LPG").body(),
        containsString("No registration of these powertrains is known"));
  }

  @Test
  void nameFiltersThePageAndLiftsItsFilterWhenItIsSet() throws Exception {
    String all = served.get("/overview?period=2024-05").body();
    assertThat(
        all,
        allOf(
            containsString("href=\"/overview?period=2024-05&amp;region=CORSE\""),
            not(containsString("drivers_dealer"))));
    String corse = served.get("/overview?period=2024-05&region=CORSE").body();
    assertThat(
        corse,
        allOf(
            containsString("<a href=\"/overview?period=2024-05\" aria-current=\"true\">"),
            containsString("href=\"/overview?period=2024-05&amp;region=CORSE&amp;dealer=D1\"")));
    assertThat(
        served.get("/sales?by=region&region=CORSE").body(),
        containsString("<a href=\"/sales?by=region\" aria-current=\"true\">"));
  }

  @Test
  void stepOfTimeLeadsToItsPeriodByChartAndTable() throws Exception {
    String year = served.get("/sales?period=2024").body();
    assertThat(year, containsString("<a href=\"/sales?period=2024-05\" tabindex=\"-1\""));
    assertThat(year, containsString("<th scope=\"row\"><a href=\"/sales?period=2024-05\">"));
    assertThat(
        served.get("/sales?period=2024-05-03").body(),
        not(containsString("<th scope=\"row\"><a href=\"/sales?period=2024-05-03\">")));
  }

  @Test
  void breadcrumbLeadsBackFromTheSales() throws Exception {
    String page = served.get("/sales?by=sale&region=CORSE&dealer=D1").body();
    String crumbs = page.substring(page.indexOf("<nav class=\"crumbs\""));
    assertThat(
        Pattern.compile("<a href=\"([^\"]*)\"")
            .matcher(crumbs.substring(0, crumbs.indexOf("</nav>")))
            .results()
            .map(link -> link.group(1).replace("&amp;", "&"))
            .toList(),
        is(
            List.of(
                "/sales",
                "/sales?region=CORSE",
                "/sales?region=CORSE&dealer=D1",
                "/sales?by=sale&region=CORSE&dealer=D1")));
  }

  @Test
  void sharesOfTheTotalAreThoseOfTheUnits() throws Exception {
    List<List<String>> regions = served.csv("/overview/drivers_region.csv?period=2024-05");
    long all = regions.stream().mapToLong(r -> Long.parseLong(r.get(1))).sum();
    for (List<String> region : regions) {
      assertThat(
          region.get(5),
          is(
              row("select cast(cast(%s / %d as decimal(9, 6)) as varchar)"
                      .formatted(region.get(1), all))
                  .get(0)));
    }
    String total =
        served.csv("/sales/trend.csv?period=2024&grain=month").stream()
            .map(r -> new BigDecimal(r.get(6)))
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .setScale(4, RoundingMode.HALF_UP)
            .toPlainString();
    assertThat(total, is("1.0000"));
  }

  @Test
  void forecastIsThatOfTheLedger() throws Exception {
    List<List<String>> weeks = served.csv("/forecast/expected.csv");
    assertThat(
        weeks.stream().map(r -> r.get(0) + " " + r.get(1) + " " + r.get(6)).toList(),
        is(
            List.of(
                "2026-11-16 31.000000 31.000000",
                "2026-11-23 32.000000 32.000000",
                "2026-11-30 33.000000 33.000000")));
    assertThat(
        served.get("/forecast").body(),
        allOf(
            containsString("ALL: it rises."),
            containsString("sold, 5 Oct: 31"),
            containsString("sold, 12 Oct: 0"),
            containsString("sold, 19 Oct: 33")));
    assertThat(
        served.csv("/forecast/accuracy.csv").stream().map(r -> r.get(0) + " " + r.get(2)).toList(),
        is(List.of("Total 2", "Region 4")));
    assertThat(
        served.get("/forecast?region=CORSE").body(),
        containsString("choose one member of one filter"));
  }

  @Test
  void healthShowsRunsAuditsAndMaskedExamples() throws Exception {
    assertThat(
        served.csv("/health/audits.csv").stream().map(r -> r.get(0) + " " + r.get(2)).toList(),
        is(List.of("rejected-share Failed", "keys-not-null Passed")));
    assertThat(
        served.csv("/health/rejected.csv"),
        is(
            List.of(
                List.of(
                    "MISSING_FIELD",
                    "erp",
                    "sales",
                    "2",
                    "status is required and missing",
                    "erp.csv:7",
                    "V-1,***"))));
    assertThat(
        served.csv("/health/jobs.csv?lang=fr").get(0).subList(0, 5),
        is(List.of("erp", "2024-06-13T04:00:00Z", "Publiée", "1060", "2")));
    assertThat(served.get("/health").body(), containsString("1 audit failed"));
  }

  @Test
  void fileSaysWhereItIsFromAndIsTheSameAgain() throws Exception {
    String address = "/sales/members.csv?by=dealer&period=2024-05&lang=fr&sort=-share";
    String file = served.get(address).body();
    assertThat(
        file,
        startsWith(
            "# /sales?period=2024-05&by=dealer&sort=-share&lang=fr members\r\n# run r1\r\n"));
    assertThat(served.get(address).body(), is(file));
  }

  @Test
  void apiHasTheRowsOfThePage() throws Exception {
    JsonNode answer =
        new ObjectMapper()
            .readTree(served.get("/api/v1/sales/members?period=2024&by=region").body());
    assertThat(answer.get("run_id").asText(), is("r1"));
    long units = 0;
    for (JsonNode row : answer.get("rows")) {
      units += row.get("units_sold").asLong();
    }
    assertThat(String.valueOf(units), is(count("true")));
    HttpResponse<String> refused = served.get("/api/v1/sales/members?period=never");
    assertThat(refused.statusCode(), is(400));
    assertThat(new ObjectMapper().readTree(refused.body()).get("parameter").asText(), is("period"));
  }

  @Test
  void describedPathsAreThoseThatAnswer() throws Exception {
    List<String> paths = OpenApi.paths(served.get("/assets/openapi.yaml").body());
    for (String path : paths) {
      assertThat(
          path,
          served
              .get(path + "?period=2024-05" + (path.endsWith("/rows") ? "&by=sale" : ""))
              .statusCode(),
          is(200));
    }
    for (Page.Kind kind : Page.Kind.values()) {
      assertThat(
          paths.stream().anyMatch(path -> path.startsWith("/api/v1/" + kind.code())), is(true));
    }
  }

  @Test
  void hostileNameIsTextEverywhere() throws Exception {
    String page = served.get("/sales?by=dealer&period=2024").body();
    assertThat(page, allOf(containsString("&lt;b"), not(containsString("<b>"))));
    assertThat(
        served.csv("/sales/members.csv?by=dealer&period=2024").stream().map(r -> r.get(0)).toList(),
        containsInAnyOrder(ServedWarehouse.HOSTILE + " (D1)", "D2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/overview?period=%27%20or%201%3D1",
        "/overview?nothing=1",
        "/sales?sort=nothing",
        "/sales?page=0",
        "/sales?lang=%3Cscript%3E",
        "/sales?region=" + "x",
      })
  void whatIsNotUnderstoodIsNamedAndWhatNobodyHasIsSaid(String address) throws Exception {
    HttpResponse<String> answer = served.get(address);
    boolean understood = address.endsWith("x");
    assertThat(answer.statusCode(), is(understood ? 200 : 400));
    assertThat(answer.body(), not(containsString("<script")));
    if (understood) {
      assertThat(answer.body(), containsString("Nothing that these filters let pass was sold"));
    } else {
      assertThat(answer.body(), containsString("The parameter <code>"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?period=2025, The last sale is of",
    "?period=2020, The first sale is of",
    "?period=2024-05&lang=fr, Unités vendues"
  })
  void pageSaysWhyItIsEmptyInTheLanguageAskedFor(String query, String words) throws Exception {
    HttpResponse<String> answer = served.get("/overview" + query);
    assertThat(answer.statusCode(), is(200));
    assertThat(answer.body(), containsString(words));
  }

  @Test
  void answersForbidScriptsAndOtherSites() throws Exception {
    HttpResponse<String> answer = served.get("/overview");
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertThat(policy, startsWith("default-src 'none'; style-src 'self';"));
    assertThat(policy, not(containsString("unsafe")));
    assertThat(answer.body(), not(containsString(" style=")));
    assertThat(answer.headers().firstValue("Server"), is(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/assets/../page/messages_en.properties",
        "/assets/..%2fpage%2fmessages_en.properties",
        "/assets/page.class",
        "/overview/..%2f..%2fsales.csv",
        "/nothing",
        "/sales/nothing.csv",
        "/api/v1/nothing/members"
      })
  void nothingElseIsServed(String path) throws Exception {
    assertThat(
        raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .matches("(?s)HTTP/1.1 40[04].*"),
        is(true));
  }

  @Test
  void strangersAndWritersAreRefused() throws Exception {
    assertThat(
        raw("GET /overview HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
        allOf(startsWith("HTTP/1.1 421"), not(containsString("Units sold"))));
    assertThat(
        raw(
            "POST /overview HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        startsWith("HTTP/1.1 405"));
  }

  @Test
  void nextRunIsShownAndACopyThatIsBrokenIsNot() throws Exception {
    served.publish("r2", "2024-06-13 05:00:00");
    served.folder().write(served.core(), "r2");
    assertThat(served.get("/overview").body(), containsString("<code>r2</code>"));
    Files.createDirectory(served.folder().path().resolve("r3"));
    Files.writeString(served.folder().path().resolve("current"), "r3\n");
    assertThat(served.get("/overview").body(), containsString("<code>r2</code>"));
    Files.writeString(served.folder().path().resolve("current"), "r1\n");
    assertThat(served.get("/overview").body(), containsString("<code>r1</code>"));
  }

  private static String count(String filter) throws SQLException {
    return row("select cast(count(*) as varchar) from sales where status = 'SOLD' and sold_on >= '2024-01-01' and "
            + filter)
        .get(0);
  }

  private static List<String> row(String sql) throws SQLException {
    try (Statement statement = served.core().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getString(i));
      }
      return row;
    }
  }

  private static String sum(String address, int column) throws Exception {
    return String.valueOf(
        served.csv(address).stream().mapToLong(r -> Long.parseLong(r.get(column))).sum());
  }

  private static String raw(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(served.address()).getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
