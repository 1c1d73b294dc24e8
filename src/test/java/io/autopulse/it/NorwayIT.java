package io.autopulse.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.Landing;
import io.autopulse.testing.NorwayExport;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Registrations of a whole market over ten years, by a manifest of a few lines, and the share that
 * a generated dealer group has of it: totals and shares are what SQL over the raw files gives. An
 * invented export is always run, the real one where its files are.
 */
class NorwayIT {
  private static final String HISTORY = "select * from market_registrations_history order by all";

  @TempDir static Path exports;

  @TempDir Path folder;

  static Stream<NorwayExport> exports() throws IOException {
    return Stream.concat(Stream.of(NorwayExport.write(exports)), NorwayExport.real().stream());
  }

  @ParameterizedTest
  @MethodSource("exports")
  void registrationsEqualThePublishedTotalsAndGiveTheGroupItsShareOfEachMonth(NorwayExport export)
      throws Exception {
    Path database = folder.resolve("w.duckdb");
    Path sales =
        Landing.generate(
            GenerateSpec.into(folder.resolve("landing"))
                .withVersions(6_000)
                .withSizes(30, 60, 2)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2007, 1, 1), LocalDate.of(2017, 2, 1))));
    Refresh.of(sales, database).run();

    Result run = ingest(export.byMake());
    assertThat(
        run.out(),
        allOf(
            containsString("registrations make: "),
            containsString("SAAB ("),
            containsString("THINK (")));
    try (Connection raw = open(export, database)) {
      assertTotals(raw);
      assertShares(raw);
    }
    List<String> history = PublishedTables.query(database, HISTORY);
    List<String> shares = shares(database);

    ingest(export.byMake());
    assertThat(
        "a repeated run changes nothing", PublishedTables.query(database, HISTORY), is(history));
    Refresh.of(sales, database).run();
    assertThat("a repeated refresh keeps the shares", shares(database), is(shares));

    assertCorrection(export, database, history.size());
  }

  private Result ingest(Path byMake) throws IOException {
    return AutopulseJar.in(folder)
        .with(Map.of("AUTOPULSE_NORWAY", byMake.toString()))
        .succeed(
            "run",
            NorwayExport.writeManifest(folder).toString(),
            "--warehouse",
            "duckdb:w.duckdb",
            "--runner-config",
            "direct");
  }

  private static List<String> shares(Path database) {
    return PublishedTables.query(
        database,
        "select window_start, dimension, member, market_share from sales_kpi where market_share is not null order by all");
  }

  private static Connection open(NorwayExport export, Path database) throws SQLException {
    Connection raw = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = raw.createStatement()) {
      statement.execute("attach '%s' as w (read_only)".formatted(database));
      statement.execute(
          "create table by_month as select make_date(\"Year\", \"Month\", 1) as month, \"Quantity\" as units from read_csv('%s', encoding = 'latin-1', nullstr = '')"
              .formatted(export.byMonth()));
      statement.execute(
          """
          create table by_make as
          select
              make_date("Year", "Month", 1) as month,
              case trim("Make")
                  when 'NA' then 'UNKNOWN'
                  when 'Chevrolet US' then 'CHEVROLET'
                  when 'Citroen' then 'CITROËN'
                  when 'Skoda' then 'ŠKODA'
                  else upper(trim("Make"))
              end as make,
              sum("Quantity") as units
          from read_csv('%s', encoding = 'latin-1', nullstr = '')
          group by all
          """
              .formatted(export.byMake()));
    }
    return raw;
  }

  private static void assertTotals(Connection raw) throws SQLException {
    assertThat(
        "months whose total is not the published one",
        PublishedTables.rows(
            raw,
            """
            from (select month, units from by_month)
            full join (
                select period_start as month, sum(registrations) as found
                from w.AUTOPULSE_CORE.market_registrations
                where period_grain = 'month' and region = 'ALL' and model = 'ALL' and powertrain = 'ALL'
                group by all
            ) using (month)
            where units is distinct from found
            """),
        is(empty()));
    assertThat(
        PublishedTables.rows(raw, "select count(*) = 121 from by_month where units > 0"),
        is(List.of("true")));
    assertThat(
        "makes and months that are not those of the raw file",
        PublishedTables.rows(
            raw,
            """
            from by_make
            full join (
                select period_start as month, make, registrations as found
                from w.AUTOPULSE_CORE.market_registrations
            ) using (month, make)
            where units is distinct from found
            """),
        is(empty()));
    assertThat(
        "each is known on the last day of its month",
        PublishedTables.rows(
            raw,
            "select count(*) from w.AUTOPULSE_CORE.market_registrations_history where known_on <> last_day(period_start)"),
        is(List.of("0")));
  }

  private static void assertShares(Connection raw) throws SQLException {
    String expected =
        """
        with sold as (
            select date_trunc('month', sold_on)::date as month, make, count(*) filter (status = 'SOLD') as units
            from w.AUTOPULSE_CORE.sales
            group by all
        ),
        expected as (
            select month, 'make' as dimension, make as member, sold.units, by_make.units as market
            from sold inner join by_make using (month, make)
            union all
            select month, 'total', 'ALL', sum(sold.units), any_value(by_month.units)
            from sold inner join by_month using (month)
            group by all
        ),
        found as (
            select window_start::date as month, dimension, member, market_share
            from w.AUTOPULSE_CORE.sales_kpi
            where grain = 'month' and market_share is not null and units_sold > 0
        )
        """;
    assertThat(
        "shares that are not those of SQL over the raw files",
        PublishedTables.rows(
            raw,
            expected
                + """
                from expected full join found using (month, dimension, member)
                where coalesce(units, 1) > 0 and (market_share is null or market is null
                    or abs(market_share - units::double / market) > 0.0000005000001)
                """),
        is(empty()));
    assertThat(
        "the series of the group's share",
        PublishedTables.rows(
            raw,
            "select count(*) from w.AUTOPULSE_CORE.sales_kpi where grain = 'month' and dimension = 'total' and market_share > 0"),
        is(List.of("121")));
    assertThat(
        Long.parseLong(
            PublishedTables.rows(
                    raw,
                    "select count(*) from w.AUTOPULSE_CORE.sales_kpi where dimension = 'make' and market_share > 0")
                .get(0)),
        is(greaterThan(400L)));
    assertThat(
        "a monthly feed gives monthly shares only, and of no dimension that it does not tell apart",
        PublishedTables.rows(
            raw,
            "select distinct grain, dimension from w.AUTOPULSE_CORE.sales_kpi where market_share is not null order by all"),
        is(List.of("month|make", "month|total")));
  }

  /** A file that was corrected: a vintage of today, and the older one as it was. */
  private void assertCorrection(NorwayExport export, Path database, int vintages)
      throws IOException {
    Path corrected = folder.resolve("corrected.csv");
    String text = Files.readString(export.byMake(), ISO_8859_1);
    String line = text.lines().filter(l -> l.contains("\"Volkswagen\"")).findFirst().orElseThrow();
    String[] fields = line.split(",");
    fields[3] = "1234";
    Files.writeString(corrected, text.replace(line, String.join(",", fields)), ISO_8859_1);
    String day = LocalDate.now(ZoneId.of("Europe/Oslo")).toString();
    ingest(corrected);
    String later = LocalDate.now(ZoneId.of("Europe/Oslo")).toString();
    assertThat(
        PublishedTables.query(
            database,
            """
            select registrations, known_on in ('2007-01-31', '%s', '%s'), known_on = '2007-01-31'
            from market_registrations_history
            where make = 'VOLKSWAGEN' and period_start = '2007-01-01'
            order by known_on
            """
                .formatted(day, later)),
        is(List.of(line.split(",")[3] + "|true|true", "1234|true|false")));
    assertThat(
        PublishedTables.query(
            database,
            "select registrations from market_registrations where make = 'VOLKSWAGEN' and period_start = '2007-01-01'"),
        is(List.of("1234")));
    assertThat(PublishedTables.query(database, HISTORY).size(), is(vintages + 1));
  }
}
