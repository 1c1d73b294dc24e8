package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the script of an account's set-up must be, whatever account it is. */
class SnowflakeSetupTest {
  @Test
  void everyStatementMayRunAgain() throws IOException {
    for (String statement : SnowflakeSetupScript.SETUP.statements()) {
      assertThat(
          statement,
          matchesPattern(
              "(use role |grant |alter (warehouse|user) \\S+ set |create .* if not exists ).*"));
    }
  }

  @Test
  void noSecretIsInIt() throws IOException {
    String text = SnowflakeSetupScript.SETUP.text();
    assertThat(text, not(containsString("password =")));
    assertThat(text, not(containsString("BEGIN ")));
    for (String statement : SnowflakeSetupScript.SETUP.statements()) {
      if (statement.contains("rsa_public_key")) {
        assertThat(statement, matchesPattern(".* set rsa_public_key = '<[A-Z_]+>'"));
      }
    }
  }

  @Test
  void reporterSeesTheMartsAlone() throws IOException {
    for (String statement : SnowflakeSetupScript.SETUP.statements()) {
      if (statement.startsWith("grant") && statement.endsWith("to role AUTOPULSE_REPORTER")) {
        assertThat(
            statement,
            matchesPattern(
                ".*on (warehouse AUTOPULSE_QUERY_WH|database AUTOPULSE|schema AUTOPULSE.MARTS|(future|all) (tables|views) in schema AUTOPULSE.MARTS) to .*"));
      }
    }
  }

  @Test
  void everyPipeMayBeMadeAgain() throws IOException {
    for (String statement : SnowflakeSetupScript.PIPES.statements()) {
      assertThat(
          statement,
          matchesPattern(
              "use (role AUTOPULSE_LOADER|database AUTOPULSE)|create pipe if not exists \\S+ as copy into .*"));
    }
  }
}
