package io.autopulse.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What one of the tests' JVMs does at a time: the others wait, rather than do the same again. */
final class Turn {
  private Turn() {}

  /** What is done in a turn. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Waits for the turn, and does something.
   *
   * @param made what is made: the turn is a lock of the file of that name and {@code .lock}
   */
  static void take(Path made, Work work) throws IOException {
    Path lock = made.resolveSibling(made.getFileName() + ".lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      work.run();
    }
  }
}
