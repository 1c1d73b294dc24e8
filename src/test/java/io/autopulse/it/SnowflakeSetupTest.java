package io.autopulse.it;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script of an account's set-up must be, whatever account it is. */
class SnowflakeSetupTest {
  @Test
  void everyStatementMayRunAgain() throws IOException {
    for (String statement : SnowflakeSetupScript.statements()) {
      assertThat(
          statement,
          matchesPattern(
              "(use role |grant |alter (warehouse|user) \\S+ set |create .* if not exists ).*"));
    }
  }

  @Test
  void noSecretIsInIt() throws IOException {
    String text = SnowflakeSetupScript.text();
    assertThat(text, not(containsString("password =")));
    assertThat(text, not(containsString("BEGIN ")));
    for (String statement : SnowflakeSetupScript.statements()) {
      if (statement.contains("rsa_public_key")) {
        assertThat(statement, matchesPattern(".* set rsa_public_key = '<[A-Z_]+>'"));
      }
    }
  }

  @Test
  void reporterSeesTheMartsAlone() throws IOException {
    for (String statement : SnowflakeSetupScript.statements()) {
      if (statement.startsWith("grant") && statement.endsWith("to role AUTOPULSE_REPORTER")) {
        assertThat(
            statement,
            matchesPattern(
                ".*on (warehouse AUTOPULSE_QUERY_WH|database AUTOPULSE|schema AUTOPULSE.MARTS|(future|all) (tables|views) in schema AUTOPULSE.MARTS) to .*"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales_kpi_live", "sale_versions", "rejected_records"})
  void tablesThatPipesFillHaveTheColumnsOfTheCoreTables(String table) throws IOException {
    String migration =
        Files.readString(
            Path.of(System.getProperty("basedir", ""), "warehouse/migrations/V1__core_tables.sql"));
    assertThat(
        columns(SnowflakeSetupScript.text(), "create table if not exists AUTOPULSE.RAW." + table),
        is(columns(migration, "create table " + table)));
  }

  private static String columns(String sql, String beginning) {
    Matcher body =
        Pattern.compile(Pattern.quote(beginning) + " \\((.*?)\\n\\);", Pattern.DOTALL).matcher(sql);
    assertThat(beginning, body.find(), is(true));
    return body.group(1);
  }
}
