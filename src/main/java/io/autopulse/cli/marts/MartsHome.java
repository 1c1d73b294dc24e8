package io.autopulse.cli.marts;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Autopulse keeps what it makes once for a user: {@code AUTOPULSE_HOME}, or {@code autopulse}
 * in the user's folder of caches. All of it can be deleted at any time.
 *
 * @param folder the folder
 */
record MartsHome(Path folder) {
  private static final String VARIABLE = "AUTOPULSE_HOME";

  /**
   * Returns the folder that the environment names.
   *
   * @param environment the variables
   * @param user the home of the user
   */
  static MartsHome of(Map<String, String> environment, Path user) {
    return new MartsHome(
        value(environment, VARIABLE)
            .map(Path::of)
            .orElseGet(
                () ->
                    value(environment, "XDG_CACHE_HOME")
                        .map(Path::of)
                        .orElse(user.resolve(".cache"))
                        .resolve("autopulse"))
            .toAbsolutePath());
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Returns where Python's packages are installed, a folder for each list of them. */
  Path python() {
    return made(folder.resolve("python"));
  }

  /**
   * Returns the folder of a build.
   *
   * @param build the build's id
   */
  Path build(String build) {
    return made(folder.resolve("marts").resolve(build));
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder.toString(),
          "this folder cannot be made (" + e.getClass().getSimpleName() + ")",
          "Name one that this user may write by " + VARIABLE,
          e);
    }
  }
}
