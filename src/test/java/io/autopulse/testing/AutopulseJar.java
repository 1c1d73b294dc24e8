package io.autopulse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The jar that {@code mvn package} made, run as a user runs it: {@code java -jar} in a child
 * process.
 *
 * @param folder where it is started
 * @param environment variables to set in addition to this process's own
 * @param options of the JVM
 */
public record AutopulseJar(Path folder, Map<String, String> environment, List<String> options) {
  /** No sign of anything but a child that hangs: a busy machine takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * Returns the jar, to be started in a folder, for a short life: with less than half the CPU of a
   * plain start.
   */
  public static AutopulseJar in(Path folder) {
    return new AutopulseJar(
        folder,
        Map.of(),
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:SharedArchiveFile=" + ClassArchive.FILE));
  }

  /** Returns the jar, to be started in a folder without any option. */
  public static AutopulseJar plain(Path folder) {
    return new AutopulseJar(folder, Map.of(), List.of());
  }

  /** Returns the jar, to be started with another environment. */
  public AutopulseJar with(Map<String, String> variables) {
    return new AutopulseJar(folder, variables, options);
  }

  /** Returns the jar's file. */
  public static Path file() {
    String file = System.getProperty("autopulse.jar");
    if (file == null || !Files.isRegularFile(Path.of(file))) {
      throw new IllegalStateException(
          "the system property autopulse.jar names no jar: run mvn verify, or mvn package first");
    }
    return Path.of(file);
  }

  /** Returns the jar's class archive, which {@code bin/class-archive} makes once a build. */
  public static Path archive() {
    return ClassArchive.FILE;
  }

  /** The jar's class archive, made once a build. */
  private static final class ClassArchive {
    static final Path FILE = make();

    private static Path make() {
      Path archive = file().resolveSibling(file().getFileName().toString().replace(".jar", ".jsa"));
      try {
        Turn.take(
            archive,
            () -> {
              if (!Files.exists(archive)
                  || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(file()))
                      <= 0) {
                dump();
              }
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return archive;
    }

    private static void dump() {
      Path project = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
      List<String> command = List.of(project.resolve("bin/class-archive").toString());
      Map<String, String> variables =
          Map.of("AUTOPULSE_JAR", file().toString(), "JAVA_HOME", System.getProperty("java.home"));
      Call.start(command, command, project, variables).await().mustExit(0);
    }
  }

  /** Starts a command. */
  public Call start(String... arguments) {
    return startBy(List.of(), arguments);
  }

  /**
   * Starts a command by a program that becomes it.
   *
   * @param launcher takes a command as its last words, as {@code env} does
   */
  public Call startBy(List<String> launcher, String... arguments) {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-jar");
    command.add(file().toString());
    command.addAll(List.of(arguments));
    return Call.start(command, List.of(arguments), folder, environment);
  }

  /** Runs a command to its end. */
  public Result run(String... arguments) {
    return start(arguments).await();
  }

  /** Runs a command that must succeed. */
  public Result succeed(String... arguments) {
    return run(arguments).mustExit(0);
  }

  /**
   * A command that was started.
   *
   * @param arguments the command line
   * @param process the child
   * @param out the file of its standard output
   * @param err the file of its standard error
   * @param startedNanos when, by {@link System#nanoTime}
   */
  public record Call(
      List<String> arguments, Process process, Path out, Path err, long startedNanos) {
    /** Starts a program in a folder, with variables beside this process's own. */
    public static Call start(
        List<String> command,
        List<String> arguments,
        Path folder,
        Map<String, String> environment) {
      try {
        Path out = Files.createTempFile("autopulse", ".out");
        Path err = Files.createTempFile("autopulse", ".err");
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // As bin/autopulse does: tests pass whatever the locale of their caller.
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return new Call(arguments, builder.start(), out, err, System.nanoTime());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for the end, and ends the child if it does not come. */
    public Result await() {
      try {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              arguments + " did not end within " + PATIENCE + "\n" + errSoFar());
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      double seconds = (System.nanoTime() - startedNanos) / 1e9;
      Result result = new Result(arguments, process.exitValue(), text(out), text(err), seconds);
      delete();
      return result;
    }

    /** Waits until the standard error holds a text; returns whether it came before the end. */
    public boolean awaitErr(String text) {
      return await(err, text);
    }

    /** Waits until the standard output holds a text; returns whether it came before the end. */
    public boolean awaitOut(String text) {
      return await(out, text);
    }

    private boolean await(Path said, String text) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < deadline) {
        boolean ended = !process.isAlive();
        if (text(said).contains(text)) {
          return true;
        }
        if (ended) {
          return false;
        }
        pause(5);
      }
      throw new AssertionError(arguments + " did not say " + text + "\n" + errSoFar());
    }

    /** Kills the child as {@code kill -9} does; returns whether it was still running. */
    public boolean kill() {
      boolean running = process.isAlive();
      process.destroyForcibly();
      await();
      return running;
    }

    /** Returns what the standard error holds so far. */
    public String errSoFar() {
      return text(err);
    }

    private void delete() {
      try {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String text(Path file) {
      try {
        return new String(Files.readAllBytes(file), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * How a command ended.
   *
   * @param arguments the command line
   * @param exitCode the child's exit code
   * @param out its standard output
   * @param err its standard error
   * @param seconds the wall time
   */
  public record Result(
      List<String> arguments, int exitCode, String out, String err, double seconds) {
    /** Checks the exit code; a failure shows what the child said. */
    public Result mustExit(int expected) {
      assertThat(arguments + "\n" + out + err, exitCode, is(expected));
      return this;
    }
  }

  /** Sleeps. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
