package io.autopulse.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autopulse.testing.snowflake.SnowflakeEmulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Looks at the TCP connections of processes, every few milliseconds, for such as leave the loopback
 * interface. It reads {@code /proc}, so it sees nothing on other systems than Linux; a connection
 * that is refused at once may be too short to be seen, one that waits for an answer is not.
 */
public final class LoopbackWatch implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");

  private final List<Long> processes;
  private final Set<String> local = new ConcurrentSkipListSet<>();
  private final Set<String> foreign = new ConcurrentSkipListSet<>();
  private final Thread watcher = new Thread(this::watch, "loopback-watch");
  private volatile boolean ended;

  private LoopbackWatch(List<Long> processes) {
    this.processes = processes;
    watcher.setDaemon(true);
    watcher.start();
  }

  /**
   * Begins to watch this process and those of an emulator; a test that wants it is left out, and
   * says so, on a system without {@code /proc}: elsewhere a process cannot look at its connections.
   */
  public static LoopbackWatch start(SnowflakeEmulator snowflake) {
    assumeTrue(
        Files.isReadable(PROC.resolve("self/net/tcp")), "connections can be watched on Linux only");
    Stream<Long> others = snowflake.processes().stream().map(ProcessHandle::pid);
    return new LoopbackWatch(
        Stream.concat(Stream.of(ProcessHandle.current().pid()), others).toList());
  }

  /** Makes sure that there were connections, and none to another machine. */
  public void assertNobodyElseWasCalled() {
    assertThat("remote ends elsewhere", foreign, is(empty()));
    assertThat("remote ends on the loopback interface", local, is(not(empty())));
  }

  private void watch() {
    while (!ended) {
      for (long process : processes) {
        look(PROC.resolve(String.valueOf(process)));
      }
      AutopulseJar.pause(5);
    }
  }

  private void look(Path process) {
    try {
      Set<String> own = sockets(process.resolve("fd"));
      for (String table : List.of("net/tcp", "net/tcp6")) {
        for (String line : Files.readAllLines(process.resolve(table))) {
          note(line.strip().split("\\s+"), own);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The process has ended, or a table has gone while it was read: the next look shows more.
    }
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> links = Files.list(descriptors)) {
      for (Path link : (Iterable<Path>) links::iterator) {
        try {
          sockets.add(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
          // Closed since.
        }
      }
    }
    return sockets;
  }

  /** A line: its third field is the remote end in hex, its tenth the socket. */
  private void note(String[] fields, Set<String> own) {
    if (fields.length < 10 || !own.contains("socket:[" + fields[9] + "]")) {
      return;
    }
    String remote = fields[2].substring(0, fields[2].indexOf(':'));
    if (remote.matches("0+")) {
      return;
    }
    boolean loopback =
        remote.matches("[0-9A-F]{6}7F")
            || remote.matches("0{16}FFFF0000[0-9A-F]{6}7F")
            || remote.matches("0{24}01000000");
    (loopback ? local : foreign).add(fields[2]);
  }

  @Override
  public void close() {
    ended = true;
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
