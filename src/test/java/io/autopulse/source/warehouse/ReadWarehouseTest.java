package io.autopulse.source.warehouse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Sum;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadWarehouseTest {
  private static final String NOBODY_PUBLISHES = "select 7";

  @TempDir Path folder;

  private Connection connection;
  private Statement statement;
  private String file;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    statement = connection.createStatement();
    file = folder.resolve("read back/rows.jsonl").toString();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void take(String publications, String sql) throws Exception {
    WarehouseSnapshot.take(
        connection, publications, List.of(new WarehouseSnapshot.Query(file, sql)));
  }

  private static Pipeline pipeline() {
    return Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=2").create());
  }

  @Test
  void rowBecomesAValue() throws Exception {
    statement.execute(
        """
        create table kpis as
        select 'Région "Nord"\nOuest' as Member, 9223372036854775807 as units, 0.10::decimal(18, 2) as revenue,
            date '2024-02-29' as day, timestamp '2024-03-31 02:30:00.000001' as at, true as is_final,
            null::varchar as segment, '' as source
        """);
    take(NOBODY_PUBLISHES, "select * from kpis -- the rows");

    Pipeline pipeline = pipeline();
    PAssert.that(
            pipeline.apply(
                "Read KPIs",
                ReadWarehouse.of(file, ReadWarehouseTest::values, StringUtf8Coder.of())))
        .containsInAnyOrder(
            "Région \"Nord\"\nOuest|9223372036854775807|0.10|2024-02-29|2024-03-31T02:30:00.000001|true|true|false||");
    pipeline.run().waitUntilFinish();
  }

  private static String values(WarehouseRow row) {
    String member = row.text("member");
    long units = row.whole("units");
    BigDecimal revenue = row.number("revenue");
    LocalDate day = row.date("day");
    LocalDateTime at = row.time("at");
    return "%s|%d|%s|%s|%s|%s|%s|%s|%s|"
        .formatted(
            member,
            units,
            revenue,
            day,
            at,
            row.flag("is_final"),
            row.isNull("segment"),
            row.isNull("source"),
            row.text("source"));
  }

  @Test
  void largeResultIsReadWholeInRanges() throws Exception {
    // 11 MB: two ranges.
    take(NOBODY_PUBLISHES, "select i as units, repeat('x', 120) as note from range(70000) r(i)");
    assertThat(Files.size(Path.of(file)) > (1L << 23), is(true));

    Pipeline pipeline = pipeline();
    PAssert.thatSingleton(
            pipeline
                .apply(ReadWarehouse.of(file, row -> row.whole("units"), VarLongCoder.of()))
                .apply(Combine.globally(Sum.ofLongs())))
        .isEqualTo(2_449_965_000L);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void emptyResultIsNoRows() throws Exception {
    take(NOBODY_PUBLISHES, "select 1 as units where false");

    Pipeline pipeline = pipeline();
    PAssert.that(
            pipeline.apply(ReadWarehouse.of(file, row -> row.whole("units"), VarLongCoder.of())))
        .empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void rowThatCannotBeReadIsNamed() throws Exception {
    take(NOBODY_PUBLISHES, "select unnest(['1', 'two']) as units");
    Pipeline pipeline = pipeline();
    pipeline.apply(ReadWarehouse.of(file, row -> row.whole("units"), VarLongCoder.of()));

    Exception failure = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());
    assertThat(
        failure.getMessage(),
        containsString("row 2 of " + file + ": column units is \"two\", not a whole number"));
  }

  @Test
  void nullAndUnknownColumnAreToldApart() {
    WarehouseRow row = new WarehouseRow(java.util.Collections.singletonMap("make", null));
    assertThat(row.isNull("make"), is(true));
    assertThat(
        assertThrows(IllegalStateException.class, () -> row.text("make")).getMessage(),
        is("column make is null, not a text"));
    assertThat(
        assertThrows(IllegalStateException.class, () -> row.isNull("MAKE")).getMessage(),
        is("there is no column MAKE among [make]"));
    assertThat(
        assertThrows(
                IllegalStateException.class, () -> new WarehouseRow(Map.of("f", "TRUE")).flag("f"))
            .getMessage(),
        is("column f is \"TRUE\", not true or false"));
  }

  @Test
  void publicationMeanwhileStartsTheQueriesAnew() throws Exception {
    statement.execute("create sequence publications; create sequence queries");
    take("select least(nextval('publications'), 2)", "select nextval('queries') as n");

    assertThat(Files.readString(Path.of(file)).strip(), is("{\"n\":\"2\"}"));
  }

  @Test
  void whoeverIsAlwaysInterruptedIsTold() throws Exception {
    statement.execute("create sequence publications");
    assertThat(
        assertThrows(
                InputException.class,
                () -> take("select nextval('publications')", "select 1 as one"))
            .getMessage(),
        is(
            "other runs published while the warehouse was read back, 5 times. Run it again when they have ended"));
    assertThat(connection.getAutoCommit(), is(true));
  }

  @Test
  void allQueriesSeeTheSameMomentOfADatabaseFile() throws Exception {
    String database = "jdbc:duckdb:" + folder.resolve("w.duckdb");
    try (Connection writer = DriverManager.getConnection(database);
        Connection reader = writer.unwrap(org.duckdb.DuckDBConnection.class).duplicate();
        Statement write = writer.createStatement()) {
      write.execute("create table units as select 1 as n");
      String first = folder.resolve("first.jsonl").toString();
      String second = folder.resolve("second.jsonl").toString();
      WarehouseSnapshot.take(
          interrupted(reader, () -> write.execute("insert into units values (10)")),
          NOBODY_PUBLISHES,
          List.of(
              new WarehouseSnapshot.Query(first, "select sum(n) as n from units"),
              new WarehouseSnapshot.Query(second, "select sum(n) as n from units")));
      assertThat(
          Files.readString(Path.of(second)).strip(), is(Files.readString(Path.of(first)).strip()));
      assertThat(Files.readString(Path.of(second)).strip(), is("{\"n\":\"1\"}"));
      try (ResultSet now = write.executeQuery("select sum(n) from units")) {
        now.next();
        assertThat(now.getInt(1) > 10, is(true));
      }
    }
  }

  /** Something that happens between two statements. */
  @FunctionalInterface
  private interface Interruption {
    void happen() throws SQLException;
  }

  /** Returns the connection; before each statement after the second something happens. */
  private static Connection interrupted(Connection connection, Interruption interruption) {
    int[] statements = new int[1];
    return (Connection)
        java.lang.reflect.Proxy.newProxyInstance(
            ReadWarehouseTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createStatement") && ++statements[0] > 2) {
                interruption.happen();
              }
              return method.invoke(connection, arguments);
            });
  }

  @Test
  void onlyAQueryCanBeRun() throws Exception {
    statement.execute("create table kept as select 1 as n");
    for (String sql :
        List.of("delete from kept returning n", "drop table kept", "insert into kept values (2)")) {
      assertThrows(SQLException.class, () -> take(NOBODY_PUBLISHES, sql), sql);
    }
    take(NOBODY_PUBLISHES, "select n from kept");
    assertThat(Files.readString(Path.of(file)).strip(), is("{\"n\":\"1\"}"));
  }
}
