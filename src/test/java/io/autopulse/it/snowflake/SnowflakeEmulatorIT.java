package io.autopulse.it.snowflake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import io.autopulse.testing.ChildJvm;
import io.autopulse.testing.LoopbackWatch;
import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeKeys;
import io.autopulse.testing.snowflake.SnowflakeSession;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unmodified driver finds in the emulator what Snowflake documents. */
@ExtendWith(SharedSnowflake.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SnowflakeEmulatorIT {
  private SnowflakeEmulator snowflake;
  private SnowflakeSession session;

  @BeforeEach
  void openSession(SnowflakeEmulator shared) throws SQLException {
    snowflake = shared;
    session = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class);
    session.run(
        "create or replace table cars (id number(38, 0) not null, make varchar, price number(18, 2))",
        "insert into cars values (1, 'Audi', 100.10), (2, 'BMW', 200.20)");
  }

  @AfterEach
  void closeSession() throws SQLException {
    session.close();
  }

  @Test
  void deleteAndInsertRolledBackLeaveTheOldRows() throws SQLException {
    session.connection().setAutoCommit(false);
    assertThat(session.update("delete from cars"), is(2));
    session.run("insert into cars select 3, 'Fiat', 0.5 union all select 4, 'Seat', 1");
    assertThat(session.rows("select id from cars order by id"), contains("3", "4"));
    session.connection().rollback();

    assertThat(session.rows("select id from cars order by id"), contains("1", "2"));
  }

  @Test
  void mergeInATransactionIsUndoneWithIt() throws SQLException {
    session.run("begin");
    int merged =
        session.update(
            "merge into cars using (select 2 as id, 'Skoda' as make union all select 9, null) as news"
                + " on cars.id = news.id"
                + " when matched then update set cars.make = news.make"
                + " when not matched then insert (id, make) values (news.id, coalesce(news.make, '?') || '!')");
    assertThat(merged, is(2));
    assertThat(
        session.rows("select id, make from cars order by id"),
        contains("1|Audi", "2|Skoda", "9|?!"));
    session.run("rollback");

    assertThat(session.rows("select id, make from cars order by id"), contains("1|Audi", "2|BMW"));
  }

  @Test
  void mergeTellsWhatItInsertedUpdatedAndDeleted() throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute(
          "merge into cars using (select column1 as id from values (1), (2), (3)) as news on cars.id = news.id"
              + " when matched and cars.id = 1 then delete"
              + " when matched then update set price = 0"
              + " when not matched then insert (id) values (news.id)");
      assertThat(statement.getUpdateCount(), is(3));
    }
    assertThat(
        session.rows("select id, price from cars order by id"), contains("2|0.00", "3|null"));
  }

  @Test
  void definingStatementCommitsTheTransaction() throws SQLException {
    session.run(
        "begin", "delete from cars where id = 1", "create or replace table others (id int)");
    session.run("rollback");

    assertThat(session.rows("select id from cars"), contains("2"));
  }

  @Test
  void updateWaitsForTheTransactionThatChangedItsTable() throws Exception {
    try (SnowflakeSession other = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class)) {
      session.run("begin", "delete from cars where id = 1");
      CompletableFuture<Integer> waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  other.run("begin");
                  int changed = other.update("update cars set price = 1");
                  other.run("commit");
                  return changed;
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThrows(
          java.util.concurrent.TimeoutException.class, () -> waiting.get(2, TimeUnit.SECONDS));
      session.run("commit");

      assertThat(waiting.get(20, TimeUnit.SECONDS), is(1));
      assertThat(session.rows("select id, price from cars"), contains("2|1.00"));
    }
  }

  @Test
  void closedSessionIsUndone() throws SQLException {
    try (SnowflakeSession other = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class)) {
      other.run("begin", "delete from cars");
    }

    assertThat(session.update("update cars set price = 1"), is(2));
  }

  @ParameterizedTest
  @CsvSource({
    "selec 1, 1003, 42000",
    "select * from nowhere, 2003, 42S02",
    "select nothing from cars, 2043, 02000",
    "insert into cars (id) values (null), 100072, 22000",
    "insert into cars (id) values ('one'), 100035, 22007",
    "select interval '1 day', 1003, 42000",
    "copy into cars from 's3://staging/none/' storage_integration = S3_INT pattern = 'x', 1003, 42000"
  })
  void errorComesAtOnceWithItsCode(String sql, int code, String state) {
    int before = snowflake.received(sql);
    SQLException error = session.fail(sql);

    assertThat(error.getMessage(), error.getErrorCode(), is(code));
    assertThat(error.getSQLState(), is(state));
    assertThat("a driver that sees a fault of the net", snowflake.received(sql) - before, is(1));
  }

  @Test
  void boundDecimalsAndNullsArriveExactly() throws SQLException {
    try (PreparedStatement insert =
        session.connection().prepareStatement("insert into cars values (?, ?, ?)")) {
      insert.setLong(1, 3);
      insert.setString(2, "O'Neill \\ \"x\"");
      insert.setBigDecimal(3, new BigDecimal("1234567890123456.78"));
      insert.addBatch();
      insert.setLong(1, 4);
      insert.setNull(2, Types.VARCHAR);
      insert.setNull(3, Types.DECIMAL);
      insert.addBatch();
      assertThat(insert.executeBatch().length, is(2));
      insert.setLong(1, 5);
      insert.setString(2, "");
      insert.setBigDecimal(3, BigDecimal.TEN);
      assertThat(insert.executeUpdate(), is(1));
    }

    assertThat(
        session.rows("select * from cars where id > 2 order by id"),
        contains("3|O'Neill \\ \"x\"|1234567890123456.78", "4|null|null", "5||10.00"));
  }

  @Test
  void sumOfNumbersIsANumber() throws SQLException {
    session.run("insert into cars values (3, null, 9999999999999999.99)");

    try (Statement statement = session.connection().createStatement();
        ResultSet result = statement.executeQuery("select sum(price), sum(id) from cars")) {
      result.next();
      assertThat(result.getObject(1), is(new BigDecimal("10000000000000300.29")));
      assertThat(result.getObject(2), is(instanceOf(BigDecimal.class)));
      assertThat(result.getLong(2), is(6L));
    }
    assertThat(
        session.rows("select sum(price) over (order by id) as total from cars where id < 3"),
        contains("100.10", "300.30"));
  }

  @Test
  void keysAreNotEnforced() throws SQLException {
    session.run(
        "create or replace table keyed (id int primary key, code varchar unique, car int,"
            + " constraint a primary key (id), foreign key (car) references cars (id))");
    session.run("insert into keyed values (1, 'a', 77), (1, 'a', 78)");

    assertThat(session.rows("select count(*) from keyed"), contains("2"));
  }

  @Test
  void schemasAreShownByTheirNames() throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet shown = statement.executeQuery("show schemas like 'NONE_SUCH'")) {
      assertThat(shown.next(), is(false));
    }
    try (Statement statement = session.connection().createStatement();
        ResultSet shown = statement.executeQuery("show schemas like 'raw'")) {
      assertThat(shown.next(), is(true));
      assertThat(shown.getString("name"), is("RAW"));
    }
  }

  @Test
  void swappedSchemasExchangeTheirTablesAndViews() throws SQLException {
    session.run(
        "create or replace schema before",
        "create or replace schema after",
        "create table before.cars as select 'old' as make",
        "create table before.gone as select 1 as one",
        "create table after.cars as select 'new' as make",
        "create view after.seen as select make from raw.cars where id = 1",
        "alter schema SnowflakeEmulatorIT.after swap with SnowflakeEmulatorIT.before");

    assertThat(session.rows("select make from before.cars"), contains("new"));
    assertThat(session.rows("select make from before.seen"), contains("Audi"));
    assertThat(session.rows("select make from after.cars"), contains("old"));
    assertThat(session.rows("select one from after.gone"), contains("1"));
    session.fail("select * from after.seen");
    assertThat(
        session.fail("alter schema after swap with nowhere").getMessage(),
        containsString("does not exist or not authorized"));
    session.run("alter schema before swap with after");
    assertThat(session.rows("select make from before.cars"), contains("old"));
  }

  @Test
  void overwritingInsertReplacesWhatIsInTheTable() throws SQLException {
    session.run("insert overwrite into cars (id, make) values (7, 'Opel')");
    assertThat(session.rows("select id, make from cars"), contains("7|Opel"));
  }

  @Test
  void hashOfRowsIsThatOfAnyOrderAndOfEachOfThem() throws SQLException {
    assertThat(
        session.rows(
            "select (select hash_agg(id, make) from cars) = (select hash_agg(id, make) from (select * from cars order by id desc)),"
                + " (select hash_agg(id, make) from cars) = (select hash_agg(id, make) from (select * from cars union all select * from cars where id = 1)),"
                + " (select hash_agg(id, make) from cars) = (select hash_agg(id, null) from cars)"),
        contains("true|false|false"));
  }

  @Test
  void timestampThatIsNullIsNullForThePythonConnector(@TempDir Path folder) throws Exception {
    List<String> command =
        List.of(
            SnowflakeEmulator.python().interpreter().toString(),
            "-c",
            """
            import os, snowflake.connector
            connection = snowflake.connector.connect(
                account="EMULATED", host="127.0.0.1", protocol="http", database="SnowflakeEmulatorIT", schema="RAW",
                user=os.environ["LOGIN"], password=os.environ["SECRET"], port=int(os.environ["PORT"]))
            sql = "select cast(null as timestamp), cast('2024-01-02 03:04:05' as timestamp)"
            print(*connection.cursor().execute(sql).fetchone(), sep="|")
            """);
    Map<String, String> variables =
        Map.of(
            "LOGIN",
            SnowflakeEmulator.USER,
            "SECRET",
            SnowflakeEmulator.PASSWORD,
            "PORT",
            String.valueOf(snowflake.port()),
            "NO_PROXY",
            "127.0.0.1",
            "SNOWFLAKE_DISABLE_PLATFORM_DETECTION",
            "true");
    Result said = Call.start(command, command, folder, variables).await();
    assertThat(said.err(), said.out(), containsString("None|2024-01-02 03:04:05"));
  }

  @Test
  void sessionTakesParametersOfOperations() throws SQLException {
    session.run(
        "alter session set query_tag = 'autopulse'",
        "alter session set timezone = 'UTC'",
        "alter session set lock_timeout = 60",
        "alter session set statement_timeout_in_seconds = 600");
  }

  @Test
  void committedRowsOutliveAKilledServer() throws Exception {
    session.run("begin", "delete from cars");
    snowflake.kill();
    snowflake.restart();

    try (SnowflakeSession next = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class)) {
      assertThat(
          next.rows("select id, price from cars order by id"), contains("1|100.10", "2|200.20"));
    }
    session = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class);
  }

  @Test
  void userLogsInByAKeyFile() throws SQLException {
    SnowflakeKeys keys = snowflake.keys();
    Properties login = login();
    login.setProperty("private_key_file", keys.plain().toString());
    snowflake.connect(login).close();

    login.setProperty("private_key_file", keys.pbes1().toString());
    login.setProperty("private_key_file_pwd", keys.passphrase());
    snowflake.connect(login).close();
  }

  /** The driver looks for a cipher named PBES2, which the JDK has under the names of its parts. */
  @Test
  void keyFileThatOpensslWritesTodayIsReadByTheJdkOnly() throws Exception {
    SnowflakeKeys keys = snowflake.keys();
    Properties login = login();
    login.setProperty("private_key_file", keys.pbes2().toString());
    login.setProperty("private_key_file_pwd", keys.passphrase());
    SQLException refused = assertThrows(SQLException.class, () -> snowflake.connect(login));
    assertThat(refused.getMessage(), containsString("PBES2 SecretKeyFactory not available"));

    String pem = Files.readString(keys.pbes2()).replaceAll("-----.*-----", "");
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(pem));
    // The name of the scheme by its parts, such as PBEWithHmacSHA256AndAES_256.
    String algorithm = info.getAlgParameters().toString();
    SecretKey secret =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(keys.passphrase().toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
    PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(info.getKeySpec(cipher));
    assertThat(key, is(keys.user().getPrivate()));
    snowflake.connect("A", "B", key).close();
  }

  private static Properties login() {
    Properties login = new Properties();
    login.setProperty("user", SnowflakeEmulator.USER);
    login.setProperty("account", SnowflakeEmulator.ACCOUNT);
    return login;
  }

  @Test
  void wrongKeyAndWrongPasswordAreRefused() throws Exception {
    SQLException wrongKey =
        assertThrows(
            SQLException.class,
            () -> snowflake.connect("A", "B", SnowflakeKeys.keyPair().getPrivate()));
    assertThat(wrongKey.getErrorCode(), is(390144));
    assertThat(wrongKey.getMessage(), containsString("JWT token is invalid"));

    Properties login = login();
    login.setProperty("password", "guessed");
    SQLException wrongPassword = assertThrows(SQLException.class, () -> snowflake.connect(login));
    assertThat(wrongPassword.getErrorCode(), is(390100));
  }

  @Test
  void temporaryTableIsOneOfItsSchemaUntilItsSessionEnds() throws SQLException {
    session.run("create or replace temporary table RAW.kept__tmp as select id from cars");
    assertThat(session.rows("select id from RAW.kept__tmp order by id"), contains("1", "2"));
    session.close();

    session = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class);
    session.fail("select id from RAW.kept__tmp");
  }

  @Test
  void statementFailsOnDemandBeforeItRuns() throws SQLException {
    snowflake.failBefore("^insert", 2);
    session.run("insert into cars (id) values (3)");
    assertThat(
        session.fail("insert into cars (id) values (4)").getMessage(), containsString("fault"));
    session.run("insert into cars (id) values (5)");

    assertThat(session.rows("select id from cars where id > 2 order by id"), contains("3", "5"));
  }

  @Test
  void answerOfACommitGetsLostOnDemand() throws SQLException {
    snowflake.failAfter("^commit", 1);
    session.run("begin", "delete from cars where id = 1");
    session.fail("commit");

    assertThat(session.rows("select id from cars"), contains("2"));
  }

  @Test
  void sessionThatIsDroppedOnDemandIsUndone() throws SQLException {
    snowflake.dropBefore("^commit", 1);
    session.run("begin", "delete from cars");
    session.fail("commit");
    session.fail("select 1");

    session = SnowflakeSession.open(snowflake, SnowflakeEmulatorIT.class);
    assertThat(session.rows("select id from cars order by id"), contains("1", "2"));
    snowflake.dropSessions();
    session.fail("select 1");
  }

  /** The main class starts an emulator, says which processes that made, and dies. */
  @Test
  void nothingIsLeftOfAnEmulatorWhoseTestWasKilled(@TempDir Path folder) throws Exception {
    Process test = ChildJvm.start(KilledTest.class, folder.toString());
    String processes = new String(test.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(test.waitFor(), is(137));

    for (String process : processes.split(" ")) {
      Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(process));
      if (handle.isPresent()) {
        handle.get().onExit().get(20, TimeUnit.SECONDS);
      }
    }
  }

  /** See {@link #nothingIsLeftOfAnEmulatorWhoseTestWasKilled}. */
  static final class KilledTest {
    private KilledTest() {}

    /** Starts an emulator in the folder that is the argument. */
    public static void main(String[] arguments) throws Exception {
      SnowflakeEmulator started = SnowflakeEmulator.start(Path.of(arguments[0]));
      System.out.println(
          started.processes().stream()
              .map(process -> String.valueOf(process.pid()))
              .collect(Collectors.joining(" ")));
      Runtime.getRuntime().halt(137);
    }
  }

  @Test
  void noConnectionLeavesTheMachine() throws Exception {
    try (LoopbackWatch watch = LoopbackWatch.start(snowflake);
        Connection byKey = snowflake.connect("A", "B", snowflake.keys().user().getPrivate())) {
      new SnowflakeSession(byKey).rows("select 1");
      session.run("copy into 's3://staging/seen/' from cars storage_integration = S3_INT");
      session.fail("selec 1");

      watch.assertNobodyElseWasCalled();
    }
  }
}
