package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.autopulse.testing.snowflake.SharedSnowflake;
import io.autopulse.testing.snowflake.SnowflakeEmulator;
import io.autopulse.testing.snowflake.SnowflakeSession;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the script of an account's set-up on the emulator, twice. The emulator knows no roles, users
 * and warehouses: which kinds of statement it does not run is stated here, so that nobody takes
 * them for tested.
 */
@ExtendWith(SharedSnowflake.class)
class SnowflakeSetupIT {
  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void scriptRunsTwiceAsFarAsTheEmulatorGoes(SnowflakeEmulator snowflake) throws Exception {
    try (SnowflakeSession session = SnowflakeSession.open(snowflake, SnowflakeSetupIT.class)) {
      for (int i = 0; i < 2; i++) {
        Set<String> run = new TreeSet<>();
        Set<String> notRun = new TreeSet<>();
        for (String statement :
            SnowflakeSetupScript.SETUP.statements(
                "SNOWFLAKESETUPIT", "s3://" + SnowflakeEmulator.BUCKET + "/")) {
          try {
            session.run(statement);
            run.add(SnowflakeSetupScript.kind(statement));
          } catch (SQLException e) {
            notRun.add(SnowflakeSetupScript.kind(statement));
          }
        }
        assertThat(
            notRun,
            contains(
                "alter user",
                "alter warehouse",
                "create resource monitor",
                "create role",
                "create storage integration",
                "create user",
                "create warehouse",
                "grant"));
        assertThat(
            run,
            is(
                new TreeSet<>(
                    Set.of(
                        "create database",
                        "create file format",
                        "create schema",
                        "create stage",
                        "use role"))));
      }
    }
  }
}
