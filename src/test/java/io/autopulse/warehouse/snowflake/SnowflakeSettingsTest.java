package io.autopulse.warehouse.snowflake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.problem.InputException;
import io.autopulse.testing.snowflake.SnowflakeKeys;
import io.autopulse.warehouse.WarehouseUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO.DataSourceConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnowflakeSettingsTest {
  private static final String URI =
      "snowflake://my_org-acct/AUTOPULSE/AUTOPULSE_CORE?warehouse=LOAD_WH&role=LOADER";
  private static final String PREFIX = "AUTOPULSE_SNOWFLAKE_";

  private static KeyPair key;
  private static String pem;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKey() throws Exception {
    key = SnowflakeKeys.keyPair();
    pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  void driverGetsTheAccountTheKeyAndSessionsInUtc() {
    SnowflakeSettings settings = settings(Map.of("PRIVATE_KEY", pem));
    Properties properties = settings.jdbcProperties();

    assertThat(settings.jdbcUrl(), is("jdbc:snowflake://my-org-acct.snowflakecomputing.com/"));
    assertThat(properties.get("privateKey"), is(key.getPrivate()));
    assertThat(properties.getProperty("account"), is("my_org-acct"));
    assertThat(properties.getProperty("user"), is("LOADER_USER"));
    assertThat(properties.getProperty("warehouse"), is("LOAD_WH"));
    assertThat(properties.getProperty("role"), is("LOADER"));
    assertThat(properties.getProperty("TIMEZONE"), is("UTC"));
    assertThat(properties.getProperty("CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED"), is("false"));
    assertThat(properties.getProperty("password"), is(nullValue()));
  }

  @Test
  void snowflakeIoGetsTheSame() {
    DataSourceConfiguration configuration = settings(Map.of("PRIVATE_KEY", pem)).dataSource();

    assertThat(configuration.getServerName().get(), is("my-org-acct.snowflakecomputing.com"));
    assertThat(configuration.getPortNumber(), is(nullValue()));
    assertThat(configuration.getUsername().get(), is("LOADER_USER"));
    assertThat(configuration.getPrivateKey(), is(key.getPrivate()));
    assertThat(configuration.getDatabase().get(), is("AUTOPULSE"));
    assertThat(configuration.getSchema().get(), is("AUTOPULSE_CORE"));
    assertThat(configuration.getWarehouse().get(), is("LOAD_WH"));
    assertThat(configuration.getRole().get(), is("LOADER"));
  }

  @Test
  void emulatorIsReachedByItsAddressAndMayTakeAPassword() {
    SnowflakeSettings settings =
        settings(Map.of("HOST", "http://127.0.0.1:8123", "PASSWORD", "correct horse"));

    assertThat(settings.jdbcUrl(), is("jdbc:snowflake://http://127.0.0.1:8123/"));
    assertThat(settings.jdbcProperties().getProperty("password"), is("correct horse"));
    assertThat(settings.dataSource().getServerName().get(), is("http://127.0.0.1"));
    assertThat(settings.dataSource().getPortNumber(), is(8123));
  }

  @Test
  void privateLinkIsReachedByItsName() {
    SnowflakeSettings settings =
        settings(
            Map.of("HOST", "https://acct.privatelink.snowflakecomputing.com:8443/", "TOKEN", "t"));

    assertThat(
        settings.jdbcUrl(), is("jdbc:snowflake://acct.privatelink.snowflakecomputing.com:8443/"));
    assertThat(
        settings.dataSource().getServerName().get(), is("acct.privatelink.snowflakecomputing.com"));
  }

  @Test
  void secretsOfOtherMachinesAreNotSentInClear() {
    assertThat(
        refusal(Map.of("HOST", "http://10.0.0.7:8080", "TOKEN", "t")),
        is(
            "AUTOPULSE_SNOWFLAKE_HOST: http would send data in clear to 10.0.0.7. Write https://10.0.0.7; only a server on 127.0.0.1 is spoken to by http"));
    assertThat(
        refusal(Map.of("HOST", "http://127.0.0.1.example.com", "TOKEN", "t")),
        containsString("http would send data in clear"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "http://", "a b", "https://x/path", "x:99999", "x:0", "user:pw@x"})
  void whatIsNoServerIsRefused(String host) {
    assertThat(
        refusal(Map.of("HOST", host, "TOKEN", "t")),
        containsString("AUTOPULSE_SNOWFLAKE_HOST: this is no server"));
  }

  @Test
  void tokensGoToTheDriverUnderTheirKind() {
    Properties access = settings(Map.of("TOKEN", "pat")).jdbcProperties();
    assertThat(access.getProperty("authenticator"), is("programmatic_access_token"));
    assertThat(access.getProperty("token"), is("pat"));
    assertThat(settings(Map.of("TOKEN", "pat")).dataSource().getPassword().get(), is("pat"));

    Properties oauth = settings(Map.of("OAUTH_TOKEN", "oat")).jdbcProperties();
    assertThat(oauth.getProperty("authenticator"), is("oauth"));
    assertThat(oauth.getProperty("token"), is("oat"));
    assertThat(
        settings(Map.of("OAUTH_TOKEN", "oat")).dataSource().getOauthToken().get(), is("oat"));
  }

  @Test
  void secretsAreReadFromFiles() throws IOException {
    Path keyFile = Files.writeString(folder.resolve("rsa_key.p8"), pem);
    Path token = Files.writeString(folder.resolve("token"), "pat\n");

    assertThat(
        settings(Map.of("PRIVATE_KEY_FILE", keyFile.toString())).jdbcProperties().get("privateKey"),
        is(key.getPrivate()));
    assertThat(
        settings(Map.of("TOKEN_FILE", token.toString())).jdbcProperties().getProperty("token"),
        is("pat"));
  }

  @Test
  void fileThatCannotBeReadIsNamed() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    Path missing = folder.resolve("missing");

    assertThat(
        refusal(Map.of("TOKEN_FILE", missing.toString())),
        is(
            "AUTOPULSE_SNOWFLAKE_TOKEN_FILE: there is no file "
                + missing
                + ". Name a file that this user may read"));
    assertThat(
        refusal(Map.of("TOKEN_FILE", empty.toString())),
        containsString("the file " + empty + " is empty"));
    assertThat(refusal(Map.of("TOKEN_FILE", folder.toString())), containsString("cannot be read"));
    Path long_ = Files.writeString(folder.resolve("long"), "x".repeat(100_000));
    assertThat(refusal(Map.of("TOKEN_FILE", long_.toString())), containsString("is too long"));
  }

  @Test
  void oneSecretIsWanted() {
    assertThat(
        refusal(Map.of()),
        containsString(
            "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE: no way to log in to Snowflake is set"));
    assertThat(
        refusal(Map.of("TOKEN", "t", "PRIVATE_KEY", pem)),
        is(
            "AUTOPULSE_SNOWFLAKE_PRIVATE_KEY, AUTOPULSE_SNOWFLAKE_TOKEN: more than one way to log in to Snowflake is set. Keep one, best the private key, and unset the others"));
    assertThat(
        refusal(Map.of("TOKEN", "t", "TOKEN_FILE", "/x")),
        is(
            "AUTOPULSE_SNOWFLAKE_TOKEN: it is set beside AUTOPULSE_SNOWFLAKE_TOKEN_FILE. Set one of them, and unset the other"));
    // An empty variable is how a shell says that there is none.
    assertThat(settings(Map.of("TOKEN", "t", "PRIVATE_KEY", " ")).user(), is("LOADER_USER"));
    // Blanks at the ends come with copying.
    assertThat(settings(Map.of("TOKEN", "t", "USER", " AUTOPULSE \n")).user(), is("AUTOPULSE"));
  }

  @Test
  void userIsWanted() {
    InputException refused =
        assertThrows(
            InputException.class,
            () -> SnowflakeSettings.of(uri(URI), Map.of(PREFIX + "TOKEN", "t")));
    assertThat(
        refused.getMessage(),
        containsString("AUTOPULSE_SNOWFLAKE_USER: it is not set, and Snowflake wants a user"));
  }

  @Test
  void passwordOfARealAccountIsRefused() {
    String message = refusal(Map.of("PASSWORD", "correct horse"));
    assertThat(
        message,
        containsString(
            "AUTOPULSE_SNOWFLAKE_PASSWORD: Snowflake lets no service user in by a password alone"));
    assertThat(message, not(containsString("horse")));
  }

  @Test
  void schemaIsTheCoreTables() {
    InputException refused =
        assertThrows(
            InputException.class,
            () -> SnowflakeSettings.of(uri("snowflake://acct/CARS/CORE"), Map.of()));
    assertThat(
        refused.getMessage(),
        is(
            "snowflake://acct/CARS/CORE: the core tables are in the schema AUTOPULSE_CORE of a database, not in CORE. Write snowflake://acct/CARS/AUTOPULSE_CORE, and take another database for another environment"));
  }

  @Test
  void stageAndIntegrationAreRead() {
    SnowflakeSettings settings =
        settings(
            Map.of(
                "TOKEN", "t",
                "STAGE", "s3://cars.example/staging/auto-pulse/",
                "INTEGRATION", "S3_INT"));
    assertThat(settings.stage(), is(Optional.of("s3://cars.example/staging/auto-pulse/")));
    assertThat(settings.integration(), is(Optional.of("S3_INT")));
  }

  @ParameterizedTest
  @CsvSource({
    "STAGE,s3://bucket/path",
    "STAGE,s3://bucket",
    "STAGE,/tmp/folder/",
    "STAGE,s3://bucket/a.*/",
    "INTEGRATION,a b",
    "INTEGRATION,x;drop"
  })
  void settingsThatCannotBeUsedAreNamed(String name, String value) {
    assertThat(
        refusal(Map.of("TOKEN", "t", name, value)), containsString(PREFIX + name + ": \"" + value));
  }

  @Test
  void snowpipeTakesAKeyPairOnly() {
    InputException refused =
        assertThrows(
            InputException.class, () -> settings(Map.of("TOKEN", "t")).pipe("SALES_KPI_LIVE_PIPE"));
    assertThat(
        refused.getMessage(),
        is(
            "snowflake://my_org-acct/AUTOPULSE/AUTOPULSE_CORE: a live job writes by Snowpipe, which takes a key pair only, and LOADER_USER logs in by programmatic access token. Set AUTOPULSE_SNOWFLAKE_PRIVATE_KEY_FILE to the file of a key pair's private key, and unset the other secret"));
    assertThat(
        settings(Map.of("PRIVATE_KEY", pem)).pipe("SALES_KPI_LIVE_PIPE").toString(),
        is("AUTOPULSE.AUTOPULSE_CORE.SALES_KPI_LIVE_PIPE"));
  }

  @Test
  void nothingShowsASecret() {
    for (String name : List.of("TOKEN", "OAUTH_TOKEN", "PASSWORD")) {
      SnowflakeSettings settings =
          settings(Map.of("HOST", "http://127.0.0.1:1", name, "open sesame"));
      assertThat(settings.toString(), not(containsString("sesame")));
      assertThat(settings.toString(), containsString("LOADER_USER"));
    }
    assertThat(
        settings(Map.of("PRIVATE_KEY", pem)).toString(),
        is(
            "snowflake://my_org-acct/AUTOPULSE/AUTOPULSE_CORE at my-org-acct.snowflakecomputing.com as LOADER_USER by key pair"));
  }

  private static SnowflakeSettings settings(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put(PREFIX + "USER", "LOADER_USER");
    variables.forEach((name, value) -> environment.put(PREFIX + name, value));
    return SnowflakeSettings.of(uri(URI), environment);
  }

  private static String refusal(Map<String, String> variables) {
    return assertThrows(InputException.class, () -> settings(variables)).getMessage();
  }

  private static WarehouseUri.Snowflake uri(String text) {
    return (WarehouseUri.Snowflake) WarehouseUri.parse(text);
  }
}
