package io.autopulse.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.CarSalesExport;
import io.autopulse.testing.PublishedTables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ERP's export as it is, by a manifest of a few lines: every KPI is what SQL over the raw file
 * gives, and no customer is in what the run leaves behind. An invented export of the same shape is
 * always run; the real one where its file is ({@code AUTOPULSE_CAR_SALES}, or {@code
 * ../shared/data/car_sales_2022.csv}).
 */
class RealSalesIT {
  private static final Pattern SEVEN_DIGITS = Pattern.compile("(?<![0-9])[0-9]{7}(?![0-9])");
  private static final Pattern WORD = Pattern.compile("[\\p{L}']{6,}");

  @TempDir Path folder;

  @Test
  void inventedExportOfTheSameShapeGivesTheKpisOfSqlAndNoPersonalData() throws Exception {
    Path export = folder.resolve("export.csv");
    CarSalesExport.write(export, 4000);
    Result run = assertRun(export);
    System.out.println("RealSalesIT: an invented export of 4,000 sales: " + run.seconds() + " s");

    Path database = folder.resolve("w.duckdb");
    assertThat(
        PublishedTables.query(
            database, "select code, count(*) from rejected_records group by code order by code"),
        is(List.of("BAD_DATE|40", "PRICE_NOT_POSITIVE|40")));
    assertThat(
        "names, phones, genders and incomes are masked where the raw record is kept",
        PublishedTables.query(
            database,
            "select count(*) from rejected_records where len(regexp_extract_all(raw, '\\*\\*\\*')) = 4"),
        is(List.of("80")));
  }

  @Test
  void realExportGivesTheKpisOfSqlAndNoPersonalData() throws Exception {
    Path export = CarSalesExport.real();
    if (!Files.exists(export)) {
      System.out.println("RealSalesIT: no real export at " + export + "; the invented one is run");
    }
    assumeTrue(Files.exists(export), "no real export at " + export);
    Result run = assertRun(export);
    System.out.println("RealSalesIT: the real export: " + run.seconds() + " s");
    assertThat(
        PublishedTables.query(
            folder.resolve("w.duckdb"),
            "select rows_read, rows_accepted, rows_rejected + rows_duplicate, rows_published from load_run_feeds"),
        is(List.of("10645|10645|0|10645")));
  }

  private Result assertRun(Path export) throws IOException, SQLException {
    Path manifest = CarSalesExport.writeManifest(folder);
    Result run =
        AutopulseJar.in(folder)
            .with(Map.of("AUTOPULSE_CAR_SALES", export.toString(), "AUTOPULSE_DEBUG", "1"))
            .succeed("run", manifest.toString(), "--warehouse", "duckdb:w.duckdb");
    Path database = folder.resolve("w.duckdb");
    try (Connection raw = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = raw.createStatement()) {
      statement.execute(
          resource("/manifests/car-sales-2022.sql").replace("{file}", export.toString()));
      statement.execute("attach '" + database + "' as w (read_only)");
      assertKpis(raw);
      assertBalanced(raw);
      assertNoPersonalData(raw, run);
    }
    return run;
  }

  private static void assertKpis(Connection raw) throws SQLException {
    String published = "select * exclude (computed_at, run_id) from w.AUTOPULSE_CORE.sales_kpi";
    assertThat(
        PublishedTables.rows(raw, "(%s) except all from expected limit 5".formatted(published)),
        is(empty()));
    assertThat(
        PublishedTables.rows(raw, "from expected except all (%s) limit 5".formatted(published)),
        is(empty()));
    assertThat(
        Long.parseLong(PublishedTables.rows(raw, "select count(*) from expected").get(0)),
        is(greaterThan(10_000L)));
  }

  private static void assertBalanced(Connection raw) throws SQLException {
    assertThat(
        PublishedTables.rows(
            raw,
            """
            select rows_accepted + rows_rejected + rows_duplicate = rows_read,
                rows_read = (select count(*) from raw), rows_published = (select count(*) from good)
            from w.AUTOPULSE_CORE.load_run_feeds
            """),
        is(List.of("true|true|true")));
  }

  /**
   * Nothing of a customer in any text column, the bytes of the database or what the run printed.
   */
  private void assertNoPersonalData(Connection raw, Result run) throws SQLException, IOException {
    Set<String> personal =
        new HashSet<>(PublishedTables.rows(raw, "select distinct phone from raw"));
    // Customers are also called as towns and models are: those tell nothing.
    personal.addAll(
        PublishedTables.rows(
            raw,
            """
            select distinct customer_name from raw
            where length(customer_name) >= 6 and customer_name not in ('Unknown')
                and not exists (
                    select 1 from (select distinct unnest([make, model, segment, powertrain, region]) as known from raw)
                    where contains(known, upper(customer_name)))
            """));
    assertThat(personal.size(), is(greaterThan(1000)));

    StringBuilder texts = new StringBuilder(run.out()).append(run.err());
    List<String> columns =
        PublishedTables.rows(
            raw,
            "select 'select distinct \"' || column_name || '\" from w.AUTOPULSE_CORE.' || table_name || ' where \"' || column_name || '\" is not null' from duckdb_columns() where database_name = 'w' and schema_name = 'AUTOPULSE_CORE' and data_type = 'VARCHAR'");
    assertThat(columns.size(), is(greaterThan(50)));
    for (String column : columns) {
      PublishedTables.rows(raw, column).forEach(text -> texts.append('\n').append(text));
    }
    assertThat(found(texts.toString(), personal), is(empty()));

    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("w.")).toList()) {
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
        assertThat(file.toString(), found(bytes, personal), is(empty()));
      }
    }
  }

  /** Returns the tokens of a text that are in a set: seven digits, or words of six letters. */
  private static Set<String> found(String text, Set<String> personal) {
    return Stream.concat(SEVEN_DIGITS.matcher(text).results(), WORD.matcher(text).results())
        .map(match -> match.group())
        .filter(personal::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = RealSalesIT.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
