package io.autopulse.warehouse;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment, where alone secrets come from: the secret {@code NAME} is in the variable of
 * that name, or in the file that {@code NAME_FILE} names. An empty variable is one that is not set.
 * A file is read at each call, so that a new secret in it counts at once.
 */
public final class SecretVariables {
  /** Behind the name of a secret: the variable with the path of its file. */
  public static final String FILE = "_FILE";

  /** Longer than any key or token: a file of this size was named by mistake. */
  private static final long LONGEST_SECRET = 64 * 1024;

  private final Map<String, String> environment;

  /** Makes a view of an environment; no file is read yet. */
  public SecretVariables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Returns a variable's value without white space at its ends. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * Returns a secret and where it came from.
   *
   * @throws InputException if both variables are set, or the file cannot be read; its message holds
   *     no secret
   */
  public Optional<Secret> secret(String name) {
    String fileVariable = name + FILE;
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
  public record Secret(String text, String origin) {
    @Override
    public String toString() {
      return "the secret in " + origin;
    }
  }
}
