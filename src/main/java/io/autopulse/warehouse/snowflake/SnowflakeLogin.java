package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.SecretVariables;
import io.autopulse.warehouse.SecretVariables.Secret;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO.DataSourceConfiguration;

/** Who logs in to Snowflake, and by what. */
final class SnowflakeLogin {
  private final String user;
  private final String means;
  private final Map<String, Object> properties;
  private final UnaryOperator<DataSourceConfiguration> configuration;

  private SnowflakeLogin(
      String user,
      String means,
      Map<String, Object> properties,
      UnaryOperator<DataSourceConfiguration> configuration) {
    this.user = user;
    this.means = means;
    this.properties = properties;
    this.configuration = configuration;
  }

  /** Returns the user's name. */
  String user() {
    return user;
  }

  /** Returns the private key; empty if the user logs in by other means. */
  Optional<PrivateKey> key() {
    return properties.get("privateKey") instanceof PrivateKey key
        ? Optional.of(key)
        : Optional.empty();
  }

  /** Returns what logs the user in, for people. */
  String means() {
    return means;
  }

  /** Puts the user and the secret among the variables of another program. */
  void tellOthers(Map<String, String> variables) {
    variables.put("AUTOPULSE_MARTS_USER", user);
    Optional<PrivateKey> key = key();
    Object secret =
        key.<Object>map(k -> Base64.getEncoder().encodeToString(k.getEncoded()))
            .orElseGet(() -> properties.getOrDefault("token", properties.get("password")));
    variables.put("DBT_ENV_SECRET_AUTOPULSE", String.valueOf(secret));
    variables.put(
        "AUTOPULSE_MARTS_TARGET",
        key.isPresent()
            ? "snowflake_key"
            : "oauth".equals(properties.get("authenticator"))
                ? "snowflake_oauth"
                : "snowflake_token");
  }

  /** Adds the user and the secret to the properties of the driver. */
  void addTo(Properties driver) {
    driver.setProperty("user", user);
    driver.putAll(properties);
  }

  /** Returns the configuration with the user and the secret. */
  DataSourceConfiguration in(DataSourceConfiguration other) {
    return configuration.apply(other);
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return user + " by " + means;
  }

  /**
   * Returns the login that the environment describes.
   *
   * @param loopback whether the server is on this machine, an emulator: only it takes a password
   * @throws InputException if the user or the secret is missing, there is more than one secret, or
   *     it cannot be used
   */
  static SnowflakeLogin of(SecretVariables variables, boolean loopback) {
    String user =
        variables
            .value(SnowflakeVariables.USER)
            .orElseThrow(
                () ->
                    new InputException(
                        SnowflakeVariables.USER,
                        "it is not set, and Snowflake wants a user",
                        "Set it to the service user's name, such as AUTOPULSE_LOADER"));
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (String name :
        List.of(
            SnowflakeVariables.PRIVATE_KEY,
            SnowflakeVariables.TOKEN,
            SnowflakeVariables.OAUTH_TOKEN,
            SnowflakeVariables.PASSWORD)) {
      variables.secret(name).ifPresent(secret -> secrets.put(name, secret));
    }
    if (secrets.size() > 1) {
      throw new InputException(
          String.join(", ", secrets.keySet()),
          "more than one way to log in to Snowflake is set",
          "Keep one, best the private key, and unset the others");
    }
    if (secrets.isEmpty()) {
      throw new InputException(
          SnowflakeVariables.PRIVATE_KEY + SecretVariables.FILE,
          "no way to log in to Snowflake is set",
          "Set it to the private key's file (PKCS#8), or set "
              + SnowflakeVariables.PRIVATE_KEY
              + " to its text, or "
              + SnowflakeVariables.TOKEN
              + " to a programmatic access token");
    }
    Map.Entry<String, Secret> only = secrets.entrySet().iterator().next();
    Secret secret = only.getValue();
    return switch (only.getKey()) {
      case SnowflakeVariables.PRIVATE_KEY -> keyPair(user, secret, variables);
      case SnowflakeVariables.TOKEN -> accessToken(user, secret.text());
      case SnowflakeVariables.OAUTH_TOKEN -> oauthToken(user, secret.text());
      default -> password(user, secret.text(), loopback);
    };
  }

  private static SnowflakeLogin keyPair(String user, Secret secret, SecretVariables variables) {
    Optional<String> passphrase = variables.secret(SnowflakeVariables.PASSPHRASE).map(Secret::text);
    PrivateKey key = PrivateKeyText.read(secret.text(), secret.origin(), passphrase);
    return new SnowflakeLogin(
        user,
        "key pair",
        Map.of("privateKey", key),
        configuration -> configuration.withKeyPairAuth(user, key));
  }

  /** SnowflakeIO does not know such tokens; Snowflake takes them in the place of a password. */
  private static SnowflakeLogin accessToken(String user, String token) {
    return new SnowflakeLogin(
        user,
        "programmatic access token",
        Map.of("authenticator", "programmatic_access_token", "token", token),
        configuration -> configuration.withUsernamePasswordAuth(user, token));
  }

  /** Of a server that Snowflake trusts. It ends, in minutes mostly. */
  private static SnowflakeLogin oauthToken(String user, String token) {
    return new SnowflakeLogin(
        user,
        "OAuth token",
        Map.of("authenticator", "oauth", "token", token),
        configuration -> configuration.withOAuth(token));
  }

  /** Only an emulator takes one. */
  private static SnowflakeLogin password(String user, String password, boolean loopback) {
    if (!loopback) {
      throw new InputException(
          SnowflakeVariables.PASSWORD,
          "Snowflake lets no service user in by a password alone",
          "Unset it, and set "
              + SnowflakeVariables.PRIVATE_KEY
              + "_FILE to the file of a key pair's private key");
    }
    return new SnowflakeLogin(
        user,
        "password",
        Map.of("password", password),
        configuration -> configuration.withUsernamePasswordAuth(user, password));
  }
}
