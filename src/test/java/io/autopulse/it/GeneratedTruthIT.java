package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.generate.format.LandingFormat;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import io.autopulse.pipeline.run.RunSummary;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is published of a generated landing zone is what the generator knows to be true of it, which
 * it computes without the pipeline's rules and {@code TruthAgainstDuckDbTest} checks by SQL.
 */
class GeneratedTruthIT {
  /** As {@code truth/kpis.csv} writes a KPI row. */
  private static final String PUBLISHED =
      """
      select grain, strftime(window_start, '%Y-%m-%d') as window_start,
          strftime(window_end, '%Y-%m-%d') as window_end, dimension, member,
          units_sold::varchar as units_sold, units_cancelled::varchar as units_cancelled,
          units_returned::varchar as units_returned, revenue::varchar as revenue,
          average_price::varchar as average_price, median_price::varchar as median_price,
          p10_price::varchar as p10_price, p90_price::varchar as p90_price,
          average_discount::varchar as average_discount, sales_mix::varchar as sales_mix,
          revision::varchar as revision
      from sales_kpi
      """;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, gzip {1}, {2}")
  @CsvSource({"CSV,false,flink-local", "CSV,true,direct", "AIRBYTE_JSONL,true,direct"})
  void defectiveLandingZoneGivesTheTrueKpisAndEveryDefectUnderItsCode(
      LandingFormat format, boolean gzip, String runner) throws SQLException {
    Path manifest =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(60_000)
                .withRates(SaleRates.USUAL.withDefects(0.02))
                .withFormat(format, gzip));
    Path database = folder.resolve("w.duckdb");
    RunSummary run = Refresh.of(manifest, database).on(runner).run();

    Path truth = manifest.resolveSibling("truth");
    assertKpis(database, truth);
    try (Connection connection = PublishedTables.open(database)) {
      String rejected =
          "select origin, code, coalesce(field, '') from rejected_records where feed = 'sales'";
      String defects =
          "select '%s/' || file || ':' || line, code, coalesce(field, '') from %s"
              .formatted(manifest.getParent(), csv(truth.resolve("defects.csv")));
      assertThat(difference(connection, rejected, defects), is(empty()));
      assertThat(
          rows(
              connection,
              "select count(*) from rejected_records where run_id <> '" + run.runId() + "'"),
          is(List.of("0")));
      assertThat(
          "some of every kind: 13 codes",
          Integer.parseInt(
              rows(connection, "select count(distinct code) from rejected_records").get(0)),
          is(greaterThan(12)));

      String counted =
          "select feed, rows_read::varchar, rows_rejected::varchar, rows_duplicate::varchar, rows_superseded::varchar, rows_published::varchar from load_run_feeds where rows_out_of_range = 0";
      String counts =
          "select feed, read, rejected, duplicate, superseded, current from "
              + csv(truth.resolve("counts.csv"));
      assertThat(difference(connection, counted, counts), is(empty()));
    }
  }

  @Test
  void replayAfterTheManifestIsMendedPublishesWhatWasRejected() throws IOException, SQLException {
    Path manifest = Landing.generate(folder.resolve("landing"), 20_000, 0);
    Path truth = manifest.resolveSibling("truth");
    Path late = manifest.resolveSibling("sales").resolve("sales-900.csv");
    int grouped = moveWithGroupedPrices(manifest.resolveSibling("sales"), late);
    assertThat(grouped, is(greaterThan(100)));

    Path database = folder.resolve("w.duckdb");
    RunSummary first = Refresh.of(manifest, database).run();
    assertThat(
        PublishedTables.query(
            database,
            "select code, field, count(*) from rejected_records group by all order by all"),
        is(List.of("BAD_NUMBER|net_price|" + grouped)));

    // The file is gone, as landing zones are cleared: only the warehouse still has the records.
    Files.delete(late);
    RunSummary replay =
        Refresh.of(manifest, database)
            .with("feeds.sales.formats.grouping=,")
            .replaying(first.runId())
            .run();
    assertThat(replay.rejected(), is(empty()));
    assertKpis(database, truth);
  }

  /** Moves every 50th record to a file whose program writes 21450.00 as "21,450.00". */
  private static int moveWithGroupedPrices(Path sales, Path late) throws IOException {
    List<String> moved = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> listed = Files.list(sales)) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      List<String> kept = new ArrayList<>();
      List<String> lines = Files.readAllLines(file);
      List<String> header = List.of(lines.get(0).split(",", -1));
      if (moved.isEmpty()) {
        moved.add(lines.get(0));
      }
      for (int i = 0; i < lines.size(); i++) {
        List<String> fields = new ArrayList<>(List.of(lines.get(i).split(",", -1)));
        int price = header.indexOf("net_price");
        if (i % 50 == 49 && fields.size() == header.size() && fields.get(price).length() >= 7) {
          String text = fields.get(price);
          int comma = text.length() - 6;
          fields.set(price, '"' + text.substring(0, comma) + "," + text.substring(comma) + '"');
          moved.add(String.join(",", fields));
        } else {
          kept.add(lines.get(i));
        }
      }
      Files.write(file, kept);
    }
    Files.write(late, moved);
    return moved.size() - 1;
  }

  private static void assertKpis(Path database, Path truth) throws SQLException {
    try (Connection connection = PublishedTables.open(database)) {
      assertThat(
          difference(connection, PUBLISHED, "from " + csv(truth.resolve("kpis.csv"))), is(empty()));
      assertThat(
          Long.parseLong(rows(connection, "select count(*) from sales_kpi").get(0)),
          is(greaterThan(10_000L)));
    }
  }

  private static List<String> difference(Connection connection, String found, String expected)
      throws SQLException {
    return rows(
        connection,
        """
        (select 'surplus', * from (from (%1$s) except all from (%2$s)) limit 5)
        union all
        (select 'missing', * from (from (%2$s) except all from (%1$s)) limit 5)
        """
            .formatted(found, expected));
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    return PublishedTables.rows(connection, sql);
  }

  private static String csv(Path file) {
    return "read_csv('" + file + "', all_varchar = true, header = true)";
  }
}
