package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.LoopbackWatch;
import io.autopulse.testing.SchemaColumns;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeKeys;
import io.autopulse.testing.snowflake.SnowflakeSession;
import io.autopulse.warehouse.MigrationReport;
import io.autopulse.warehouse.WarehouseUri;
import io.autopulse.warehouse.snowflake.SnowflakeSettings;
import io.autopulse.warehouse.snowflake.SnowflakeWarehouse;
import io.autopulse.warehouse.table.CoreTableTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Our own connection to the emulator: who gets in, into which schema, and what time it is there.
 */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SnowflakeConnectionIT {
  private static final String DATABASE = "SNOWFLAKECONNECTIONIT";

  private SnowflakeEmulator snowflake;

  @BeforeEach
  void makeDatabase(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    snowflake.connect(DATABASE, "RAW").close();
  }

  @Test
  void keyFilesOfEveryFormLogIn() throws Exception {
    SnowflakeKeys keys = snowflake.keys();
    for (Path file : List.of(keys.plain(), keys.pbes1(), keys.pbes2())) {
      Map<String, String> environment = environment("PRIVATE_KEY_FILE", file.toString());
      environment.put("AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", keys.passphrase());
      try (SnowflakeWarehouse warehouse = open(environment)) {
        warehouse.migrate();
        assertThat(rows(warehouse, "select current_schema()"), contains("AUTOPULSE_CORE"));
      }
    }
  }

  @Test
  void keyOfAnotherIsRefusedInWords() throws Exception {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(SnowflakeKeys.keyPair().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    InputException refused = refusal(environment("PRIVATE_KEY", pem));
    assertThat(
        refused.getMessage(),
        containsString(
            "snowflake://EMULATED/SNOWFLAKECONNECTIONIT/AUTOPULSE_CORE: Snowflake does not take this key of user AUTOPULSE. Give the user the key's public half: alter user AUTOPULSE set rsa_public_key"));
  }

  @Test
  void wrongPasswordIsRefusedInWords() {
    InputException refused = refusal(environment("PASSWORD", "guessed"));
    assertThat(
        refused.getMessage(),
        containsString("Snowflake does not take the password of user AUTOPUL"));
  }

  @Test
  void databaseThatIsNotThereIsTheCallersToMend() {
    for (String database : List.of("NONE_SUCH", "SNOWFLAKECONNECTIONIT_EMPTY")) {
      try (SnowflakeWarehouse warehouse = open(database, password())) {
        if (database.endsWith("EMPTY")) {
          snowflake.connect(database, "RAW").close();
        }
        InputException absent = assertThrows(InputException.class, warehouse::connect);
        assertThat(
            absent.getMessage(),
            containsString("there is no schema " + database + ".AUTOPULSE_CORE"));
        assertThat(absent.getMessage(), containsString("autopulse migrate"));
        if (database.equals("NONE_SUCH")) {
          assertThat(
              assertThrows(InputException.class, warehouse::migrate).getMessage(),
              containsString("there is no database NONE_SUCH"));
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void migratingTwiceAppliesEachMigrationOnce() throws SQLException {
    snowflake.connect("SNOWFLAKECONNECTIONIT_TWICE", "RAW").close();
    try (SnowflakeWarehouse warehouse = open("SNOWFLAKECONNECTIONIT_TWICE", password())) {
      assertThat(
          warehouse.pending(),
          contains(
              "1 core tables",
              "2 live kpis",
              "3 market history",
              "4 pipe tables",
              "5 trends",
              "6 live market",
              "7 equal moments",
              "8 withdrawn registrations",
              "9 live runs",
              "10 skipped rows",
              "11 forecasts",
              "12 vehicle history",
              "13 forecast parts",
              "14 sales targets",
              "15 run inputs"));
      assertThat(
          warehouse.migrate(),
          is(
              new MigrationReport(
                  List.of(
                      "1 core tables",
                      "2 live kpis",
                      "3 market history",
                      "4 pipe tables",
                      "5 trends",
                      "6 live market",
                      "7 equal moments",
                      "8 withdrawn registrations",
                      "9 live runs",
                      "10 skipped rows",
                      "11 forecasts",
                      "12 vehicle history",
                      "13 forecast parts",
                      "14 sales targets",
                      "15 run inputs"),
                  "15")));
      assertThat(warehouse.pending(), is(empty()));
      assertThat(warehouse.migrate(), is(new MigrationReport(List.of(), "15")));
      assertThat(rows(warehouse, "select count(*) from sales_kpi_current"), contains("0"));
      try (Connection connection = warehouse.connect()) {
        assertThat(SchemaColumns.of(connection), is(CoreTableTest.catalogue()));
      }
    }
  }

  @Test
  void timesComeBackAsTheyWereSent() throws SQLException {
    // In Paris there is no 02:30 on the first of these days, and two of it on the second.
    List<LocalDateTime> times =
        List.of(
            LocalDateTime.parse("2024-03-31T02:30:00.000001"),
            LocalDateTime.parse("2024-10-27T02:30:00.123456"),
            LocalDateTime.parse("1969-12-31T23:59:59.999999"),
            LocalDateTime.parse("1980-01-01T00:00:00"),
            LocalDateTime.parse("2099-12-31T23:59:59.999999"));
    TimeZone before = TimeZone.getDefault();
    try (SnowflakeWarehouse warehouse = open(DATABASE, password())) {
      warehouse.migrate();
      for (String zone : List.of("Europe/Paris", "America/New_York", "UTC")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try (Connection connection = warehouse.connect()) {
          for (LocalDateTime time : times) {
            assertThat(zone, stored(connection, time), is(time));
          }
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  /** Sends a moment and its day by binding, reads them back in two ways and looks for them. */
  private static LocalDateTime stored(Connection connection, LocalDateTime time)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create or replace temporary table moments (moment timestamp, day date)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into moments values (?, ?), (?, ?)")) {
      insert.setObject(1, time);
      insert.setObject(2, time.toLocalDate());
      insert.setObject(3, null);
      insert.setObject(4, null);
      insert.executeUpdate();
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select moment, day from moments where moment = ? and day = ?")) {
      select.setObject(1, time);
      select.setObject(2, time.toLocalDate());
      try (ResultSet row = select.executeQuery()) {
        assertThat(row.next(), is(true));
        assertThat(row.getObject(1), is(time));
        assertThat(row.getObject("DAY"), is(time.toLocalDate()));
        assertThat(row.getObject(2, LocalDate.class), is(time.toLocalDate()));
        return row.getObject(1, LocalDateTime.class);
      }
    }
  }

  @Test
  void timeOfDayIsNotMovedByTheMachinesZone() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try (SnowflakeWarehouse warehouse = open(DATABASE, password())) {
      warehouse.migrate();
      try (Connection connection = warehouse.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select '23:59:01'::time, null::time")) {
        row.next();
        assertThat(row.getObject(1), is(LocalTime.of(23, 59, 1)));
        assertThat(row.getObject(2) == null, is(true));
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void warehouseForReadingSendsNothingThatWrites() throws SQLException {
    try (SnowflakeWarehouse warehouse = open(DATABASE, password())) {
      warehouse.migrate();
    }
    SnowflakeSettings settings = SnowflakeSettings.of(uri(DATABASE), password());
    try (SnowflakeWarehouse reading = SnowflakeWarehouse.open(settings, true);
        Connection connection = reading.connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(reading, "select count(*) from sales"), contains("0"));
      SQLException refused =
          assertThrows(SQLException.class, () -> statement.execute("delete from sales"));
      assertThat(refused.getMessage(), containsString("read-only"));
      assertThrows(SQLException.class, () -> connection.prepareStatement("delete from sales"));
    }
  }

  @Test
  void sessionTellsNobodyElse() throws Exception {
    try (LoopbackWatch watch = LoopbackWatch.start(snowflake);
        SnowflakeWarehouse warehouse = open(DATABASE, password())) {
      warehouse.migrate();
      rows(warehouse, "select 1");
      watch.assertNobodyElseWasCalled();
    }
  }

  private static List<String> rows(SnowflakeWarehouse warehouse, String sql) throws SQLException {
    try (SnowflakeSession session = new SnowflakeSession(warehouse.connect())) {
      return session.rows(sql);
    }
  }

  private InputException refusal(Map<String, String> environment) {
    try (SnowflakeWarehouse warehouse = open(environment)) {
      return assertThrows(InputException.class, warehouse::connect);
    }
  }

  private SnowflakeWarehouse open(Map<String, String> environment) {
    return open(DATABASE, environment);
  }

  private static SnowflakeWarehouse open(String database, Map<String, String> environment) {
    return SnowflakeWarehouse.open(SnowflakeSettings.of(uri(database), environment), false);
  }

  private static WarehouseUri.Snowflake uri(String database) {
    return new WarehouseUri.Snowflake(
        SnowflakeEmulator.ACCOUNT, database, "AUTOPULSE_CORE", Optional.empty(), Optional.empty());
  }

  private Map<String, String> password() {
    return environment("PASSWORD", SnowflakeEmulator.PASSWORD);
  }

  private Map<String, String> environment(String secret, String value) {
    Map<String, String> environment = snowflake.environment();
    environment.put("AUTOPULSE_SNOWFLAKE_" + secret, value);
    return environment;
  }
}
