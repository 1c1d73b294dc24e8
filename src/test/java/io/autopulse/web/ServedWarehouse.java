package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import de.siegmar.fastcsv.reader.CsvReader;
import io.autopulse.testing.ForecastLedger;
import io.autopulse.testing.LocalDashboard;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import io.autopulse.warehouse.serving.ServingFolder;
import io.autopulse.web.state.Language;
import io.autopulse.web.state.Note;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small warehouse, and a dashboard that serves it. */
final class ServedWarehouse implements AutoCloseable {
  /** A dealer's name with what means something in HTML, CSV and SQL, right to left, and beyond. */
  static final String HOSTILE = "O'Hara \"<b>\" & שלום 🚗, Ltd";

  /** Notes of 3 June 2024, in both languages, and of a day later, in one. */
  static final List<Note> NOTES =
      List.of(
          new Note(
              LocalDate.of(2024, 6, 3),
              Map.of(Language.EN, "Strike at \"Port & Co\"", Language.FR, "Grève au port")),
          new Note(LocalDate.of(2024, 6, 4), Map.of(Language.EN, "יריד 🚗 <i>")));

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final DuckDbWarehouse warehouse;
  private final Connection core;
  private final ServingFolder folder;
  private final Dashboard dashboard;

  private ServedWarehouse(Path file) throws SQLException, IOException {
    warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
    core = warehouse.connect();
    fill();
    publish("r1", "2024-06-13 04:00:00");
    folder = ServingFolder.of(file);
    folder.write(core, "r1");
    dashboard =
        Dashboard.start(
            LocalDashboard.settings(ZoneOffset.UTC, NOTES),
            folder,
            Clock.fixed(Instant.parse("2024-06-13T07:00:00Z"), ZoneOffset.UTC),
            Duration.ofMinutes(1));
  }

  /**
   * Makes a warehouse of two sales a day from 2023 to 12 June 2024, of two dealers, some cancelled
   * or without a list price, and of the forecasts of {@link ForecastLedger}, and serves it.
   */
  static ServedWarehouse in(Path directory) throws SQLException, IOException {
    Path file = directory.resolve("test.duckdb");
    ForecastLedger.at(file).close();
    return new ServedWarehouse(file);
  }

  private void fill() throws SQLException {
    // Two sales a day from 2023 to 12 June 2024, of two dealers; some are cancelled.
    execute(
        """
        insert into sales
        select
            'S' || n, day, 0,
            case n % 17 when 0 then 'CANCELLED' when 1 then 'RETURNED' else 'SOLD' end,
            day, cast(day as date), null,
            case n % 2 when 0 then 'FIAT' else 'RENAULT' end,
            case n % 3 when 0 then '500' else 'CLIO' end,
            'SMALL',
            case n % 5 when 0 then 'BEV' else 'ICE' end,
            case n % 2 when 0 then 'D1' else 'D2' end,
            case n % 2 when 0 then 'CORSE' else 'BRETAGNE' end,
            case n % 7 when 0 then null when 1 then 0 else 20000 + n end, 18000 + n, 'EUR', null, null, 'r1'
        from (
            select n, timestamp '2023-01-01' + to_days(cast(n // 2 as integer)) as day
            from range(1058) as numbers (n)
        )
        """);
    try (PreparedStatement insert =
        core.prepareStatement("insert into dealers values ('D1', ?, 'CORSE', 'r1')")) {
      insert.setString(1, HOSTILE);
      insert.execute();
    }
    execute("insert into dealers values ('D2', null, 'BRETAGNE', 'r1')");
    execute(
        "insert into sales_targets values (date '2024-06-01', 'D1', 'ALL', 'ALL', 30, null, 'EUR', null, 'r1'), (date '2024-06-01', 'D2', 'ALL', 'ALL', 20, null, 'EUR', null, 'r1')");
    // Two cuts of the same market: the coarser one counts. KPIs of months and powertrains.
    execute(
        """
        insert into market_registrations_history
        select month, 'month', region, 'ALL', 'ALL', powertrain, month, registrations, 'r1'
        from (values
            (date '2024-04-01', 'ALL', 'ICE', 800), (date '2024-04-01', 'ALL', 'BEV', 200),
            (date '2024-05-01', 'ALL', 'ICE', 600), (date '2024-05-01', 'ALL', 'BEV', 400),
            (date '2024-05-01', 'CORSE', 'ICE', 9), (date '2024-05-01', 'CORSE', 'BEV', 9)
        ) as registered (month, region, powertrain, registrations)
        """);
    execute(
        """
        insert into sales_kpi
        select
            'month', month, month + interval 1 month, 'powertrain', powertrain, units, 0, 0, 100, 10,
            10, 10, 10, null, null, null, 1, true, month, 'r1'
        from (values
            (timestamp '2024-04-01', 'ICE', 80), (timestamp '2024-04-01', 'BEV', 10),
            (timestamp '2024-05-01', 'ICE', 60), (timestamp '2024-05-01', 'BEV', 40)
        ) as sold (month, powertrain, units)
        """);
    execute(
        "insert into load_run_audits values ('r1', 'keys-not-null', true, 'No key is null.'), ('r1', 'rejected-share', false, 'At most a tenth is rejected.')");
    execute(
        "insert into load_run_feeds (run_id, feed, rows_read, rows_accepted, rows_rejected, rows_duplicate, rows_superseded, rows_out_of_range, rows_published) values ('r1', 'sales', 1060, 1058, 2, 0, 0, 0, 1058)");
    execute(
        "insert into rejected_records values ('r1', 'sales', 'erp.csv:7', 'MISSING_FIELD', 'parse', 'status', 'status is required and missing', 'V-1,***', 'csv', null), ('r1', 'sales', 'erp.csv:9', 'MISSING_FIELD', 'parse', 'status', 'status is required and missing', 'V-2,***', 'csv', null)");
  }

  /** Logs a run that has published. */
  void publish(String run, String at) throws SQLException {
    execute(
        "insert into load_runs (run_id, job, status, started_at, ended_at) values ('%s', 'erp', 'PUBLISHED', timestamp '%s', timestamp '%s')"
            .formatted(run, at, at));
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = core.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the rows of a table's CSV, below its heading. */
  List<List<String>> csv(String address) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(address);
    assertThat(answer.body(), answer.statusCode(), is(200));
    String body = answer.body().lines().skip(2).reduce("", (a, b) -> a + b + "\r\n");
    return CsvReader.builder().ofCsvRecord(body).stream().skip(1).map(r -> r.getFields()).toList();
  }

  /** Asks the server. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(address()).resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Changes the notes while they are served. */
  void change(List<Note> notes) {
    dashboard.change(Optional.empty(), notes);
  }

  /** Returns the warehouse. */
  DuckDbWarehouse warehouse() {
    return warehouse;
  }

  /** Tells whether somebody has asked for the live page. */
  boolean isLiveAskedFor() {
    return dashboard.isLiveAskedFor();
  }

  /** Returns a connection to the warehouse. */
  Connection core() {
    return core;
  }

  /** Returns its serving copies. */
  ServingFolder folder() {
    return folder;
  }

  /** Returns where the dashboard is. */
  String address() {
    return dashboard.address();
  }

  @Override
  public void close() throws SQLException {
    dashboard.close();
    core.close();
    warehouse.close();
  }
}
