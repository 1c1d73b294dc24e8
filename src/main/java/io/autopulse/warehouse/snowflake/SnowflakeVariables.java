package io.autopulse.warehouse.snowflake;

/** The environment variables that say how to reach Snowflake; secrets may be in files. */
public final class SnowflakeVariables {
  static final String HOST = "AUTOPULSE_SNOWFLAKE_HOST";
  static final String USER = "AUTOPULSE_SNOWFLAKE_USER";
  static final String PRIVATE_KEY = "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY";
  static final String PASSPHRASE = "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_PASSPHRASE";
  static final String TOKEN = "AUTOPULSE_SNOWFLAKE_TOKEN";
  static final String OAUTH_TOKEN = "AUTOPULSE_SNOWFLAKE_OAUTH_TOKEN";
  static final String PASSWORD = "AUTOPULSE_SNOWFLAKE_PASSWORD";

  /** The folder in S3 for staged files, such as {@code s3://bucket/path/}. */
  public static final String STAGE = "AUTOPULSE_SNOWFLAKE_STAGE";

  /** The storage integration that reads the stage. */
  public static final String INTEGRATION = "AUTOPULSE_SNOWFLAKE_INTEGRATION";

  private SnowflakeVariables() {}
}
