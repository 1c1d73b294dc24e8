package io.autopulse.cli.marts;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;

/**
 * A virtual environment of Python with the packages of a requirements file, made once for what the
 * file says. One whose making was interrupted is made anew, and of two that ask at once the second
 * waits.
 */
final class PythonPackages {
  static final String PYTHON = "AUTOPULSE_PYTHON";

  private static final String COMPLETE = "complete";

  /** Beside the requirements: CI, which has no jar yet, runs it too. */
  private static final String INSTALLER = "install.py";

  private static final String INSTALL =
      "Install Python 3.11 or later with its module venv, on Debian by: apt-get install python3-venv. Or name another Python by "
          + PYTHON;

  private PythonPackages() {}

  /**
   * Returns the environment's Python.
   *
   * @param requirements pip's requirements, every package with its version; beside them is what
   *     installs them
   * @param folder where environments are kept
   * @param environment the variables; {@code AUTOPULSE_PYTHON} names the Python that makes them
   * @param progress told what takes long
   * @throws InputException if there is no Python 3.11, or the packages cannot be installed
   */
  static Path interpreter(
      Path requirements, Path folder, Map<String, String> environment, Consumer<String> progress) {
    String name = digest(requirements);
    Path made = folder.resolve(name);
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      if (!Files.exists(made.resolve(COMPLETE))) {
        String python = environment.getOrDefault(PYTHON, "");
        make(python.isBlank() ? "python3" : python, requirements, made, progress);
        Files.createFile(made.resolve(COMPLETE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made.resolve("bin/python");
  }

  private static void make(String python, Path requirements, Path made, Consumer<String> progress)
      throws IOException {
    if (run(python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))").code() != 0) {
      throw new InputException(
          python, "the marts are built by dbt, which needs Python 3.11 or later", INSTALL);
    }
    progress.accept("installing dbt into " + made + ", once");
    FileUtils.deleteDirectory(made.toFile());
    succeed(python, run(python, "-m", "venv", made.toString()), INSTALL);
    succeed(
        "pip",
        run(
            made.resolve("bin/python").toString(),
            requirements.resolveSibling(INSTALLER).toString(),
            requirements.toString()),
        "dbt is installed from the registry that pip knows: look at the network and at pip's configuration");
  }

  private static void succeed(String place, Outcome outcome, String remedy) {
    if (outcome.code() != 0) {
      throw new InputException(place, "dbt cannot be installed: " + outcome.lastLine(), remedy);
    }
  }

  private static Outcome run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(command[0], "interrupted", "", e);
    } catch (IOException e) {
      return new Outcome(-1, String.valueOf(e.getMessage()));
    }
  }

  private static String digest(Path requirements) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
      return "dbt-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Outcome(int code, String output) {
    String lastLine() {
      List<String> lines = output.strip().lines().toList();
      return lines.isEmpty() ? "exit code " + code : lines.get(lines.size() - 1);
    }
  }
}
