package io.autopulse.testing;

import io.autopulse.testing.AutopulseJar.Call;
import io.autopulse.testing.AutopulseJar.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/**
 * Python with the packages of a requirements file: a virtual environment that is made once for what
 * the file says, and made anew when it says something else. It gets its name when it is complete,
 * so one whose making was interrupted is never used.
 *
 * @param interpreter its {@code python}
 */
public record PythonEnvironment(Path interpreter) {
  private static final Path INSTALLER =
      Path.of(System.getProperty("basedir", ""), "warehouse/dbt/install.py");
  private static final String NEEDED =
      "This test needs Python 3.11 or later with its module venv, and the packages of %s from a registry that pip knows. On Debian: apt-get install python3-venv";

  /**
   * Returns the environment of a requirements file.
   *
   * @param requirements pip's requirements, every package with its version
   * @param folder where environments are kept
   */
  public static PythonEnvironment of(Path requirements, Path folder) throws IOException {
    return of(requirements, folder, "python3");
  }

  /** For tests: another Python. */
  static PythonEnvironment of(Path requirements, Path folder, String python) throws IOException {
    Path environment = folder.resolve(digest(Files.readAllBytes(requirements)));
    Files.createDirectories(folder);
    Turn.take(
        folder,
        () -> {
          if (!Files.isDirectory(environment)) {
            make(python, requirements, environment);
          }
        });
    return new PythonEnvironment(environment.resolve("bin/python").toAbsolutePath());
  }

  private static void make(String python, Path requirements, Path environment) throws IOException {
    Path started = Files.createTempDirectory(environment.getParent(), "incomplete");
    String needed = NEEDED.formatted(requirements);
    try {
      run(
          needed,
          python,
          "-c",
          "import sys, venv; assert sys.version_info >= (3, 11), sys.version");
      run(needed, python, "-m", "venv", started.toString());
      String made = started.resolve("bin/python").toString();
      run(needed, made, INSTALLER.toString(), requirements.toString());
      Files.move(started, environment, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(started);
    }
  }

  private static void run(String needed, String... command) {
    List<String> line = List.of(command);
    try {
      Result result = Call.start(line, line, Path.of("."), Map.of()).await();
      if (result.exitCode() != 0) {
        throw new IllegalStateException(
            "%s\n%s failed:\n%s%s".formatted(needed, line, result.out(), result.err()));
      }
    } catch (UncheckedIOException e) {
      throw new IllegalStateException(needed, e);
    }
  }

  private static String digest(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a module to be run with this Python, its log in a file. */
  public ProcessBuilder module(String name, Path sources, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(interpreter.toString(), "-m", name)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONPATH", sources.toAbsolutePath().toString(),
                "PYTHONPYCACHEPREFIX", interpreter.resolveSibling("cache").toString()));
    return builder;
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void delete(Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
