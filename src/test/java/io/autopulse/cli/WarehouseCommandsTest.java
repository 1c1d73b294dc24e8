package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import io.autopulse.testing.MigratedFile;
import io.autopulse.warehouse.duckdb.DuckDbSettings;
import io.autopulse.warehouse.duckdb.DuckDbWarehouse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class WarehouseCommandsTest {
  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void makeWarehouse() throws IOException {
    file = MigratedFile.at(directory.resolve("test.duckdb"));
  }

  @Test
  void queryIsShownAsAnAlignedTable() {
    assertThat(
        sql(
            "select * from (values ('Clio', 7, 21000.50::decimal(18, 2), null, true), ('Zoe', 12, null, 'x', false)) as t(model, units, price, note, ev)"),
        is(
            new Result(
                0,
                """
                model  units     price  note  ev
                ─────  ─────  ────────  ────  ─────
                Clio       7  21000.50        true
                Zoe       12            x     false
                """,
                "")));
  }

  @Test
  void timesAreWrittenTheSameEverywhere() {
    Result result =
        sql(
            "select timestamp '2024-03-31 02:30:00' as a, timestamp '2024-01-01 00:00:00.120000' as b, date '2024-02-29' as c, time '23:59:01' as d, timestamptz '2024-01-01 12:00:00+00' as e, null::timestamp as f",
            "--format",
            "csv");
    assertThat(
        result.out(),
        is(
            "a,b,c,d,e,f\r\n2024-03-31 02:30:00,2024-01-01 00:00:00.12,2024-02-29,23:59:01,2024-01-01 12:00:00+00:00,\r\n"));
  }

  @Test
  void csvSurvivesHostileText() {
    String hostile = "a,\"b\"\nc; 'd' 🚗 \u001b";
    Result result =
        sql(
            "select '%s' as raw, null as empty, 1.50 as n".formatted(hostile.replace("'", "''")),
            "--format",
            "csv");
    List<List<String>> records =
        CsvReader.builder().ofCsvRecord(result.out()).stream().map(r -> r.getFields()).toList();
    assertThat(records, is(List.of(List.of("raw", "empty", "n"), List.of(hostile, "", "1.50"))));
  }

  @Test
  void jsonKeepsNumbersTextsAndNulls() throws IOException {
    Result result =
        sql(
            "select 123456789012345678::bigint as big, 0.00000001::decimal(18, 8) as small, 'a\"b' as text, null as nothing, true as flag, 'NaN'::double as nan, 1 as x, 2 as x union all select 1, 1, '', 'y', false, 1.5, 3, 4 order by big desc",
            "--format",
            "json");
    assertThat(
        result.out(),
        is(
            """
            [
            {"big":123456789012345678,"small":0.00000001,"text":"a\\"b","nothing":null,"flag":true,"nan":null,"x":1,"x_2":2},
            {"big":1,"small":1.00000000,"text":"","nothing":"y","flag":false,"nan":1.5,"x":3,"x_2":4}
            ]
            """));
    JsonNode rows = new ObjectMapper().readTree(result.out());
    assertThat(rows.size(), is(2));
  }

  @Test
  void jsonOfNoRowsIsAnEmptyArray() {
    assertThat(sql("select 1 as a where false", "--format", "json").out(), is("[]\n"));
  }

  @Test
  void coreTablesNeedNoSchemaName() {
    assertThat(
        sql("select count(*) as n from sales_kpi_current", "--format", "csv").out(),
        is("n\r\n0\r\n"));
  }

  @Test
  void statementIsReadFromTheStandardInput() {
    InputStream in = System.in;
    System.setIn(new ByteArrayInputStream("select 'é' as a".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(sql("-", "--format", "csv").out(), is("a\r\né\r\n"));
    } finally {
      System.setIn(in);
    }
  }

  @Test
  void wrongStatementEndsWithDuckDbsMessage() {
    Result result = sql("select nothing from sales");
    assertThat(result.exitCode(), is(2));
    assertThat(result.err(), containsString("\"nothing\" not found"));
    assertThat(sql(" ").exitCode(), is(2));
  }

  @Test
  void statementThatWritesIsRefused() {
    Result result = sql("delete from sales");
    assertThat(result.exitCode(), is(2));
    assertThat(
        result.err(),
        startsWith("error: sql: DELETE is not sent: the warehouse is read-only here. "));
    assertThat(result.out(), is(""));
  }

  @Test
  void statementThatWritesAFileLeavesItAsItIs() throws IOException {
    Path landed = Files.writeString(directory.resolve("a.csv"), "sale_id\n1\n");
    assertThat(sql("copy (select 1) to '%s'".formatted(landed)).exitCode(), is(2));
    assertThat(sql("select 1; export database '%s'".formatted(directory)).exitCode(), is(2));
    assertThat(Files.readString(landed), is("sale_id\n1\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from read_csv('{file}')",
        "select * from read_text('{file}')",
        "select * from read_blob('{file}')",
        "select * from read_json('{file}')",
        "select * from sniff_csv('{file}')",
        "select * from glob('{folder}/*')",
        "from '{file}'",
        "explain analyze select * from read_text('{file}')"
      })
  void queryReadsNoFileBesideTheWarehouse(String statement) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret.csv"), "word\nswordfish\n");
    Result result =
        sql(
            statement
                .replace("{file}", secret.toString())
                .replace("{folder}", directory.toString()));
    assertThat(result.exitCode(), is(2));
    assertThat(
        result.err(),
        containsString("A query reads the tables and views of the warehouse, and no files"));
    assertThat(result.out(), is(""));
  }

  @Test
  void warehouseThatIsNotThereIsTheCallersToMend() {
    Result result =
        run(
            new SqlCommand(),
            "select 1",
            "--warehouse",
            "duckdb:" + directory.resolve("absent.duckdb"));
    assertThat(result.exitCode(), is(2));
    assertThat(result.err(), containsString("absent.duckdb: there is no warehouse"));
    assertThat(
        run(new SqlCommand(), "select 1", "--warehouse", "oracle:x").err(),
        startsWith("error: --warehouse: "));
    assertThat(sql("select 1", "--format", "xml").exitCode(), is(2));
  }

  @Test
  void migrateMakesTheWarehouseOnce() {
    Path fresh = directory.resolve("fresh.duckdb");
    assertThat(
        run(new MigrateCommand(), "--warehouse", "duckdb:" + fresh),
        is(
            new Result(
                0,
                "applied 1 core tables\napplied 2 live kpis\napplied 3 market history\napplied 4 pipe tables\napplied 5 trends\napplied 6 live market\napplied 7 equal moments\napplied 8 withdrawn registrations\napplied 9 live runs\napplied 10 skipped rows\napplied 11 forecasts\napplied 12 vehicle history\napplied 13 forecast parts\napplied 14 sales targets\napplied 15 run inputs\nduckdb:"
                    + fresh
                    + " is at version 15\n",
                "")));
    assertThat(
        run(new MigrateCommand(), "--warehouse", "duckdb:" + fresh).out(),
        is("duckdb:" + fresh + " is at version 15\n"));
    assertThat(Files.exists(fresh), is(true));
  }

  @Test
  void historyListsRunsNewestFirst() throws SQLException {
    history();
    assertThat(
        run(new RunsCommand(), "--warehouse", "duckdb:" + file).out(),
        is(
            """
            run_id  job            status     interval_from  interval_to  started_at           seconds  read  rejected  published  message
            ──────  ─────────────  ─────────  ─────────────  ───────────  ───────────────────  ───────  ────  ────────  ─────────  ───────
            r2      daily-refresh  FAILED                                 2024-06-02 03:00:00    1.500                             broken
            r1      daily-refresh  PUBLISHED  2024-05-01     2024-06-01   2024-06-01 03:00:00   12.345    15         2          9
            """));
    assertThat(
        run(new RunsCommand(), "--limit", "1", "--format", "csv", "--warehouse", "duckdb:" + file)
            .out(),
        is(
            """
            run_id,job,status,interval_from,interval_to,started_at,seconds,read,rejected,published,message
            r2,daily-refresh,FAILED,,,2024-06-02 03:00:00,1.500,,,,broken
            """
                .replace("\n", "\r\n")));
  }

  @Test
  void oneRunShowsItsFeedsAuditsAndRejects() throws SQLException {
    history();
    assertThat(
        run(new RunsCommand(), "r1", "--warehouse", "duckdb:" + file).out(),
        is(
            """
            Run
            run_id  job            status     interval_from  interval_to  started_at           seconds  host  process_id  version  runner  message
            ──────  ─────────────  ─────────  ─────────────  ───────────  ───────────────────  ───────  ────  ──────────  ───────  ──────  ───────
            r1      daily-refresh  PUBLISHED  2024-05-01     2024-06-01   2024-06-01 03:00:00   12.345  h             42  0.1.0    direct

            Feeds
            feed     read  accepted  rejected  duplicate  conflicting  skipped  superseded  out_of_range  published
            ───────  ────  ────────  ────────  ─────────  ───────────  ───────  ──────────  ────────────  ─────────
            dealers     2         2         0          0            0        0           0             0          2
            sales      13         8         2          0            3        0           1             0          7

            Audits
            audit           result  detail
            ──────────────  ──────  ────────────────────────
            rejected-share  FAILED  too many | look at: this
            counts-balance  passed  each has one fate

            Rejected records by code
            feed   code      records  first_origin  example
            ─────  ────────  ───────  ────────────  ──────────
            sales  BAD_DATE        2  a.csv:3       not a date
            """));
  }

  @Test
  void oneRunAsJsonIsAListOfFacts() throws SQLException, IOException {
    history();
    Result result =
        run(new RunsCommand(), "r1", "--format", "json", "--warehouse", "duckdb:" + file);
    JsonNode facts = new ObjectMapper().readTree(result.out());
    assertThat(facts.size(), is(12 + 14 + 2 + 1));
    assertThat(
        result.out(),
        containsString(
            "{\"section\":\"rejected\",\"item\":\"sales\",\"field\":\"BAD_DATE\",\"value\":\"2\"}"));
    assertThat(
        result.out(),
        containsString(
            "{\"section\":\"feed\",\"item\":\"sales\",\"field\":\"published\",\"value\":\"7\"}"));
  }

  @Test
  void unknownRunIsTheCallersToMend() {
    Result result = run(new RunsCommand(), "r9", "--warehouse", "duckdb:" + file);
    assertThat(result.exitCode(), is(2));
    assertThat(
        result.err(),
        is("error: run r9: the warehouse knows no such run. List them with: autopulse runs\n"));
    assertThat(
        run(new RunsCommand(), "--limit", "0", "--warehouse", "duckdb:" + file).exitCode(), is(2));
  }

  private void trends() throws SQLException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      connection
          .createStatement()
          .execute(
              """
              insert into trend_features (week_start, dimension, member, units, run_id)
              select
                  date '2024-01-01' + cast(7 * w.w as integer),
                  dimension.d,
                  member.m,
                  case member.m
                      when 'UP' then case when w.w < 16 then 100 else 150 end
                      when 'DOWN' then case when w.w < 16 then 60 else 57 end
                      else 40
                  end,
                  'r'
              from range(20) as w (w)
              cross join (values ('model'), ('region')) as dimension (d)
              cross join (values ('UP'), ('DOWN'), ('SAME')) as member (m)
              """);
    }
  }

  @Test
  void trendsShowRisersAndFallersWithTheirShareAndWhetherTheyAreNoise() throws SQLException {
    trends();
    // Shares: 600 of 988 against 400 of 800, 228 of 988 against 240 of 800.
    assertThat(
        run(new TrendsCommand(), "--by", "model", "--warehouse", "duckdb:" + file),
        is(
            new Result(
                0,
                """
                Risers and fallers: the 4 weeks to 2024-05-19 against the 4 before, each week as known at its end

                             units  before  change            share    change  larger than noise
                ─────  ────  ─────  ──────  ──────  ───────  ──────  ────────  ─────────────────
                model  UP      600     400    +200  +50.0 %  60.7 %  +10.7 pp  yes
                       DOWN    228     240     -12   -5.0 %  23.1 %   -6.9 pp  no

                Larger than noise: unlikely from the member's own ups and downs from week to week (false alarms at most 5 %).
                """,
                "")));
  }

  @Test
  void trendsAreForProgramsToo() throws SQLException, IOException {
    trends();
    Result result =
        run(
            new TrendsCommand(),
            "--by",
            "region,model",
            "--top",
            "1",
            "--format",
            "json",
            "--warehouse",
            "duckdb:" + file);
    JsonNode rows = new ObjectMapper().readTree(result.out());
    assertThat(rows.size(), is(4));
    assertThat(rows.get(0).get("dimension").asText(), is("model"));
    assertThat(rows.get(0).get("units_change").asInt(), is(200));
    assertThat(rows.get(0).get("larger_than_noise").asBoolean(), is(true));
    assertThat(rows.get(3).get("member").asText(), is("DOWN"));
  }

  @Test
  void trendsThatCannotBeToldSayWhy() throws SQLException {
    assertThat(
        run(new TrendsCommand(), "--warehouse", "duckdb:" + file).out(),
        is(
            "There are no trend features yet. Make them with: autopulse run pipelines/trend-features.yaml\n"));
    trends();
    assertThat(
        run(new TrendsCommand(), "--weeks", "13", "--by", "model", "--warehouse", "duckdb:" + file)
            .out(),
        is("There are 20 closed weeks; 13 against 13 need 26.\n"));
    assertThat(
        run(new TrendsCommand(), "--by", "modle", "--warehouse", "duckdb:" + file),
        is(
            new Result(
                2,
                "",
                "error: --by: the trends know no dimension \"modle\". Did you mean \"model\"?\n")));
    assertThat(
        run(new TrendsCommand(), "--weeks", "5", "--warehouse", "duckdb:" + file).exitCode(),
        is(2));
    assertThat(
        run(new TrendsCommand(), "--top", "0", "--warehouse", "duckdb:" + file).exitCode(), is(2));
  }

  @Test
  void trendsWithoutByShowTheDimensionsThatAreThere() throws SQLException {
    trends();
    execute("delete from trend_features where dimension <> 'model'");

    Result result = run(new TrendsCommand(), "--warehouse", "duckdb:" + file);
    assertThat(result.err(), is(""));
    assertThat(result.exitCode(), is(0));
    assertThat(result.out(), containsString("\nmodel "));
  }

  @Test
  void trendsOfOldDataSayWhyNothingIsShown() throws SQLException {
    trends();
    execute("update trend_features set units = 0 where week_start > '2024-02-01'");
    String last =
        LocalDate.parse(
                sql("select max(week_start) from trend_features", "--format", "csv")
                    .out()
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow())
            .plusDays(6)
            .toString();
    String sold =
        sql("select max(week_start) from trend_features where units > 0", "--format", "csv")
            .out()
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow();
    assertThat(
        run(new TrendsCommand(), "--warehouse", "duckdb:" + file).out(),
        is(
            "The units of no member changed: the 4 weeks to "
                + last
                + " against the 4 before. The last week with a sale is the one from "
                + sold
                + ": newer sales are not in the warehouse.\n"));
  }

  private void execute(String statement) throws SQLException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      connection.createStatement().execute(statement);
    }
  }

  private void history() throws SQLException {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(file, DuckDbSettings.RUN);
        Connection connection = warehouse.connect()) {
      connection
          .createStatement()
          .execute(
              """
              insert into load_runs (run_id, job, status, interval_from, interval_to, started_at, ended_at, seconds, host, process_id, autopulse_version, runner, message) values
                ('r1', 'daily-refresh', 'PUBLISHED', '2024-05-01', '2024-06-01', '2024-06-01 03:00:00', '2024-06-01 03:00:12.345', 12.345, 'h', 42, '0.1.0', 'direct', null),
                ('r2', 'daily-refresh', 'FAILED', null, null, '2024-06-02 03:00:00', '2024-06-02 03:00:01.500', 1.5, 'h', 43, '0.1.0', 'direct', 'broken');
              insert into load_run_feeds values ('r1', 'sales', 13, 8, 2, 0, 1, 0, 7, 3, 0), ('r1', 'dealers', 2, 2, 0, 0, 0, 0, 2, 0, 0);
              insert into load_run_audits values ('r1', 'counts-balance', true, 'each has one fate'), ('r1', 'rejected-share', false, 'too many
              look at: this');
              insert into rejected_records values
                ('r1', 'sales', 'a.csv:3', 'BAD_DATE', 'parse', 'sold_at', 'not a date', 'x', 'csv', null),
                ('r1', 'sales', 'a.csv:5', 'BAD_DATE', 'parse', 'sold_at', 'not a date', 'y', 'csv', null),
                ('r0', 'sales', 'a.csv:6', 'BAD_DATE', 'parse', 'sold_at', 'not a date', 'z', 'csv', null);
              """);
    }
  }

  private Result sql(String statement, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = statement;
    arguments[1] = "--warehouse";
    arguments[2] = "duckdb:" + file;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return run(new SqlCommand(), arguments);
  }

  private static Result run(Callable<Integer> command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Failures failures = new Failures(() -> false);
    int exitCode =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(failures)
            .setParameterExceptionHandler(failures)
            .setInterpolateVariables(false)
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private record Result(int exitCode, String out, String err) {}
}
