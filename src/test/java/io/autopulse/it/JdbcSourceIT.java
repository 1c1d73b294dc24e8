package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.Landing;
import io.autopulse.testing.PublishedTables;
import io.autopulse.testing.Refresh;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
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
