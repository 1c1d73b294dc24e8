package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables that say how to reach Snowflake. Secrets are read from nowhere else
 * than these and the files that they name. An empty variable is one that is not set.
 */
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

  /** Longer than any key or token: a file of this size was named by mistake. */
  private static final long LONGEST_SECRET = 64 * 1024;

  private final Map<String, String> environment;

  SnowflakeVariables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Returns a variable's value without white space at its ends. */
  Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * Returns a secret and where it came from: the variable, or the file that the variable with
   * {@code _FILE} at its end names.
   *
   * @throws InputException if both are set, or the file cannot be read
   */
  Optional<Secret> secret(String name) {
    String fileVariable = name + "_FILE";
    Optional<String> value = value(name);
    Optional<String> file = value(fileVariable);
    if (value.isPresent() && file.isPresent()) {
      throw new InputException(
          name, "it is set beside " + fileVariable, "Set one of them, and unset the other");
    }
    return value
        .map(text -> new Secret(text, name))
        .or(() -> file.map(path -> new Secret(read(path, fileVariable), path)));
  }

  private static String read(String file, String variable) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > LONGEST_SECRET) {
        throw new InputException(
            variable, "the file " + file + " is too long to hold a secret", "Name another file");
      }
      String text = Files.readString(path).strip();
      if (text.isEmpty()) {
        throw new InputException(variable, "the file " + file + " is empty", "Name another file");
      }
      return text;
    } catch (NoSuchFileException | InvalidPathException e) {
      throw unreadable(variable, "there is no file " + file, e);
    } catch (IOException e) {
      // What the exception says may be no more than the path.
      String problem = "the file " + file + " cannot be read (" + e.getClass().getSimpleName();
      throw unreadable(variable, problem + ")", e);
    }
  }

  private static InputException unreadable(String variable, String problem, Exception cause) {
    return new InputException(variable, problem, "Name a file that this user may read", cause);
  }

  /**
   * A secret that was set.
   *
   * @param text the secret
   * @param origin the variable or the file that held it, for messages
   */
  record Secret(String text, String origin) {
    @Override
    public String toString() {
      return "the secret in " + origin;
    }
  }
}
