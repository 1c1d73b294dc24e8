package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and lists of more members than a page shows: dealer n of 120 sells n cars. */
class ManyMembersTest {
  @TempDir private static Path directory;

  private static SmallDashboard dashboard;

  @BeforeAll
  static void start() throws Exception {
    dashboard =
        SmallDashboard.of(
            directory,
            "2024-06-30T07:00:00Z",
            statement ->
                statement.execute(
                    """
                    insert into sales
                    select
                        'S' || d || '-' || n, timestamp '2024-06-10', 0, 'SOLD', timestamp '2024-06-10', date '2024-06-10',
                        null, 'FIAT', '500', 'SMALL', 'BEV', printf('D%03d', d), 'NORTH', 20000, 10000, 'EUR', null, null, 'r1'
                    from range(1, 121) as dealers (d), range(1, 121) as sold (n)
                    where n <= d
                    """));
  }

  @AfterAll
  static void stop() {
    dashboard.close();
  }

  @Test
  void pageShowsFiftyRowsAndTheTotalOfAll() throws Exception {
    String first = dashboard.get("/sales?by=dealer").body();
    assertThat(
        first,
        allOf(
            containsString("Rows 1 to 50 of 120"),
            containsString(">D120</a>"),
            containsString(">D071</a>"),
            not(containsString(">D070</a>")),
            containsString("<td class=\"number\">7,260</td>"),
            containsString("/sales?by=dealer&amp;page=2")));
    assertThat(
        dashboard.get("/sales?by=dealer&page=3").body(),
        allOf(
            containsString("Rows 101 to 120 of 120"),
            containsString(">D001</a>"),
            not(containsString("page=4"))));
  }

  @Test
  void orderIsThatOfAllRowsAndSoAreTheBars() throws Exception {
    String page = dashboard.get("/sales?by=dealer&sort=units_sold&page=2").body();
    assertThat(page, allOf(containsString(">D051</a>"), containsString(">D100</a>")));
    // 51 of 120 units, not of the 100 that the page shows.
    assertThat(page, containsString("<rect width=\"43\""));
  }

  @Test
  void fileHasAllRows() throws Exception {
    List<String> rows = dashboard.rows("/sales/members.csv?by=dealer&page=2");
    assertThat(rows.size(), is(120));
    assertThat(rows.get(0), is("D120,120,0.016529,1200000.00,10000.00,0.500000,0,"));
  }

  @Test
  void listOffersThoseThatSellMostAndTheOneThatIsChosen() throws Exception {
    String page = dashboard.get("/sales?dealer=D007").body();
    String list = page.substring(page.indexOf("<select name=\"dealer\">"));
    list = list.substring(0, list.indexOf("</select>"));
    assertThat(
        Pattern.compile("<option value=\"(D\\d+)\"").matcher(list).results().count(), is(51L));
    assertThat(
        list,
        allOf(
            containsString("\"D120\""),
            containsString("\"D071\""),
            not(containsString("\"D070\"")),
            containsString("<option value=\"D007\" selected>")));
    assertThat(page, containsString("Dealer, the 50 most sold"));
  }
}
