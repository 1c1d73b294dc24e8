package io.autopulse.it.snowflake;

import io.autopulse.warehouse.WarehouseUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that let {@link SnowflakeAccountIT} into an account.
 *
 * @param warehouse whose database the suite makes and drops
 * @param environment all variables of the process
 * @param options Beam's options for the object storage
 */
record AccountVariables(
    WarehouseUri.Snowflake warehouse, Map<String, String> environment, List<String> options) {
  static final String WAREHOUSE = "AUTOPULSE_TEST_WAREHOUSE";
  static final String OPTIONS = "AUTOPULSE_TEST_BEAM_OPTIONS";

  private static final String USER = "AUTOPULSE_SNOWFLAKE_USER";
  private static final String STAGE = "AUTOPULSE_SNOWFLAKE_STAGE";
  private static final String INTEGRATION = "AUTOPULSE_SNOWFLAKE_INTEGRATION";
  private static final String KEY_FILE = "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE";

  /** Each way to log in that docs/snowflake.md knows. */
  private static final List<String> SECRETS =
      List.of(
          KEY_FILE,
          "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY",
          "AUTOPULSE_SNOWFLAKE_TOKEN_FILE",
          "AUTOPULSE_SNOWFLAKE_TOKEN",
          "AUTOPULSE_SNOWFLAKE_OAUTH_TOKEN_FILE",
          "AUTOPULSE_SNOWFLAKE_OAUTH_TOKEN",
          "AUTOPULSE_SNOWFLAKE_PASSWORD");

  /**
   * Returns the variables.
   *
   * @param proofs what the suite would prove, for whoever has not set them
   * @throws IllegalStateException if some are not set: what is missing, and what would be proven
   */
  static AccountVariables of(Map<String, String> environment, List<String> proofs) {
    List<String> missing = new ArrayList<>();
    require(
        environment,
        WAREHOUSE,
        "snowflake://ACCOUNT/DATABASE/AUTOPULSE_CORE?warehouse=NAME&role=NAME, of a DATABASE that is not there yet: it is made, and dropped at the end; the role needs CREATE DATABASE on the account",
        missing);
    require(environment, USER, "the user who logs in", missing);
    if (SECRETS.stream().noneMatch(name -> value(environment, name).isPresent())) {
      missing.add(KEY_FILE + ": the user's private key, or another way of docs/snowflake.md");
    }
    require(environment, STAGE, "s3://bucket/path/, of the suite alone", missing);
    require(environment, INTEGRATION, "the storage integration that reads it", missing);
    require(environment, OPTIONS, "Beam's options for S3, such as --awsRegion=eu-west-1", missing);
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Nothing was proven. With an account in Snowflake this suite would prove, each thing by runs of the jar:\n- "
              + String.join("\n- ", proofs)
              + "\nTo let it, set (docs/snowflake.md):\n- "
              + String.join("\n- ", missing)
              + "\nKeys of S3 are found as AWS's tools find them.");
    }
    if (WarehouseUri.parse(environment.get(WAREHOUSE)) instanceof WarehouseUri.Snowflake account) {
      return new AccountVariables(
          account, environment, List.of(environment.get(OPTIONS).strip().split("\\s+")));
    }
    throw new IllegalStateException(WAREHOUSE + " names no warehouse in Snowflake");
  }

  private static void require(
      Map<String, String> environment, String name, String meaning, List<String> missing) {
    if (value(environment, name).isEmpty()) {
      missing.add(name + ": " + meaning);
    }
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
