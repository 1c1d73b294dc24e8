package io.autopulse.testing;

import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Node with the packages of {@code src/test/node/package-lock.json}, and a browser for it. */
public final class NodeEnvironment {
  private static final Path SCRIPTS = Path.of("src/test/node");
  private static final Path FOLDER = Path.of("target/node");
  private static final String NEEDED =
      "This test needs Node 20 or later with npm, and the packages of src/test/node/package-lock.json from a registry that npm knows. On Debian: apt-get install nodejs npm";

  private NodeEnvironment() {}

  /** Returns Chromium's program. */
  public static Path chromium() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "This test needs Chromium, on Debian: apt-get install chromium"));
  }

  /** Runs a script of {@code src/test/node} and returns what it says. */
  public static String run(String script, List<String> arguments) throws IOException {
    Files.createDirectories(FOLDER);
    Turn.take(FOLDER, NodeEnvironment::install);
    for (String file : List.of(script, "checks.mjs")) {
      Files.copy(SCRIPTS.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(arguments);
    return run(command);
  }

  private static void install() throws IOException {
    Path lock = SCRIPTS.resolve("package-lock.json");
    Path installed = FOLDER.resolve("installed-lock.json");
    if (Files.exists(installed) && Files.mismatch(lock, installed) < 0) {
      return;
    }
    for (String file : List.of("package.json", "package-lock.json")) {
      Files.copy(SCRIPTS.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
    Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String run(List<String> command) {
    Result result = Call.start(command, command, FOLDER, Map.of()).await();
    if (result.exitCode() != 0) {
      throw new IllegalStateException(
          NEEDED + "\n" + command + " said:\n" + result.out() + result.err());
    }
    return result.out();
  }
}
