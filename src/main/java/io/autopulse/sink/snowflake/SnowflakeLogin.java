package io.autopulse.sink.snowflake;

import io.autopulse.domain.quality.InputException;
import io.autopulse.sink.snowflake.SnowflakeVariables.Secret;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.beam.sdk.io.snowflake.SnowflakeIO.DataSourceConfiguration;

/** Who logs in to Snowflake, and by what. No {@code toString} shows a secret. */
sealed interface SnowflakeLogin {
  /** Returns the user's name. */
  String user();

  /** Returns what logs the user in, for people. */
  String means();

  /** Adds the user and the secret to the properties of the driver. */
  void addTo(Properties properties);

  /** Returns the configuration with the user and the secret. */
  DataSourceConfiguration in(DataSourceConfiguration configuration);

  /** A service user's key pair. */
  record KeyPair(String user, PrivateKey key) implements SnowflakeLogin {
    @Override
    public String means() {
      return "key pair";
    }

    @Override
    public void addTo(Properties properties) {
      properties.setProperty("user", user);
      properties.put("privateKey", key);
    }

    @Override
    public DataSourceConfiguration in(DataSourceConfiguration configuration) {
      return configuration.withKeyPairAuth(user, key);
    }

    @Override
    public String toString() {
      return user + " by " + means();
    }
  }

  /** A programmatic access token. */
  record AccessToken(String user, String token) implements SnowflakeLogin {
    @Override
    public String means() {
      return "programmatic access token";
    }

    @Override
    public void addTo(Properties properties) {
      properties.setProperty("user", user);
      properties.setProperty("authenticator", "programmatic_access_token");
      properties.setProperty("token", token);
    }

    /** SnowflakeIO does not know such tokens; Snowflake takes them in the place of a password. */
    @Override
    public DataSourceConfiguration in(DataSourceConfiguration configuration) {
      return configuration.withUsernamePasswordAuth(user, token);
    }

    @Override
    public String toString() {
      return user + " by " + means();
    }
  }

  /** An access token of an OAuth server that Snowflake trusts. It ends, in minutes mostly. */
  record OAuthToken(String user, String token) implements SnowflakeLogin {
    @Override
    public String means() {
      return "OAuth token";
    }

    @Override
    public void addTo(Properties properties) {
      properties.setProperty("user", user);
      properties.setProperty("authenticator", "oauth");
      properties.setProperty("token", token);
    }

    @Override
    public DataSourceConfiguration in(DataSourceConfiguration configuration) {
      return configuration.withOAuth(token);
    }

    @Override
    public String toString() {
      return user + " by " + means();
    }
  }

  /** A password, which only an emulator takes. */
  record Password(String user, String password) implements SnowflakeLogin {
    @Override
    public String means() {
      return "password";
    }

    @Override
    public void addTo(Properties properties) {
      properties.setProperty("user", user);
      properties.setProperty("password", password);
    }

    @Override
    public DataSourceConfiguration in(DataSourceConfiguration configuration) {
      return configuration.withUsernamePasswordAuth(user, password);
    }

    @Override
    public String toString() {
      return user + " by " + means();
    }
  }

  /**
   * Returns the login that the environment describes.
   *
   * @param loopback whether the server is on this machine, an emulator: only it takes a password
   * @throws InputException if the user or the secret is missing, there is more than one secret, or
   *     it cannot be used
   */
  static SnowflakeLogin of(SnowflakeVariables variables, boolean loopback) {
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
          SnowflakeVariables.PRIVATE_KEY + "_FILE",
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
      case SnowflakeVariables.TOKEN -> new AccessToken(user, secret.text());
      case SnowflakeVariables.OAUTH_TOKEN -> new OAuthToken(user, secret.text());
      default -> password(user, secret, loopback);
    };
  }

  private static KeyPair keyPair(String user, Secret key, SnowflakeVariables variables) {
    Optional<String> passphrase = variables.secret(SnowflakeVariables.PASSPHRASE).map(Secret::text);
    return new KeyPair(user, PrivateKeyText.read(key.text(), key.origin(), passphrase));
  }

  private static Password password(String user, Secret password, boolean loopback) {
    if (!loopback) {
      throw new InputException(
          SnowflakeVariables.PASSWORD,
          "Snowflake lets no service user in by a password alone",
          "Unset it, and set "
              + SnowflakeVariables.PRIVATE_KEY
              + "_FILE to the file of a key pair's private key");
    }
    return new Password(user, password.text());
  }
}
