package io.autopulse.operations.job;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a job: one process at a time runs it. The file {@code STATE/locks/JOB.lock} is locked
 * by the operating system, which lets it go with the process, whatever ends that; it says who holds
 * it.
 */
final class JobLock implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final FileChannel channel;
  private final boolean waited;

  private JobLock(FileChannel channel, boolean waited) {
    this.channel = channel;
    this.waited = waited;
    holder("");
  }

  /**
   * Takes the lock of a job, and waits for it if another process holds it.
   *
   * @param patience how long to wait
   * @param progress told once who holds it
   * @throws TransientException if it is still held when the patience ends
   * @throws InputException if the state folder cannot be used
   */
  static JobLock take(Path state, String job, Duration patience, Consumer<String> progress) {
    Path file = state.resolve("locks").resolve(job + ".lock");
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean waited = false;
      while (lock(channel) == null) {
        String holder = Files.readString(file).strip();
        if (System.nanoTime() >= deadline) {
          channel.close();
          throw new TransientException(
              file.toString(),
              "job " + job + " is run by " + holder + "; waited " + patience.toSeconds() + " s",
              "Let it end, or stop it, and start again");
        }
        if (!waited) {
          progress.accept("waiting for job " + job + ", run by " + holder);
          waited = true;
        }
        Thread.sleep(POLL.toMillis());
      }
      return new JobLock(channel, waited);
    } catch (IOException e) {
      throw new InputException(
          file.toString(),
          "cannot be locked",
          "Give the state folder to the user that runs jobs, on a disk that has locks",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(file.toString(), "interrupted while waiting for the lock", "");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Tells whether another process held the lock first. */
  boolean waited() {
    return waited;
  }

  /** Says which runs the process holds the lock for. */
  void holder(String runIds) {
    RunningProcess process = RunningProcess.current();
    write(
        "process "
            + process.processId()
            + " on "
            + process.host()
            + (runIds.isEmpty() ? "" : ", run " + runIds));
  }

  // A message for people; that it cannot be written is no reason not to run.
  private void write(String holder) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((holder + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
