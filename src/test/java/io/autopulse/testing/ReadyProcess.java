package io.autopulse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server in a process of its own that prints {@code READY} and its ports. It ends with this JVM,
 * however that ends: its standard input is a pipe that it reads to the end.
 */
public final class ReadyProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String READY = "READY ";

  private final Process process;
  private final JsonNode ports;

  private ReadyProcess(Process process, JsonNode ports) {
    this.process = process;
    this.ports = ports;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param builder whose output goes to the log
   * @param log what is shown of a server that does not start
   */
  public static ReadyProcess start(ProcessBuilder builder, Path log) throws IOException {
    Process process = builder.start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean ended = !process.isAlive();
      Optional<String> ready = readyLine(log);
      if (ready.isPresent()) {
        return new ReadyProcess(process, new ObjectMapper().readTree(ready.get()));
      }
      if (ended || System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException(
            builder.command() + " is not ready; it said:\n" + Files.readString(log));
      }
      AutopulseJar.pause(50);
    }
  }

  private static Optional<String> readyLine(Path log) throws IOException {
    String text = Files.readString(log);
    return text.lines()
        .limit(text.endsWith("\n") ? Long.MAX_VALUE : Math.max(0, text.lines().count() - 1))
        .filter(line -> line.startsWith(READY))
        .map(line -> line.substring(READY.length()))
        .findFirst();
  }

  /** Returns a port that it listens on. */
  public int port(String name) {
    return ports.get(name).asInt();
  }

  /** Returns the process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Kills it as {@code kill -9} does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
