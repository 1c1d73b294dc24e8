package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasToString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.pipeline.feed.SourceCheck;
import io.autopulse.pipeline.manifest.ManifestReader;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A CRM's own PostgreSQL, read in ranges, gives what the same rows give from a CSV file. */
class JdbcSourceIT {
  private static final String COLUMNS =
      "sale_id, updated_at, sequence, status, sold_at, model_id, dealer_id, region, list_price, net_price, currency";

  @TempDir Path folder;

  @Test
  void tablesOfPostgresGiveTheSameTablesAsTheSameRowsInCsv() throws Exception {
    Path landing = Landing.generate(folder.resolve("landing"), 1_000, 0).getParent();
    // The driver's own connections need no password: the job's user does.
    Path access =
        Files.writeString(
            folder.resolve("pg_hba.conf"),
            """
            host all crm_reader 127.0.0.1/32 scram-sha-256
            host all all 127.0.0.1/32 trust
            host all all ::1/128 trust
            local all all trust
            """);
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("hba_file", access.toString()).start()) {
      fill(postgres, landing);
      Path fromCsv = folder.resolve("csv.duckdb");
      Refresh.of(manifest("csv.yaml", landing, csv("sales"), csv("dealers")), fromCsv).run();

      Path jdbc =
          manifest(
              "jdbc.yaml",
              landing,
              source(postgres, "table: crm.sales, partition_column: id, partitions: 4"),
              source(postgres, "query: \"select dealer_id, region from crm.dealers\""));
      AutopulseJar jar = AutopulseJar.in(folder);
      String[] run = {
        "run", jdbc.toString(), "--runner-config", "direct", "--warehouse", "duckdb:jdbc.duckdb"
      };
      jar.with(Map.of("CRM_PASSWORD", "s3cret: 'quoted'")).succeed(run);

      Path fromPostgres = folder.resolve("jdbc.duckdb");
      assertThat(PublishedTables.of(fromPostgres), is(PublishedTables.of(fromCsv)));
      assertThat(
          PublishedTables.query(
              fromPostgres,
              "select count(*), count(distinct dealer_id) > 10, min(dealer_id), count(*) filter (region = 'UNKNOWN') > 0 from sales where dealer_id <> 'UNKNOWN'"),
          is(
              PublishedTables.query(
                  fromCsv,
                  "select count(*), true, '01000', true from sales where dealer_id <> 'UNKNOWN'")));
      assertThat(jar.with(Map.of("CRM_PASSWORD", "")).run(run).exitCode() == 0, is(false));
      assertThat(jar.run(run).mustExit(2).err(), containsString("CRM_PASSWORD"));
    }
  }

  @Test
  void everyValueOfPostgresIsAValueOrARejectedRow() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      execute(
          postgres,
          """
          create type status as enum ('SOLD', 'CANCELLED', 'RETURNED');
          set timezone = 'Europe/Berlin';
          create table sales (
              id integer, sale_id char(8), updated_at timestamptz, sold_at timestamp, status status, make char(20),
              dealer_id char(8), net_price numeric(12, 4), list_price money, weight float8, valid_to timestamptz,
              valid_until date, tags text[], extra jsonb, checked bool);
          insert into sales (id, sale_id, updated_at, sold_at, status, make, dealer_id, net_price) values
          (1, 'CHAR', '2024-11-20 10:00+01', '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 20000),
          (2, 'FOURDEC', '2024-11-20 10:00+01', '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 20000.5000),
          (3, 'NOCENT', '2024-11-20 10:00+01', '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 20000.5050),
          (4, 'INF', 'infinity', '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 20000),
          (5, 'NINF', '2024-11-20 10:00+01', '-infinity', 'SOLD', 'VW', 'D1', 20000),
          (6, 'NOTNUM', '2024-11-20 10:00+01', '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 'NaN'),
          (7, 'NULLUPD', null, '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 20000),
          (8, 'Y0001', '2024-11-20 10:00+01', '0001-01-01 00:00', 'SOLD', 'VW', 'D1', 20000),
          (null, 'DSTFALL', '2024-10-27 03:30+01', '2024-10-27 02:30', 'SOLD', 'VW', 'D1', 20000),
          (10, 'NOSTATUS', '2024-11-20 10:00+01', '2024-11-20 09:00', null, 'VW', 'D1', 20000);
          insert into sales values
          (11, 'MONEY', '2024-11-20 10:00+01', '2024-11-20 09:00', 'SOLD', 'VW', 'D1', 20000, 21000.50, 'NaN', 'infinity',
           'infinity', '{a,b}', '{"a": 1}', true);
          """);
      String out = "";
      for (String ranges : List.of("", ", partition_column: id, partitions: 3")) {
        Path warehouse = folder.resolve("values" + ranges.length() + ".duckdb");
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
          Refresh.of(values(postgres, "table: sales" + ranges), warehouse).run();
        } finally {
          System.setOut(console);
        }
        out += printed.toString(StandardCharsets.UTF_8);
        assertThat(
            PublishedTables.query(
                warehouse,
                "select sale_id, make, dealer_id, net_price, sold_at from sales order by sale_id"),
            is(
                List.of(
                    "CHAR|VW|D1|20000.00|2024-11-20 08:00:00.0",
                    "DSTFALL|VW|D1|20000.00|2024-10-27 00:30:00.0",
                    "FOURDEC|VW|D1|20000.50|2024-11-20 08:00:00.0",
                    "NULLUPD|VW|D1|20000.00|2024-11-20 08:00:00.0")));
        assertThat(
            PublishedTables.query(
                warehouse,
                "select raw::json->>'sale_id', code, field from rejected_records order by raw::json->>'sale_id'"),
            is(
                List.of(
                    "INF     |BAD_DATE|updated_at",
                    "MONEY   |BAD_NUMBER|list_price",
                    "NINF    |BAD_DATE|sold_at",
                    "NOCENT  |BAD_NUMBER|net_price",
                    "NOSTATUS|MISSING_FIELD|status",
                    "NOTNUM  |MISSING_FIELD|net_price",
                    "Y0001   |MISSING_FIELD|sold_at")));
        assertThat(
            PublishedTables.query(
                warehouse,
                "select count(distinct origin), min(origin) like 'sales%:%' from rejected_records"),
            is(List.of("7|true")));
      }
      assertThat(out, is(""));
    }
  }

  @Test
  void sourceThatTheDatabaseRefusesIsExplained() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      execute(
          postgres,
          """
          create table sales (sale_id text, sold_at timestamp, status text, net_price text);
          create table secret (sale_id text);
          insert into sales values ('1', '2024-11-20 09:00', 'SOLD', 'x');
          create role reader login;
          grant select on sales to reader;
          """);
      assertThat(
          refusal(postgres, "table: nosuch"),
          is(
              "m.yaml:8: feeds.sales.from.table: the database has no table \"nosuch\". Check the name, and write its schema before it, as in crm.sales"));
      assertThat(
          refusal(postgres, "query: \"select * from nosuch\""),
          is(
              "m.yaml:8: feeds.sales.from.query: the database refuses it: relation \"nosuch\" does not exist Position: 30. Correct the query"));
      assertThat(
          refusal(postgres, "table: sales, cursor_column: changed"),
          startsWith(
              "m.yaml:8: feeds.sales.from.cursor_column: the database refuses it: column \"changed\" does not exist"));
      assertThat(
          refusal(postgres, "table: sales, partition_column: id, partitions: 2"),
          startsWith(
              "m.yaml:8: feeds.sales.from.partition_column: the database refuses it: column"));
      assertThat(
          refusal(postgres, "table: secret, user: reader"),
          startsWith(
              "m.yaml:8: feeds.sales.from.table: the user may not read it: permission denied"));
      assertThat(
          refusal(postgres, "table: sales, user: nobody"),
          startsWith(
              "m.yaml:8: feeds.sales.from.user: the database does not let the user in: role \"nobody\""));
      Path elsewhere = values(postgres, "table: sales");
      Files.writeString(elsewhere, Files.readString(elsewhere).replace("/postgres", "/nosuch"));
      assertThat(
          refusal(elsewhere),
          startsWith(
              "m.yaml:7: feeds.sales.from.url: there is no such database: database \"nosuch\" does not exist"));
      assertThat(
          assertThrows(
              RuntimeException.class,
              () ->
                  Refresh.of(
                          values(
                              postgres,
                              "query: \"select sale_id, sold_at, status, net_price::numeric as net_price from sales\""),
                          folder.resolve("cast.duckdb"))
                      .run()),
          hasToString(
              containsString(
                  "feeds.sales.from.query: the database cannot compute a row: invalid input syntax for type numeric: \"x\"")));
    }
  }

  private String refusal(EmbeddedPostgres postgres, String what) throws IOException {
    return refusal(values(postgres, what));
  }

  private static String refusal(Path manifest) {
    String message =
        assertThrows(
                InputException.class,
                () -> SourceCheck.check(new ManifestReader(Map.of()).read(manifest, List.of())))
            .getMessage();
    return message.substring(message.indexOf("m.yaml"));
  }

  private Path values(EmbeddedPostgres postgres, String what) throws IOException {
    return Files.writeString(
        folder.resolve("m.yaml"),
        """
        job: erp
        timezone: Europe/Berlin
        lookback: all
        audits: {max_rejected: 1.0}
        feeds:
          sales:
            from: {type: jdbc, url: "jdbc:postgresql://127.0.0.1:%d/postgres",
              %s%s}
        """
            .formatted(postgres.getPort(), what, what.contains("user:") ? "" : ", user: postgres"));
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void fill(EmbeddedPostgres postgres, Path landing) throws SQLException, IOException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create schema crm;
          create role crm_reader login password 's3cret: ''quoted''';
          create table crm.sales (
              id serial primary key, sale_id varchar(40) not null, updated_at timestamptz, sequence integer,
              status text, sold_at timestamp, model_id char(6), dealer_id varchar(10), region text,
              list_price numeric(18, 2), net_price numeric(18, 2), currency char(3), customer_name text);
          create table crm.dealers (dealer_id varchar(10) primary key, region text);
          """);
      List<String> models =
          Files.readAllLines(landing.resolve("vehicles/vehicles.csv")).stream()
              .skip(1)
              .map(line -> line.split(",")[0])
              .toList();
      statement.execute(
          "insert into crm.dealers select lpad((1000 + i)::text, 5, '0'), case when i % 7 <> 3 then 'Région ' || i % 5 end from generate_series(0, 24) i");
      Random random = new Random(11);
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 3_000; i++) {
        rows.append(rows.isEmpty() ? "" : ",\n");
        rows.append(
            "('S%d', timestamptz '2024-03-01 08:00:00.123456+05:30' + interval '%d minutes', %d, '%s', timestamp '2024-01-01 22:30:00' + interval '%d hours', '%s', %s, %s, %s, %d.%02d, 'EUR', 'Ann O''Neil')"
                .formatted(
                    random.nextInt(2_500),
                    random.nextInt(200_000),
                    i,
                    List.of("SOLD", "SOLD", "SOLD", "CANCELLED", "RETURNED").get(random.nextInt(5)),
                    random.nextInt(8_000),
                    models.get(random.nextInt(models.size())),
                    i % 9 == 5 ? "null" : "'0" + (1000 + random.nextInt(25)) + "'",
                    i % 4 == 0 ? "'Nord \"Ouest\", " + i % 3 + "'" : "null",
                    i % 3 == 0 ? "null" : "45000.5",
                    10_000 + random.nextInt(30_000),
                    random.nextInt(100)));
      }
      statement.execute(
          "insert into crm.sales (%s, customer_name) values %s".formatted(COLUMNS, rows));
      statement.execute(
          "grant usage on schema crm to crm_reader; grant select on all tables in schema crm to crm_reader");
      copy(connection, "select id, " + COLUMNS + " from crm.sales", "sales");
      copy(connection, "select dealer_id, region from crm.dealers", "dealers");
    }
  }

  private void copy(Connection connection, String query, String name)
      throws SQLException, IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".csv"))) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("copy (" + query + ") to stdout (format csv, header)", out);
    }
  }

  private String csv(String name) {
    return "type: csv, path: \"" + folder.resolve(name + ".csv") + "\"";
  }

  private static String source(EmbeddedPostgres postgres, String what) {
    return "type: jdbc, url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: crm_reader, password_env: CRM_PASSWORD, %s"
        .formatted(postgres.getPort(), what);
  }

  /**
   * Writes a manifest; a timestamp without a zone is UTC here, business dates are those of Paris.
   */
  private Path manifest(String name, Path landing, String sales, String dealers)
      throws IOException {
    return Files.writeString(
        folder.resolve(name),
        """
        job: crm-refresh
        timezone: Europe/Paris
        lookback: all
        feeds:
          sales:
            from: {%s}
            formats: {timezone: UTC}
          dealers:
            from: {%s}
          vehicles:
            from: {type: csv, path: "%s/vehicles/*.csv"}
        """
            .formatted(sales, dealers, landing));
  }
}
