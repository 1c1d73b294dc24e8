package io.autopulse.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.LocalDashboard;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.serving.ServingFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** A dashboard over a warehouse that a test fills; days end in Berlin. */
final class SmallDashboard implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Dashboard dashboard;

  private SmallDashboard(Dashboard dashboard) {
    this.dashboard = dashboard;
  }

  /** Fills the core tables of a new warehouse. */
  @FunctionalInterface
  interface Filling {
    void fill(Statement statement) throws SQLException;
  }

  /**
   * Makes a warehouse with one run, {@code r1}, and serves it.
   *
   * @param now the time of day that its pages tell how old they are by
   */
  static SmallDashboard of(Path directory, String now, Filling filling)
      throws SQLException, IOException {
    Path file = MigratedFile.at(directory.resolve("test.duckdb"));
    try (Connection core = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = core.createStatement()) {
      statement.execute("set search_path = 'AUTOPULSE_CORE'");
      filling.fill(statement);
      statement.execute(
          "insert into load_runs (run_id, job, status, started_at, ended_at) values ('r1', 'erp', 'PUBLISHED', timestamp '2024-01-01', timestamp '2024-01-01')");
      ServingFolder.of(file).write(core, "r1");
    }
    return serving(file, now);
  }

  /** Serves a warehouse that has a serving copy. */
  static SmallDashboard serving(Path file, String now) {
    return new SmallDashboard(
        Dashboard.start(
            LocalDashboard.settings(ZoneId.of("Europe/Berlin"), List.of()),
            ServingFolder.of(file),
            Clock.fixed(Instant.parse(now), ZoneOffset.UTC),
            Duration.ofMinutes(1)));
  }

  /** Asks for a page. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(dashboard.address()).resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the rows of a file, without what is above them. */
  List<String> rows(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.body(), answer.statusCode(), is(200));
    return answer.body().lines().filter(line -> !line.startsWith("#")).skip(1).toList();
  }

  @Override
  public void close() {
    dashboard.close();
  }
}
