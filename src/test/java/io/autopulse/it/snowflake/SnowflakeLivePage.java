package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.autopulse.pipeline.Warehouses;
import io.autopulse.testing.LocalDashboard;
import io.autopulse.testing.PublishedTables;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.serving.FetchedCopies;
import io.autopulse.warehouse.serving.FetchedLive;
import io.autopulse.warehouse.serving.LiveFile;
import io.autopulse.warehouse.serving.LivePublication;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.web.Dashboard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The live page of a warehouse in Snowflake, as its reporter fetches it.
 *
 * @param folder where copies go
 * @param uri the warehouse
 * @param environment how to log in
 * @param zone of business dates
 */
record SnowflakeLivePage(Path folder, String uri, Map<String, String> environment, ZoneId zone) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The current sales of a day, as the published table of a refresh has them. */
  private static final String BY_DEALER =
      """
      select
          dealer_id || '|' || count(*) filter (where status = 'SOLD')
          || '|' || coalesce(sum(net_price) filter (where status = 'SOLD'), 0.00)
          || '|' || count(*) filter (where status <> 'SOLD')
      from sales
      where sold_on = date '%s'
      group by dealer_id
      order by dealer_id
      """;

  private static final String BY_HOUR =
      """
      select count(sale_id) || ''
      from range(24) as hours (passed)
      left join sales
          on
              status = 'SOLD' and sold_on = date '%s'
              and datediff('second', timestamp '%s', sold_at) // 3600 = passed
      group by passed
      order by passed
      """;

  private static final String DAYS =
      """
      (select sold_on || '' from sales group by sold_on order by count(*) desc, sold_on limit 1)
      union all
      (
          select sold_on || '' from sales where status <> 'SOLD'
          group by sold_on order by count(*) desc, sold_on limit 1
      )
      """;

  /**
   * Asserts that the page shows the sales of a DuckDB file to which a refresh has published the
   * same records: of the day that has most of them, and of the one with most that were lost.
   *
   * @param origin what the publication says of the job
   */
  void assertShowsTheSalesOf(Path duckDb, LivePublication.Origin origin) throws Exception {
    ServingFolder copies = ServingFolder.at(folder);
    try (Warehouse reporter =
        Warehouses.open(
            WarehouseUri.parse(uri + "?warehouse=AUTOPULSE_QUERY_WH&role=AUTOPULSE_REPORTER"),
            DuckDbSettings.QUERY,
            environment)) {
      new FetchedCopies(reporter, copies).refresh();
      List<String> days = rows(duckDb, DAYS);
      assertThat(days.size(), is(2));
      for (String day : days) {
        LocalDate date = LocalDate.parse(day);
        Clock clock = Clock.fixed(date.atTime(23, 59).atZone(zone).toInstant(), ZoneOffset.UTC);
        new FetchedLive(reporter, copies, zone, clock).look();
        assertThat(LiveFile.of(copies).read().orElseThrow().origin(), is(origin));
        assertShows(copies, clock, duckDb, date);
      }
    }
  }

  private void assertShows(ServingFolder copies, Clock clock, Path duckDb, LocalDate day)
      throws Exception {
    try (Dashboard dashboard =
        Dashboard.start(LocalDashboard.settings(zone, List.of()), copies, clock)) {
      List<String> dealers = rows(duckDb, BY_DEALER.formatted(day));
      assertThat(dealers, is(not(empty())));
      assertThat(
          csv(dashboard, "/live/members.csv?by=dealer").stream()
              .map(
                  row ->
                      "%s|%s|%s|%s"
                          .formatted(
                              row.get(0).replaceFirst("^.* \\((.*)\\)$", "$1"),
                              row.get(1),
                              row.get(3),
                              row.get(6)))
              .toList(),
          containsInAnyOrder(dealers.toArray()));
      LocalDateTime midnight =
          LocalDateTime.ofInstant(day.atStartOfDay(zone).toInstant(), ZoneOffset.UTC);
      assertThat(
          csv(dashboard, "/live/hours.csv").stream().map(row -> row.get(1)).toList(),
          is(rows(duckDb, BY_HOUR.formatted(day, midnight.toString().replace('T', ' ')))));
      assertThat(get(dashboard, "/live"), containsString(", read from the warehouse at "));
    }
  }

  private static List<String> rows(Path duckDb, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = PublishedTables.open(duckDb);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  /** Reads a file's rows without its header. */
  private static List<List<String>> csv(Dashboard dashboard, String path)
      throws IOException, InterruptedException {
    String rows =
        get(dashboard, path)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .skip(1)
            .collect(Collectors.joining("\r\n"));
    return CsvReader.builder().ofCsvRecord(rows).stream().map(CsvRecord::getFields).toList();
  }

  private static String get(Dashboard dashboard, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(dashboard.address()).resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(path + ": " + answer.body(), answer.statusCode(), is(200));
    return answer.body();
  }
}
