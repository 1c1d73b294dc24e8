package io.autopulse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Python with the packages of a requirements file: a virtual environment that is made once for what
 * the file says, and made anew when it says something else. It gets its name when it is complete,
 * so one whose making was interrupted is never used.
 *
 * @param interpreter its {@code python}
 */
public record PythonEnvironment(Path interpreter) {
  private static final long MINUTES = 10;
  private static final String UV = "uv==0.13.9";
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
      install(needed, started.resolve("bin/python").toString(), requirements);
      Files.move(started, environment, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(started);
    }
  }

  // uv takes a third of the time that pip takes, but asks PyPI only. pip knows a site's own index,
  // wheels and certificates, and does what uv could not.
  private static void install(String needed, String python, Path requirements) throws IOException {
    String list = requirements.toString();
    run(needed, python, "-m", "pip", "install", "--quiet", "--no-compile", UV);
    try {
      run(needed, python, "-m", "uv", "pip", "install", "--quiet", "--python", python, "-r", list);
    } catch (IllegalStateException e) {
      run(needed, python, "-m", "pip", "install", "--quiet", "--no-compile", "-r", list);
    }
  }

  private static void run(String needed, String... command) throws IOException {
    Path log = Files.createTempFile("python", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s\n%s failed:\n%s".formatted(needed, List.of(command), Files.readString(log)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new IllegalStateException(needed, e);
    } finally {
      Files.delete(log);
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
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, new Deleting());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
