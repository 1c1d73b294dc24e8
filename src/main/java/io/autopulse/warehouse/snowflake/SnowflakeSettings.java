package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.SecretVariables;
import io.autopulse.warehouse.Warehouse;
import io.autopulse.warehouse.WarehouseUri;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO.DataSourceConfiguration;
import org.apache.beam.sdk.options.ValueProvider.StaticValueProvider;

/**
 * How to reach a schema in Snowflake: what its URI says, and what only the environment says. The
 * environment is {@code docs/snowflake.md}'s table of variables. {@code toString} shows no secret.
 */
public final class SnowflakeSettings {
  /** The driver asks for it once, and then waits for the answer: long enough for a slow network. */
  private static final int LOGIN_SECONDS = 60;

  /** A run that waits this long for another's transaction is better started anew. */
  private static final int LOCK_SECONDS = 600;

  // SnowflakeIO takes the staging path for a regular expression: it must mean itself.
  private static final Pattern STAGE =
      Pattern.compile("s3://[a-z0-9][a-z0-9.-]*/(?:[A-Za-z0-9_-]+/)*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final WarehouseUri.Snowflake uri;
  private final SnowflakeHost host;
  private final SnowflakeLogin login;
  private final Optional<String> stage;
  private final Optional<String> integration;

  private SnowflakeSettings(
      WarehouseUri.Snowflake uri,
      SnowflakeHost host,
      SnowflakeLogin login,
      Optional<String> stage,
      Optional<String> integration) {
    this.uri = uri;
    this.host = host;
    this.login = login;
    this.stage = stage;
    this.integration = integration;
  }

  /**
   * Returns the settings of a warehouse.
   *
   * @param uri the account, database, schema, virtual warehouse and role
   * @param environment the variables of the process
   * @throws InputException if the schema is not the core tables' one, a variable is missing or
   *     cannot be used; the message names it, and holds no secret
   */
  public static SnowflakeSettings of(WarehouseUri.Snowflake uri, Map<String, String> environment) {
    if (!uri.schema().equalsIgnoreCase(Warehouse.SCHEMA)) {
      throw new InputException(
          uri.toString(),
          "the core tables are in the schema "
              + Warehouse.SCHEMA
              + " of a database, not in "
              + uri.schema(),
          "Write snowflake://"
              + uri.account()
              + "/"
              + uri.database()
              + "/"
              + Warehouse.SCHEMA
              + ", and take another database for another environment");
    }
    SecretVariables variables = new SecretVariables(environment);
    SnowflakeHost host = SnowflakeHost.of(uri.account(), variables.value(SnowflakeVariables.HOST));
    return new SnowflakeSettings(
        uri,
        host,
        SnowflakeLogin.of(variables, host.loopback()),
        checked(
            variables,
            SnowflakeVariables.STAGE,
            STAGE,
            "Write s3://bucket/path/, with letters, digits, - and _, and a / at its end"),
        checked(
            variables,
            SnowflakeVariables.INTEGRATION,
            NAME,
            "Write the storage integration's name, a plain identifier"));
  }

  private static Optional<String> checked(
      SecretVariables variables, String name, Pattern pattern, String remedy) {
    Optional<String> value = variables.value(name);
    if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
      throw new InputException(name, "\"" + value.get() + "\" cannot be used", remedy);
    }
    return value;
  }

  /** Returns which schema is reached. */
  public WarehouseUri.Snowflake uri() {
    return uri;
  }

  /** Returns where files are staged, such as {@code s3://bucket/path/}; empty if it is not set. */
  public Optional<String> stage() {
    return stage;
  }

  /** Returns the storage integration by which the stage is read; empty if it is not set. */
  public Optional<String> integration() {
    return integration;
  }

  /**
   * Returns a pipe of this schema.
   *
   * @param pipe its name, without database and schema
   * @throws InputException if the user does not log in by a key pair: Snowpipe takes nothing else
   */
  public SnowflakePipe pipe(String pipe) {
    return new SnowflakePipe(
        host.secure() ? "https" : "http",
        host.name(),
        host.port().orElse(host.secure() ? 443 : 80),
        // As the driver does: what follows the first full stop is the region.
        uri.account().split("\\.", 2)[0],
        login.user(),
        uri.database() + "." + Warehouse.SCHEMA + "." + pipe,
        login
            .key()
            .orElseThrow(
                () ->
                    new InputException(
                        uri.toString(),
                        "a live job writes by Snowpipe, which takes a key pair only, and "
                            + login.user()
                            + " logs in by "
                            + login.means(),
                        "Set "
                            + SnowflakeVariables.PRIVATE_KEY
                            + "_FILE to the file of a key pair's private key, and unset the other secret")));
  }

  /**
   * Puts what another program needs to log in among its variables: server, user and secret, under
   * the names that {@code warehouse/dbt/profiles.yml} has.
   *
   * @param variables gets a secret in clear, as the environment of this process has it
   */
  public void tellOthers(Map<String, String> variables) {
    variables.put("AUTOPULSE_MARTS_HOST", host.name());
    variables.put(
        "AUTOPULSE_MARTS_PORT", String.valueOf(host.port().orElse(host.secure() ? 443 : 80)));
    variables.put("AUTOPULSE_MARTS_PROTOCOL", host.secure() ? "https" : "http");
    login.tellOthers(variables);
  }

  /** Returns the user who logs in. */
  public String user() {
    return login.user();
  }

  /**
   * Returns the same connection for SnowflakeIO.
   *
   * <p>A pipeline carries it to its workers by Java's serialisation, the secret in clear: the
   * private key, token or password is then a part of the job that a runner stores. A key's
   * passphrase is not. Submit such a pipeline only to a cluster that may hold the secret, over a
   * connection that nobody reads, and give the key's user no more rights than a run needs.
   */
  public DataSourceConfiguration dataSource() {
    DataSourceConfiguration configuration =
        login
            .in(DataSourceConfiguration.create())
            // This overload takes a host that is not of snowflakecomputing.com: a private link, an
            // emulator.
            .withServerName(StaticValueProvider.of(host.server()))
            .withDatabase(uri.database())
            .withSchema(Warehouse.SCHEMA)
            .withLoginTimeout(LOGIN_SECONDS);
    if (host.port().isPresent()) {
      configuration = configuration.withPortNumber(host.port().get());
    }
    if (uri.warehouse().isPresent()) {
      configuration = configuration.withWarehouse(uri.warehouse().get());
    }
    if (uri.role().isPresent()) {
      configuration = configuration.withRole(uri.role().get());
    }
    return configuration;
  }

  /** Returns the URL for the driver. */
  String jdbcUrl() {
    return host.jdbcUrl();
  }

  /** Returns the server, for people. */
  public String server() {
    return host.toString();
  }

  /** Returns what logs the user in, for people. */
  public String means() {
    return login.means();
  }

  /**
   * Returns the driver's properties. Database and schema are not among them: at login Snowflake
   * passes over names that do not exist, a statement does not.
   */
  Properties jdbcProperties() {
    Properties properties = new Properties();
    properties.setProperty("account", uri.account());
    uri.warehouse().ifPresent(warehouse -> properties.setProperty("warehouse", warehouse));
    uri.role().ifPresent(role -> properties.setProperty("role", role));
    login.addTo(properties);
    properties.setProperty("application", "Autopulse");
    properties.setProperty("loginTimeout", String.valueOf(LOGIN_SECONDS));
    properties.setProperty("QUERY_TAG", "autopulse");
    properties.setProperty("LOCK_TIMEOUT", String.valueOf(LOCK_SECONDS));
    // Times are UTC, without a zone, whatever the account's and the machine's are.
    properties.setProperty("TIMEZONE", "UTC");
    properties.setProperty("TIMESTAMP_TYPE_MAPPING", "TIMESTAMP_NTZ");
    // A week begins on Monday.
    properties.setProperty("WEEK_START", "1");
    properties.setProperty("JDBC_TREAT_TIMESTAMP_NTZ_AS_UTC", "true");
    properties.setProperty("TIMESTAMP_NTZ_OUTPUT_FORMAT", "YYYY-MM-DD HH24:MI:SS.FF6");
    properties.setProperty("DATE_OUTPUT_FORMAT", "YYYY-MM-DD");
    // Nothing is told to others.
    properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
    properties.setProperty("CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED", "false");
    properties.setProperty("htapOOBTelemetryEnabled", "false");
    // No secret is kept in a file of the machine, and no browser is opened.
    properties.setProperty("clientStoreTemporaryCredential", "false");
    properties.setProperty("clientRequestMfaToken", "false");
    properties.setProperty("tracing", "OFF");
    return properties;
  }

  @Override
  public String toString() {
    return uri + " at " + host + " as " + login;
  }
}
