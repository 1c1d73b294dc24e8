package io.autopulse.cli.marts;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.BusinessInterval;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleRates;
import io.autopulse.operations.metabase.CardSql;
import io.autopulse.pipeline.BatchRun;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.pipeline.run.RunRequest;
import io.autopulse.pipeline.runner.RunnerConfigReader;
import io.autopulse.pipeline.yaml.Setting;
import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Nightly;
import io.autopulse.testing.Refresh;
import io.autopulse.warehouse.WarehouseUri;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The marts of a small warehouse, by dbt itself. */
class MartsIT {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path SOURCES = ROOT.resolve("src/test/python/marts");

  /** Power BI's own evaluator of DAX, and the rows of its test. */
  private static final List<Path> DASHBOARDS =
      List.of(
          ROOT.resolve("dashboards"),
          ROOT.resolve("dashboards/powerbi"),
          ROOT.resolve("src/test/python/dashboards"));

  /** Where the tests install dbt. */
  static final MartsHome HOME = new MartsHome(ROOT.resolve("target/python/marts"));

  /** Builds without any test. */
  static final List<String> MODELS_ALONE =
      List.of("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test");

  private static final List<String> SHOWN =
      List.of(
          "fct_sales",
          "fct_sale_versions",
          "mart_sales_by_model",
          "mart_sales_by_dealer",
          "mart_price_trends");

  @TempDir private static Path folder;

  private static Path built;
  private static DbtProject project;
  private static DbtResults results;
  private static Path python;
  private static WarmPython warm;
  private static int builds;

  /** Sales of a quarter and registrations of the market, refreshed; every model and every test. */
  @BeforeAll
  static void build() throws Exception {
    Path landing = folder.resolve("landing");
    Path manifest =
        Landing.generate(
            GenerateSpec.into(landing)
                .withVersions(1_500)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2024, 10, 1), LocalDate.of(2025, 1, 1)))
                .withSizes(12, 20, 2)
                .withRates(SaleRates.USUAL.withDefects(0.02)));
    built = folder.resolve("built.duckdb");
    Refresh.of(manifest, built).run();
    readMarket(landing, built);
    Marts marts = marts(built);
    results = marts.build(Instant.parse("2025-01-01T08:00:00Z"), List.of());
    project = project("it", marts);
    python =
        PythonPackages.interpreter(
            project.requirements(), HOME.python(), System.getenv(), text -> {});
    warm = WarmPython.start(python, SOURCES, project, folder);
  }

  @AfterAll
  static void end() {
    warm.close();
    project.delete();
  }

  @Test
  void everyTestPassesAndTheMartsAreTheAuditedKpis() throws Exception {
    assertThat(results.failures(), is(List.of()));
    assertThat(results.warnings(), is(List.of()));
    assertThat(results.tests(), is(greaterThan(100)));
    assertThat(
        rows(
            built,
            """
            select count(*) > 100, count(marts.model) = count(*), count(kpis.market_share) > 0,
              bool_and(kpis.revenue = marts.revenue), bool_and(kpis.market_share is not distinct from marts.market_share)
            from AUTOPULSE_CORE.sales_kpi as kpis left join AUTOPULSE_MARTS.mart_sales_by_model as marts
            on kpis.grain = marts.grain and kpis.window_start = marts.period_start and kpis.member = marts.model
            where kpis.dimension = 'model' and kpis.units_sold > 0"""),
        is(List.of("true|true|true|true|true")));
    assertThat(
        rows(
            built,
            "select distinct regexp_replace(schema_name, '__r20250101_080000_[0-9a-f]{6}', '__build') from information_schema.schemata where schema_name like 'AUTOPULSE%' order by 1"),
        is(
            List.of(
                "AUTOPULSE_CORE",
                "AUTOPULSE_MARTS",
                "AUTOPULSE_MARTS_HISTORY",
                "AUTOPULSE_MARTS__build")));
  }

  @Test
  void metricsAreTheAuditedKpis() throws Exception {
    assertThat(
        metricFlow("metrics.py", built),
        matchesPattern("(?s).*[1-9]\\d{2,} rows compared, 0 differ\\s*"));
  }

  /** Each metric by month and dimension, on the rows on which the DAX is compared with SQL. */
  @Test
  void metricsAreWhatPowerBiComputes() throws Exception {
    assertThat(
        metricFlow("measures_by_metricflow.py", folder.resolve("invented.duckdb")),
        matchesPattern("(?s).* [1-9]\\d{3,} values compared, 0 differ\\s*"));
  }

  /** Returns what a script says that asks MetricFlow about a file. */
  private static String metricFlow(String script, Path file) throws Exception {
    // Nobody else has dbt parse this copy, for a schema of its own.
    DbtProject asked = project(script.replace(".py", ""), marts(built));
    String copy = asked.folder().toString();
    List<String> command =
        List.of(python.toString(), SOURCES.resolve(script).toString(), copy, file.toString());
    Map<String, String> variables =
        Map.of(
            "AUTOPULSE_MARTS_FILE",
            file.toString(),
            "AUTOPULSE_MARTS_SCHEMA",
            DbtBuild.SCHEMA,
            "DBT_PROFILES_DIR",
            copy,
            "DBT_SEND_ANONYMOUS_USAGE_STATS",
            "false",
            "PYTHONPATH",
            DASHBOARDS.stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
    String said = Call.start(command, command, folder, variables).await().mustExit(0).out();
    asked.delete();
    return said;
  }

  /** The revenue of a month is that of the audited KPIs, and its share that of the mart. */
  @Test
  void everyQuestionOfMetabaseRunsOnTheMartsAndShowsTheAuditedKpis() throws Exception {
    try (Connection marts = DriverManager.getConnection("jdbc:duckdb:" + built)) {
      assertThat(CardSql.failures(marts, false), is(List.of()));
      assertThat(
          CardSql.rows(marts, "sales/revenue", Map.of("period", "2024-11")),
          is(
              rows(
                  built,
                  "select revenue from AUTOPULSE_CORE.sales_kpi where grain = 'month' and dimension = 'total' and window_start = '2024-11-01'")));
      assertThat(
          CardSql.rows(marts, "market/market_share", Map.of("period", "2024-11")).stream()
              .map(row -> String.format(Locale.ROOT, "%.6f", Double.valueOf(row.split("\\|")[0])))
              .toList(),
          is(
              rows(
                  built,
                  "select market_share from AUTOPULSE_MARTS.mart_market_share where grain = 'month' and dimension = 'total' and period_start = '2024-11-01'")));
    }
  }

  @Test
  void corruptedSaleFailsNamedTestsAndReadersSeeTheMartsOfBefore() throws Exception {
    Path file = copy("corrupted");
    String before = sums(file);
    execute(
        file,
        "update AUTOPULSE_CORE.sales set net_price = net_price + 1 where sale_id = (select min(sale_id) from AUTOPULSE_CORE.sales where status = 'SOLD')");
    MartsFailedException failed =
        assertThrows(
            MartsFailedException.class,
            () -> build(file, project, "--exclude-resource-type", "unit_test"));
    assertThat(
        failed.getMessage(),
        allOf(
            containsString("the marts are as they were"),
            containsString("members_equal_sales_kpi"),
            not(containsString("sales_kpi_equals_sale_versions"))));
    assertThat(sums(file), is(before));
  }

  /** A build after each batch of one to four days of changes. */
  @Test
  void incrementalFactsAreThoseOfAFullRefresh() throws Exception {
    long seed = Nightly.runs() ? System.nanoTime() : 20241130;
    Random random = new Random(seed);
    Path restated = copy("restated");
    int days = Nightly.size(2, 30);
    for (int day = 0; day < days; ) {
      for (int batch = 1 + random.nextInt(4); batch > 0 && day < days; batch--) {
        change(restated, random, day++);
      }
      Path anew = Files.copy(restated, folder.resolve("anew" + day + ".duckdb"));
      build(restated, project, MODELS_ALONE);
      List<String> arguments = new ArrayList<>(MODELS_ALONE);
      arguments.add("--full-refresh");
      build(anew, project, arguments);
      for (String table : SHOWN) {
        assertThat(
            "seed %d, day %d: %s".formatted(seed, day, table),
            differences(restated, anew, table),
            is(0L));
      }
      Files.delete(anew);
    }
  }

  /** The facts that a build takes over have the old type, which a cast would hide. */
  @Test
  void brokenContractFailsAnIncrementalBuild() throws Exception {
    Path file = copy("contract");
    String before = sums(file);
    DbtProject broken = project("contract", marts(file));
    replace(
        broken,
        "models/facts/fct_sales.sql",
        "cast(sales.net_price as decimal(18, 2)) as net_price",
        "cast(sales.net_price as double) as net_price");
    replace(broken, "models/facts/fct_sale_versions.sql", "'net_price', 'run_id'", "'run_id'");
    IllegalStateException failed =
        assertThrows(IllegalStateException.class, () -> build(file, broken, MODELS_ALONE));
    assertThat(
        failed.getMessage(),
        allOf(
            containsString("could not build"),
            containsString("fct_sales: "),
            containsString("fct_sale_versions: ")));
    String log = Files.readString(broken.folder().resolve("dbt.log"));
    assertThat(log, matchesPattern("(?s).*net_price *\\| *DOUBLE *\\| *DECIMAL.*type mismatch.*"));
    assertThat(log, matchesPattern("(?s).*net_price.*missing in definition.*"));
    assertThat(sums(file), is(before));
    broken.delete();
  }

  /**
   * Of two months by French days: Easter Monday off April's 22 weekdays; off May's 23 four holidays
   * and half of the Friday after Ascension. Of May 11 weekdays are over, of which three are
   * holidays and one is that Friday.
   */
  @Test
  void targetsOfAMonthHalfOverAreComparedLikeWithLike() throws Exception {
    Path landing = folder.resolve("targets");
    Path manifest =
        Landing.generate(
            GenerateSpec.into(landing)
                .withVersions(600)
                .withPeriod(
                    new BusinessInterval(LocalDate.of(2024, 4, 1), LocalDate.of(2024, 6, 1)))
                .withSizes(5, 10, 1));
    Path file = folder.resolve("targets.duckdb");
    Refresh.of(manifest, file).run();
    execute(
        file,
        "update AUTOPULSE_CORE.sales_kpi set is_final = false where window_end > timestamp '2024-05-16 02:00:00'");
    DbtProject french = project("targets", marts(file));
    List<String> arguments = new ArrayList<>(MODELS_ALONE);
    arguments.addAll(List.of("--select", "+mart_target_attainment"));
    build(file, french, arguments);
    french.delete();
    String sold =
        """
        with days (month_start, selling_days, selling_days_over) as (
          values (date '2024-04-01', 21.0, 21.0), (date '2024-05-01', 18.5, 7.5)),
        last as (
          select dealer_id, status, cast(net_price as decimal(18, 2)) as price,
            cast(timezone('Europe/Paris', cast(sold_at as timestamptz)) as date) as sold_on
          from read_csv('%1$s/sales/*.csv', all_varchar = true)
          qualify row_number() over (partition by sale_id order by cast(updated_at as timestamptz) desc, cast(sequence as int) desc) = 1),
        targets as (
          select dealer_id, cast(month || '-01' as date) as month_start, cast(units as double) as units, cast(revenue as double) as revenue
          from read_csv('%1$s/targets/*.csv', all_varchar = true)),
        expected as (
          select targets.*, days.* exclude (month_start),
            count(last.dealer_id) as sold, coalesce(sum(last.price), 0) as earned
          from targets join days using (month_start)
          left join last on last.dealer_id = targets.dealer_id and last.status = 'SOLD'
            and last.sold_on >= month_start and last.sold_on < month_start + interval 1 month and last.sold_on <= date '2024-05-15'
          group by all)
        """
            .formatted(landing);
    assertThat(
        rows(
            file,
            sold
                + """
                select count(*), count(marts.dealer_id), min(sold) > 0,
                  bool_and(marts.actual_units = sold and marts.actual_revenue = earned
                    and marts.selling_days = expected.selling_days and marts.selling_days_over = expected.selling_days_over),
                  max(abs(marts.attainment - sold / (units * expected.selling_days_over / expected.selling_days))) < 0.000001,
                  max(abs(marts.revenue_attainment - earned / (revenue * expected.selling_days_over / expected.selling_days))) < 0.000001,
                  bool_and(marts.gap_units = units - sold and marts.gap_revenue = cast(revenue as decimal(18, 2)) - earned),
                  max(abs(marts.pace - sold / expected.selling_days_over)) < 0.000001,
                  max(abs(marts.pace_needed - greatest(units - sold, 0) / 11)) < 0.000001,
                  count(marts.pace_needed)
                from expected left join AUTOPULSE_MARTS.mart_target_attainment as marts
                on marts.month_start = expected.month_start and marts.dealer_id = expected.dealer_id"""),
        is(List.of("10|10|true|true|true|true|true|true|true|5")));
    assertThat(
        rows(
            file,
            "select count(*), count(distinct is_closed) from AUTOPULSE_MARTS.mart_target_attainment"),
        is(List.of("10|2")));
  }

  /** docs/jobs/marts.md lists the faults and what finds them. Each build makes the first. */
  @Test
  void faultsInTheModelsAreFoundByTests() throws Exception {
    List<String> missed = new ArrayList<>();
    List<JsonNode> faults = new ArrayList<>();
    try (InputStream list = MartsIT.class.getResourceAsStream("faults.yaml")) {
      new YAMLMapper().readTree(list).forEach(faults::add);
    }
    int copies = 0;
    Map<String, String> published = publishedFaults();
    assertThat(
        published.keySet(),
        is(faults.stream().map(fault -> fault.path("fault").asText()).collect(Collectors.toSet())));
    for (JsonNode fault : faults) {
      assertThat(
          Files.readString(project.folder().resolve(fault.path("file").asText())),
          containsString(fault.path("from").asText()));
    }
    for (JsonNode fault : faults.subList(0, Nightly.size(1, faults.size()))) {
      String name = fault.path("fault").asText();
      DbtProject wrong = project("fault", marts(built));
      replace(
          wrong,
          fault.path("file").asText(),
          fault.path("from").asText(),
          fault.path("to").asText());
      // A file of its own: a build that fails may leave a log of changes beside it.
      Path file = copy("fault" + ++copies);
      try {
        build(file, wrong);
        missed.add(name);
      } catch (MartsFailedException found) {
        assertThat(found.getMessage(), containsString("the marts are as they were"));
        assertThat(name, found.getMessage(), containsString("\n  " + published.get(name) + ": "));
      }
      wrong.delete();
    }
    assertThat(missed.toString(), missed.size(), is(lessThanOrEqualTo(Nightly.size(0, 2))));
  }

  /** The test that finds each fault, as the documentation says. */
  private static Map<String, String> publishedFaults() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/jobs/marts.md"));
    String list = text.substring(text.indexOf("### Faults"), text.indexOf("## Metrics"));
    return Pattern.compile("(?m)^\\| (.+) \\| `(.+)` \\|$")
        .matcher(list)
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
  }

  @Test
  void holderOfTheFileIsNamed() throws Exception {
    Process holder =
        new ProcessBuilder(
                python.toString(),
                "-c",
                "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()",
                copy("held").toString())
            .start();
    try {
      assertThat(
          new String(holder.getInputStream().readNBytes(4), StandardCharsets.UTF_8), is("held"));
      InputException refused =
          assertThrows(
              InputException.class,
              () -> marts(folder.resolve("held.duckdb")).build(Instant.now(), List.of()));
      assertThat(refused.getMessage(), containsString("in use by process " + holder.pid()));
    } finally {
      holder.destroy();
      holder.waitFor();
    }
  }

  /** Late versions, corrections, a sale that moves, a day that vanishes, a dealer that moves. */
  private static void change(Path file, Random random, int day) throws SQLException {
    String run = "r2025010%d_%06d_aaaaaa".formatted(1 + day % 9, day);
    String sale =
        "(select sale_id from AUTOPULSE_CORE.sales order by hash(sale_id || '%d') limit 1)";
    execute(
        file,
        "insert into AUTOPULSE_CORE.load_runs (run_id, job, status, started_at) values ('%s', 'daily', 'PUBLISHED', timestamp '2024-11-%02d 08:00:00')"
            .formatted(run, 1 + day % 28));
    for (String set :
        List.of(
            "status = 'CANCELLED'",
            "sold_on = sold_on + " + (1 + random.nextInt(40)),
            "net_price = net_price + 0.5",
            "status = 'SOLD', list_price = null")) {
      String id =
          rows(file, "select sale_id from " + sale.formatted(random.nextInt(1_000_000))).get(0);
      execute(
          file,
          "update AUTOPULSE_CORE.sales set %s, updated_at = updated_at + interval %d hour, run_id = '%s' where sale_id = '%s'"
              .formatted(set, 1 + random.nextInt(100), run, id),
          "insert into AUTOPULSE_CORE.sale_versions by name select * from AUTOPULSE_CORE.sales where sale_id = '%s'"
              .formatted(id));
    }
    execute(
        file,
        // A greater content of its moment, in the place of a lesser one.
        "update AUTOPULSE_CORE.sale_versions set net_price = net_price + 7 where sale_id = "
            + sale.formatted(random.nextInt(1_000_000)),
        "delete from AUTOPULSE_CORE.sales where sold_on = (select sold_on from AUTOPULSE_CORE.sales order by hash(cast(sold_on as varchar) || '%d') limit 1)"
            .formatted(random.nextInt(1_000_000)),
        "update AUTOPULSE_CORE.dealers set region = 'MOVED %d', run_id = '%s' where dealer_id = (select min(dealer_id) from AUTOPULSE_CORE.dealers)"
            .formatted(day, run));
  }

  private static void readMarket(Path landing, Path file) throws IOException {
    new BatchRun(
            new RunRequest(
                new ManifestReader(Map.of("AUTOPULSE_LANDING", landing.toString()))
                    .read(
                        ROOT.resolve("pipelines/market-data.yaml"),
                        List.of(new Setting("warehouse", "warehouse", "duckdb:" + file))),
                Optional.empty(),
                Optional.empty(),
                "test"),
            new RunnerConfigReader(Map.of()).shipped("direct").toPipelineOptions(List.of()),
            System.getenv(),
            Clock.systemUTC(),
            stage -> {})
        .run();
  }

  private static Marts marts(Path file) {
    return new Marts(
        new WarehouseUri.DuckDb(file),
        Optional.of("fr"),
        Duration.ZERO,
        HOME,
        Map.of(),
        text -> {});
  }

  /** A copy of the project with a calendar, which stays. */
  private static DbtProject project(String name, Marts marts) {
    Path copy = HOME.build("r20240101_000000_" + name + ProcessHandle.current().pid());
    DbtProject made = DbtProject.copyTo(copy);
    marts.calendar(LocalDate.of(2025, 1, 1)).write(made.calendar());
    return made;
  }

  private static void replace(DbtProject changed, String file, String from, String to)
      throws IOException {
    Path model = changed.folder().resolve(file);
    String right = Files.readString(model);
    assertThat(right, containsString(from));
    Files.writeString(model, right.replace(from, to));
  }

  private static void build(Path file, DbtProject of, String... arguments) {
    build(file, of, List.of(arguments));
  }

  private static void build(Path file, DbtProject of, List<String> arguments) {
    new DbtBuild(
            warm.command(),
            of,
            "R%d".formatted(++builds),
            DbtVariables.of(new WarehouseUri.DuckDb(file), Map.of()),
            arguments)
        .run();
  }

  private static Path copy(String name) throws IOException {
    return Files.copy(built, folder.resolve(name + ".duckdb"));
  }

  private static String sums(Path file) throws SQLException {
    return rows(
            file,
            "select sum(revenue), count(*) from AUTOPULSE_MARTS.mart_sales_by_region union all select sum(net_price), count(*) from AUTOPULSE_MARTS.fct_sales")
        .toString();
  }

  private static long differences(Path one, Path other, String table) throws SQLException {
    // A view names its table by schema alone: each file is asked for its own.
    String first = "select * from one." + schema(one) + "." + table;
    String last = "select * from other." + schema(other) + "." + table;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("attach '%s' as one (read_only)".formatted(one));
      statement.execute("attach '%s' as other (read_only)".formatted(other));
      try (ResultSet row =
          statement.executeQuery(
              "select (select count(*) from (%s except all %s)) + (select count(*) from (%s except all %s))"
                  .formatted(first, last, last, first))) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static String schema(Path file) throws SQLException {
    return rows(
            file,
            "select distinct schema_name from information_schema.schemata where schema_name like 'AUTOPULSE\\_MARTS\\_\\_%' escape '\\'")
        .get(0);
  }

  private static List<String> rows(Path file, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        StringBuilder text = new StringBuilder(row.getString(1));
        for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
          text.append('|').append(row.getString(i));
        }
        rows.add(text.toString());
      }
    }
    return rows;
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
