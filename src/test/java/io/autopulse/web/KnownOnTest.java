package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages as of an earlier day; days end in Berlin, an hour before UTC's do. */
class KnownOnTest {
  @TempDir private static Path directory;

  private static SmallDashboard dashboard;

  @BeforeAll
  static void start() throws Exception {
    dashboard = SmallDashboard.of(directory, "2026-06-01T07:00:00Z", KnownOnTest::fill);
  }

  private static void fill(Statement statement) throws SQLException {
    // A gets another price, B is cancelled half an hour before midnight, C moves to another region
    // and
    // month, D comes half an hour after the midnight of B, E is wrong twice in one second.
    statement.execute(
        """
        insert into sale_versions
        select
            id, updated_at, sequence, status, cast(sold_on as timestamp), sold_on, null, 'FIAT', '500', 'SMALL',
            'BEV', 'D1', region, 25000, price, 'EUR', null, null, 'r1'
        from (values
            ('A', timestamp '2026-03-02 10:00:00', 0, 'SOLD', date '2026-03-02', 'NORTH', 20000),
            ('A', timestamp '2026-03-10 09:00:00', 0, 'SOLD', date '2026-03-02', 'NORTH', 18000),
            ('B', timestamp '2026-03-05 10:00:00', 0, 'SOLD', date '2026-03-05', 'NORTH', 10000),
            ('B', timestamp '2026-03-14 22:30:00', 0, 'CANCELLED', date '2026-03-05', 'NORTH', 10000),
            ('C', timestamp '2026-03-31 10:00:00', 0, 'SOLD', date '2026-03-31', 'NORTH', 40000),
            ('C', timestamp '2026-04-02 10:00:00', 0, 'SOLD', date '2026-04-01', 'SOUTH', 40000),
            ('D', timestamp '2026-03-14 23:30:00', 0, 'SOLD', date '2026-03-12', 'SOUTH', 30000),
            ('E', timestamp '2026-04-20 10:00:00', 1, 'SOLD', date '2026-04-20', 'SOUTH', 1),
            ('E', timestamp '2026-04-20 10:00:00', 2, 'SOLD', date '2026-04-20', 'SOUTH', 50000)
        ) as versions (id, updated_at, sequence, status, sold_on, region, price)
        """);
    statement.execute(
        """
        insert into sales
        select * from sale_versions
        qualify row_number() over (partition by sale_id order by updated_at desc, sequence desc) = 1
        """);
    // A version that the source no longer has as a sale.
    statement.execute(
        "insert into sale_versions select * replace ('GONE' as sale_id) from sale_versions where sale_id = 'D'");
    statement.execute(
        """
        insert into sales_kpi
        select
            'month', timestamp '2026-03-01', timestamp '2026-04-01', dimension, member, 2, 1, 0, 48000, 24000,
            24000, 18000, 30000, null, null, 0.025, 1, true, timestamp '2026-04-01', 'r1'
        from (values ('total', 'ALL'), ('powertrain', 'BEV')) as cells (dimension, member)
        """);
    // A registration that is corrected, and one that is withdrawn.
    statement.execute(
        """
        insert into market_registrations_history values
            (date '2026-03-01', 'month', 'ALL', 'ALL', 'ALL', 'BEV', date '2026-04-05', 100, 'r1'),
            (date '2026-03-01', 'month', 'ALL', 'ALL', 'ALL', 'BEV', date '2026-05-05', 80, 'r1'),
            (date '2026-03-01', 'month', 'ALL', 'ALL', 'ALL', 'ICE', date '2026-04-05', 300, 'r1'),
            (date '2026-03-01', 'month', 'ALL', 'ALL', 'ALL', 'ICE', date '2026-05-05', null, 'r1')
        """);
    // The second vintage of an as-of date, and a later as-of date.
    statement.execute(
        """
        insert into forecasts (
            grain, as_of, vintage, dimension, member, period_start, horizon, method, mean, lower_80, upper_80,
            lower_95, upper_95, published, made_by, sentence, run_id
        )
        select
            'week', as_of, vintage, 'total', 'ALL', as_of + 1, 1, 'forecast', mean, mean - 1, mean + 1, mean - 2,
            mean + 2, true, 'combination', 'It is ' || mean || '.', 'r1'
        from (values
            (date '2026-03-08', 1, 4), (date '2026-03-08', 2, 5), (date '2026-03-15', 1, 6)
        ) as vintages (as_of, vintage, mean)
        """);
    statement.execute(
        """
        insert into forecast_vintages values
            ('week', date '2026-03-08', 1, 'j', timestamp '2026-03-09 06:00:00', 1, 0, 'r1'),
            ('week', date '2026-03-08', 2, 'j', timestamp '2026-03-11 06:00:00', 1, 0, 'r1'),
            ('week', date '2026-03-15', 1, 'j', timestamp '2026-03-16 06:00:00', 1, 0, 'r1')
        """);
    statement.execute(
        """
        insert into forecast_accuracy
        select
            'week', as_of, vintage, 'total', 'ALL', 'forecast', 0, forecasts, 10, 1, 1, 1, 1, 0.1, 0.1, 1, 1, 1, 1,
            false, 'r1'
        from (values
            (date '2026-03-08', 1, 7), (date '2026-03-08', 2, 8), (date '2026-03-15', 1, 9)
        ) as measured (as_of, vintage, forecasts)
        """);
  }

  @AfterAll
  static void stop() {
    dashboard.close();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 1, 20000.00",
    "2026-03-09, 2, 30000.00",
    "2026-03-10, 2, 28000.00",
    "2026-03-13, 2, 28000.00",
    "2026-03-14, 1, 18000.00",
    "2026-03-15, 2, 48000.00",
    "2026-04-01, 3, 88000.00",
    "2026-04-02, 2, 48000.00",
    "2026-06-01, 2, 48000.00"
  })
  void figuresAreThoseOfTheVersionsOfThatEvening(String day, String units, String revenue)
      throws Exception {
    List<String> figures = dashboard.rows("/overview/figures.csv?period=2026-03&known=" + day);
    assertThat(figure(figures, "units_sold"), is(units));
    assertThat(figure(figures, "revenue"), is(revenue));
  }

  @Test
  void todayIsWhatPagesShowWithoutADay() throws Exception {
    for (String page :
        List.of(
            "/overview/figures.csv?period=2026-04",
            "/sales/members.csv?by=region",
            "/sales/trend.csv?period=2026-03")) {
      assertThat(dashboard.rows(page + "&known=2026-06-01"), is(dashboard.rows(page)));
    }
  }

  @Test
  void cancelledSaleIsSoldBeforeAndCancelledAfter() throws Exception {
    String rows = "/sales/rows.csv?by=sale&period=2026-03&known=";
    assertThat(
        dashboard.rows(rows + "2026-03-13").stream().map(KnownOnTest::idStatusAndPrice).toList(),
        is(List.of("B Sold 10000.00", "A Sold 18000.00")));
    assertThat(
        dashboard.rows(rows + "2026-03-14").stream().map(KnownOnTest::idStatusAndPrice).toList(),
        is(List.of("B Cancelled 10000.00", "A Sold 18000.00")));
  }

  @Test
  void movedSaleIsWhereItWasAndEqualMomentsShowTheLast() throws Exception {
    assertThat(
        dashboard.rows("/sales/members.csv?by=region&period=2026-03&known=2026-04-01").get(0),
        is("NORTH,2,0.666667,58000.00,29000.00,-0.160000,0,"));
    assertThat(
        dashboard.rows("/sales/rows.csv?by=sale&period=2026-04-20&known=2026-04-20").stream()
            .map(KnownOnTest::idStatusAndPrice)
            .toList(),
        is(List.of("E Sold 50000.00")));
  }

  private static String idStatusAndPrice(String row) {
    String[] fields = row.split(",");
    return fields[0] + " " + fields[2] + " " + fields[8];
  }

  @Test
  void marketIsThatOfTheExtractsUntilThen() throws Exception {
    assertThat(
        dashboard.rows("/market/shares.csv?known=2026-04-05"),
        is(List.of("2026-03-01,400,2,0.005000")));
    assertThat(
        dashboard.rows("/market/shares.csv?period=2026-03&known=2026-05-05"),
        is(List.of("2026-03-01,80,2,0.025000")));
    assertThat(
        dashboard.get("/market?known=2026-04-04").body(),
        containsString("No registrations of the"));
    assertThat(
        figure(
            dashboard.rows("/overview/figures.csv?period=2026-03&known=2026-04-05"),
            "market_share"),
        is("0.005000"));
  }

  @ParameterizedTest
  @CsvSource({"2026-03-09, 4, 7", "2026-03-10, 4, 7", "2026-03-11, 5, 8", "2026-03-16, 6, 9"})
  void forecastIsTheLastThatHadBeenMade(String day, int mean, int forecasts) throws Exception {
    assertThat(
        dashboard.rows("/forecast/expected.csv?known=" + day).get(0).split(",")[1],
        is(mean + ".000000"));
    assertThat(
        dashboard.get("/forecast?known=" + day).body(), containsString("It is " + mean + "."));
    assertThat(
        dashboard.rows("/forecast/accuracy.csv?known=" + day).get(0).split(",")[2],
        is(String.valueOf(forecasts)));
  }

  @Test
  void soldWeeksBesideAForecastAreThoseOfThatEvening() throws Exception {
    // The week of 2 March: A and B until B is cancelled.
    assertThat(
        dashboard.get("/forecast?known=2026-03-13").body(),
        containsString("sold, 2 Mar: 2</title>"));
    assertThat(
        dashboard.get("/forecast?known=2026-03-15").body(),
        containsString("sold, 2 Mar: 1</title>"));
    assertThat(
        dashboard.get("/forecast?known=2026-03-08").body(),
        containsString("No forecast of weeks had been made until 8 Mar 2026"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overview", "sales", "market", "forecast", "health"})
  void pageSaysItAndTakesItAlong(String page) throws Exception {
    String body = dashboard.get("/" + page + "?known=2026-04-05&region=NORTH").body();
    assertThat(body, containsString("As known on 5 Apr 2026:"));
    for (String next : List.of("overview", "sales", "market", "forecast", "health")) {
      assertThat(body, containsString("/" + next + "?region=NORTH&amp;known=2026-04-05"));
    }
    assertThat(dashboard.get("/" + page).body(), not(containsString("As known on 5")));
  }

  @Test
  void filesAndAnswersSayIt() throws Exception {
    assertThat(
        dashboard.get("/sales/members.csv?by=region&known=2026-03-13").body(),
        containsString(
            "# /sales?by=region&known=2026-03-13 members\r\n# run r1\r\n# known on 2026-03-13\r\n"));
    JsonNode answer =
        new ObjectMapper()
            .readTree(dashboard.get("/api/v1/sales/members?by=region&known=2026-03-13").body());
    assertThat(answer.get("known_on").asText(), is("2026-03-13"));
    assertThat(answer.get("rows").get(0).get("units_sold").asInt(), is(2));
  }

  @Test
  void dayBeforeTheFirstSaleAndDayAfterTodayAreToldApart() throws Exception {
    assertThat(
        dashboard.get("/overview?known=2026-03-01").body(),
        containsString("No sale was known on 1 Mar 2026"));
    HttpResponse<String> later = dashboard.get("/overview?known=2026-06-02");
    assertThat(later.statusCode(), is(400));
    assertThat(
        later.body(),
        allOf(containsString("<code>known</code>"), containsString("may not be after today")));
  }

  private static String figure(List<String> figures, String name) {
    return figures.stream()
        .filter(row -> row.startsWith(name + ","))
        .map(row -> row.split(",", -1)[1])
        .findFirst()
        .orElse("");
  }
}
