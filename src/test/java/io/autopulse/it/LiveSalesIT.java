package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Landing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole live job in one process: files land while it runs, it is killed in the middle, goes on,
 * and ends on request; its tables are those of the refresh over the same files.
 */
class LiveSalesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String KPIS =
      """
      select
          grain, window_start, window_end, dimension, member, units_sold, units_cancelled, units_returned, revenue,
          average_price, median_price, p10_price, p90_price, average_discount, sales_mix, revision
      from %s.autopulse_core.%s
      """;

  private static final String VERSIONS =
      """
      select
          sale_id, updated_at, sequence, status, sold_at, sold_on, model_id, make, model, segment, powertrain,
          dealer_id, region, list_price, net_price, currency, channel, source
      from %s.autopulse_core.%s
      """;

  private static final String REJECTED =
      "select feed, origin, code, step, field, message, raw, format, header from %s.autopulse_core.%s";

  @TempDir private Path folder;

  @Test
  void killedAndRestartedJobEndsWithTheTablesOfTheRefresh() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 3_000, 0.02);
    Files.writeString(
        manifest,
        Files.readString(manifest) + "live: {panes: 200ms, corrections: 5200w, poll: 200ms}\n");
    AutopulseJar jar = AutopulseJar.in(folder);
    Path batchManifest = folder.resolve("batch.yaml");
    Files.writeString(batchManifest, Files.readString(manifest).replaceAll("(?m)^live:.*$", ""));
    jar.succeed(
        "run",
        batchManifest.toString(),
        "--warehouse",
        "duckdb:batch.duckdb",
        "--set",
        "kpis.grains=[hour, day, week, month]");
    List<Path> held = holdBack();

    AutopulseJar.Call first = live(jar, manifest);
    assertThat(first.awaitErr("versions loaded"), is(true));
    land(held.get(0));
    assertThat(await("0 < (select count(*) from live.autopulse_core.sale_versions)"), is(true));
    land(held.get(1));
    assertThat("killed while it worked", first.kill(), is(true));
    land(held.get(2));

    AutopulseJar.Call second = live(jar, manifest);
    String equal =
        Stream.of(
                same(KPIS, "sales_kpi", "sales_kpi_current"),
                same(VERSIONS, "sale_versions", "sale_versions"),
                same(REJECTED, "rejected_records", "rejected_records"))
            .reduce((a, b) -> a + " and " + b)
            .orElseThrow();
    boolean arrived = await(equal);
    assertThat(second.errSoFar() + arrived, arrived, is(true));
    Instant asked = Instant.now();
    second.process().destroy();
    AutopulseJar.Result ended = second.await();
    assertThat(
        ended.err(), Duration.between(asked, Instant.now()), is(lessThan(Duration.ofSeconds(6))));
    assertThat(ended.out().contains("It goes on where it ended"), is(true));
    assertThat("after the end", await(equal), is(true));
    assertThat(
        count("select count(*) from live.autopulse_core.sales_kpi_live"), greaterThan(1_000L));
    assertThat(
        count("select count(*) from live.autopulse_core.rejected_records"), greaterThan(10L));
  }

  private static AutopulseJar.Call live(AutopulseJar jar, Path manifest) {
    return jar.start(
        "run",
        manifest.toString(),
        "--warehouse",
        "duckdb:live.duckdb",
        "--set",
        "kpis.grains=[hour, day, week, month]");
  }

  // All sales files but one, to land later.
  private List<Path> holdBack() throws IOException {
    Path sales = folder.resolve("landing/sales");
    Path aside = Files.createDirectories(folder.resolve("aside"));
    try (Stream<Path> files = Files.list(sales)) {
      List<Path> later = files.sorted().skip(1).toList();
      for (Path file : later) {
        Files.move(file, aside.resolve(file.getFileName()));
      }
      return later.stream().map(file -> aside.resolve(file.getFileName())).toList();
    }
  }

  private void land(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    Files.move(file, folder.resolve("landing/sales").resolve(file.getFileName()));
  }

  private static String same(String rows, String batch, String live) {
    String a = rows.formatted("batch", batch);
    String b = rows.formatted("live", live);
    return "not exists (%s except %s) and not exists (%s except %s)".formatted(a, b, b, a);
  }

  private boolean await(String condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (count("select cast(%s as integer)".formatted(condition)) == 1) {
          return true;
        }
      } catch (SQLException e) {
        // The loader holds the file, or has not made it yet: another attempt.
      }
      Thread.sleep(300);
    }
    return false;
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String name : List.of("batch", "live")) {
        statement.execute(
            "attach '%s' as %s (read_only)".formatted(folder.resolve(name + ".duckdb"), name));
      }
      try (ResultSet result = statement.executeQuery(sql)) {
        result.next();
        return result.getLong(1);
      }
    }
  }
}
