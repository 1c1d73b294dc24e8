package io.autopulse.operations.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A step in a process of its own: what it says is passed on as it comes. */
final class RunningStep implements StepProcess {
  /** What a process has to end well after it was asked to. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Process process;
  private final List<Thread> pipes;

  /**
   * Starts a process.
   *
   * @throws IOException if it cannot be started
   */
  RunningStep(ProcessBuilder step, StepOutput output) throws IOException {
    process = step.start();
    process.getOutputStream().close();
    pipes =
        List.of(
            pipe(process.inputReader(UTF_8), output::print),
            pipe(process.errorReader(UTF_8), output::printError));
  }

  private static Thread pipe(BufferedReader from, Consumer<String> to) {
    Thread pipe = new Thread(() -> copy(from, to), "output of a step");
    pipe.setDaemon(true);
    pipe.start();
    return pipe;
  }

  private static void copy(BufferedReader from, Consumer<String> to) {
    try (from) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        to.accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean ends(Duration within) throws InterruptedException {
    if (!process.waitFor(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS)) {
      return false;
    }
    // A process that outlives it may hold its output.
    for (Thread pipe : pipes) {
      pipe.join(LAST_WORDS.toMillis());
    }
    return true;
  }

  @Override
  public int exitCode() {
    return process.exitValue();
  }

  /** Asks the process to end, and kills it if it does not, then what it has left running. */
  @Override
  public void stop() throws InterruptedException {
    List<ProcessHandle> started = process.descendants().toList();
    // Not Process.destroy: it closes the pipes, and the process cannot say its last words.
    process.toHandle().destroy();
    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
