package io.autopulse.it.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountVariablesTest {
  private static final List<String> PROOFS = List.of("two runs at once both publish");

  private static final Map<String, String> SET =
      Map.of(
          "AUTOPULSE_TEST_WAREHOUSE",
              "snowflake://ORG-ACCOUNT/AUTOPULSE_TEST/AUTOPULSE_CORE?role=TESTER",
          "AUTOPULSE_TEST_BEAM_OPTIONS", " --awsRegion=eu-west-1  --endpoint=http://127.0.0.1:1 ",
          "AUTOPULSE_SNOWFLAKE_USER", "TESTER",
          "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE", "key.p8",
          "AUTOPULSE_SNOWFLAKE_STAGE", "s3://bucket/test/",
          "AUTOPULSE_SNOWFLAKE_INTEGRATION", "S3_INT");

  @Test
  void withoutVariablesItSaysWhatItWouldProveAndWhatItNeeds() {
    String message =
        assertThrows(IllegalStateException.class, () -> AccountVariables.of(Map.of(), PROOFS))
            .getMessage();
    assertThat(
        message,
        allOf(
            containsString("Nothing was proven."),
            containsString("\n- two runs at once both publish\n"),
            containsString("\n- AUTOPULSE_TEST_WAREHOUSE: snowflake://"),
            containsString("\n- AUTOPULSE_SNOWFLAKE_USER: "),
            containsString("\n- AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE: "),
            containsString("\n- AUTOPULSE_SNOWFLAKE_STAGE: "),
            containsString("\n- AUTOPULSE_SNOWFLAKE_INTEGRATION: "),
            containsString("\n- AUTOPULSE_TEST_BEAM_OPTIONS: ")));
  }

  @Test
  void onlyWhatIsMissingIsAskedFor() {
    Map<String, String> some = new java.util.HashMap<>(SET);
    some.put("AUTOPULSE_SNOWFLAKE_STAGE", " ");
    String message =
        assertThrows(IllegalStateException.class, () -> AccountVariables.of(some, PROOFS))
            .getMessage();
    assertThat(message, containsString("AUTOPULSE_SNOWFLAKE_STAGE"));
    assertThat(message, not(containsString("AUTOPULSE_SNOWFLAKE_INTEGRATION")));
  }

  @Test
  void setVariablesNameTheAccount() {
    AccountVariables variables = AccountVariables.of(SET, PROOFS);
    assertThat(variables.warehouse().database(), is("AUTOPULSE_TEST"));
    assertThat(
        variables.options(), is(List.of("--awsRegion=eu-west-1", "--endpoint=http://127.0.0.1:1")));
  }

  @Test
  void duckDbIsNoAccount() {
    Map<String, String> wrong = new java.util.HashMap<>(SET);
    wrong.put("AUTOPULSE_TEST_WAREHOUSE", "duckdb:a.duckdb");
    assertThat(
        assertThrows(IllegalStateException.class, () -> AccountVariables.of(wrong, PROOFS))
            .getMessage(),
        is("AUTOPULSE_TEST_WAREHOUSE names no warehouse in Snowflake"));
  }
}
