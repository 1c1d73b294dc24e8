package io.autopulse.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.MigratedFile;
import io.autopulse.testing.PublishedTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three years of weeks whose units follow the price by an elasticity of -2, and nothing else. */
class WhatIfCommandTest {
  private static final int WEEKS = 156;
  private static final LocalDate FIRST = LocalDate.of(2022, 1, 10);
  private static final double[] PRICES = {1, 1.15, 0.9, 1.1, 0.85, 1.05, 0.95};

  @TempDir private Path folder;
  private Path warehouse;

  @BeforeEach
  void migrate() throws Exception {
    warehouse = MigratedFile.at(folder.resolve("a.duckdb"));
  }

  private Connection open() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + warehouse);
    execute(connection, "set search_path = 'AUTOPULSE_CORE'");
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void fill() throws SQLException {
    StringBuilder weeks = new StringBuilder();
    Random random = new Random(5);
    for (int i = 0; i < WEEKS; i++) {
      double price = PRICES[(i + 6) / 26];
      weeks.append(
          "%s(date '%s', %d, %s, %s)"
              .formatted(
                  i == 0 ? "" : ", ",
                  FIRST.plusWeeks(i),
                  Math.round(200 / (price * price)),
                  price,
                  1.5 + random.nextInt(100) / 200.0));
    }
    try (Connection connection = open()) {
      execute(
          connection,
          "create temp table w as select * from (values "
              + weeks
              + ") as t (week, units, price, fuel)");
      execute(
          connection,
          "insert into sale_versions select 'S' || week || '-' || n, week + interval 12 hour, 0, 'SOLD', week + interval 10 hour, week, 'M', 'RENAULT', 'CLIO', 'CITY', 'BEV', 'D1', 'NORTH', null, 100, 'EUR', null, null, 'r' from (select week, unnest(range(units)) as n from w)");
      execute(
          connection,
          "insert into trend_features (week_start, dimension, member, units, price_index, fuel_price, run_id) select week, d, m, units, price, fuel, 'r' from w cross join (values ('total', 'ALL'), ('powertrain', 'BEV')) as t (d, m)");
    }
  }

  private Result ask(String... more) {
    String[] call = new String[6 + more.length];
    System.arraycopy(
        new String[] {
          "forecast", "--warehouse", "duckdb:" + warehouse, "--as-of", "2025-01-05", "--horizon=13"
        },
        0,
        call,
        0,
        6);
    System.arraycopy(more, 0, call, 6, more.length);
    return InProcessCli.run(call);
  }

  private void refused(String message, String... more) {
    Result result = ask(more);
    assertThat(result.err(), containsString(message));
    assertThat(result.exitCode(), is(2));
  }

  @Test
  void answerIsTheElasticityAndLeavesTheLedgerAsItIs() throws Exception {
    fill();
    // 0.95 to the power of -2 is 1.108.
    Result result = ask("--what-if", "price=-5%,fuel=+10%,attention=+1%");
    assertThat(result.err(), result.exitCode(), is(0));
    assertThat(
        result.out(),
        allOf(
            containsString(
                "What if price=-5%,fuel=+10%,attention=+1%: units of the 13 weeks from 2025-01-06, as known on 2025-01-05"),
            matchesRegex("(?s).*total +[\\d,]+ +[\\d,]+ +\\+10\\.[789] % .*"),
            matchesRegex("(?s).*powertrain BEV +[\\d,]+ +[\\d,]+ +\\+10\\.[789] % .*"),
            containsString("fuel: no effect, it does not win out of sample"),
            containsString("attention: no effect, no values"),
            matchesRegex("(?s).*total +price +6 +[\\d.]+ % +[\\d.]+ % +wins.*"),
            not(containsString("extrapolation"))));
    try (Connection connection = open()) {
      assertThat(
          PublishedTables.rows(
              connection,
              "select (select count(*) from forecasts) + (select count(*) from load_runs)"),
          is(List.of("0")));
    }
  }

  @Test
  void changeOutsideTheRangeSeenIsMarked() throws Exception {
    fill();
    Result result = ask("--what-if", "price=-30%", "--dimension", "powertrain");
    assertThat(
        result.out(),
        allOf(
            containsString("price outside the range seen: extrapolation"),
            not(containsString("total"))));
  }

  @Test
  void questionThatCannotBeAnsweredIsRefused() {
    refused("\"prise\" is not among the regressors", "--what-if", "prise=-5%");
    refused("\"5\" of price is no percentage", "--what-if", "price=5");
    refused("is for --what-if", "--dimension", "model");
    refused("\"powertrian\" is not among", "--what-if", "price=1%", "--dimension", "powertrian");
    refused("the warehouse has no trend features", "--what-if", "price=1%");
    refused("is for weeks", "--what-if", "price=1%", "--set", "forecast.grain=month");
  }
}
