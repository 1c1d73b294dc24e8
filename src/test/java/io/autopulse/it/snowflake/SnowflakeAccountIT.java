package io.autopulse.it.snowflake;

import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.warehouse.snowflake.AccountDatabase;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the emulator's tests prove, on an account: in a database that it makes and drops. No part of
 * {@code mvn verify}; docs/snowflake.md has its command. Without an account it fails, and says what
 * it would prove. With {@code -Dautopulse.account=emulator} it runs on the emulator, to prove the
 * suite itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SnowflakeAccountIT {
  @TempDir static Path folder;

  private static @Nullable SnowflakeEmulator emulator;
  private static @Nullable AccountDatabase database;
  private static SnowflakeRefreshes refreshes;

  /** Returns what the methods of this class prove, in their order: their names as words. */
  private static List<String> proofs() {
    return Arrays.stream(SnowflakeAccountIT.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted(Comparator.comparingInt(method -> method.getAnnotation(Order.class).value()))
        .map(Method::getName)
        .map(name -> name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT))
        .toList();
  }

  @BeforeAll
  static void makeDatabase() throws IOException, SQLException {
    AccountVariables variables = AccountVariables.of(environment(), proofs());
    System.out.println("SnowflakeAccountIT: in " + variables.warehouse());
    database = AccountDatabase.make(variables.warehouse(), variables.environment());
    refreshes =
        new SnowflakeRefreshes(
            folder,
            variables.environment().get(AccountVariables.WAREHOUSE),
            variables.environment(),
            variables.options());
  }

  private static Map<String, String> environment() throws IOException {
    if (!"emulator".equals(System.getProperty("autopulse.account"))) {
      return System.getenv();
    }
    SnowflakeEmulator started = SnowflakeEmulator.start(folder.resolve("emulator"));
    emulator = started;
    Map<String, String> environment = started.environment("account");
    environment.put(
        AccountVariables.WAREHOUSE, "snowflake://EMULATED/SNOWFLAKEACCOUNTIT/AUTOPULSE_CORE");
    environment.put(
        AccountVariables.OPTIONS, "--awsRegion=us-east-1 --endpoint=" + started.s3Endpoint());
    return environment;
  }

  @AfterAll
  static void dropDatabase() throws SQLException {
    if (emulator != null) {
      // It knows no DROP DATABASE; its databases go with its folder.
      emulator.close();
    } else if (database != null) {
      database.close();
    }
  }

  @Test
  @Order(1)
  void migrationsMakeAllTablesAndCheckFindsEverythingThatARunNeeds() {
    refreshes.command("migrate", "--warehouse", refreshes.uri()).mustExit(0);
    refreshes.check();
  }

  @Test
  @Order(2)
  void hostileTextsAndCorrectionsGiveTheTablesOfDuckDb() throws Exception {
    refreshes.publishHostileSalesAndTheirCorrections();
  }

  @Test
  @Order(3)
  void twoRunsAtOnceBothPublishTheTablesOfDuckDb() throws Exception {
    refreshes.startAnew();
    refreshes.publishTwiceAtOnce();
  }

  @Test
  @Order(4)
  void vehiclesAndDealersReadBackFromTheWarehouseGiveTheTablesOfDuckDb() throws Exception {
    refreshes.startAnew();
    refreshes.readReferenceDataBack();
  }
}
