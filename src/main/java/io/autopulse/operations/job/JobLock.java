package io.autopulse.operations.job;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The lock of a job: one process at a time runs it. The file {@code STATE/locks/JOB.lock} is locked
 * by the operating system, which lets it go with the process, whatever ends that; it says who holds
 * it.
 */
final class JobLock implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Path file;
  private final String job;
  private final FileChannel channel;

  private JobLock(Path file, String job, FileChannel channel) {
    this.file = file;
    this.job = job;
    this.channel = channel;
  }

  /**
   * Returns the lock of a job, which is not taken yet.
   *
   * @throws InputException if the state folder cannot be used
   */
  static JobLock of(Path state, String job) {
    Path file = state.resolve("locks").resolve(job + ".lock");
    try {
      Files.createDirectories(file.getParent());
      return new JobLock(
          file, job, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static InputException unusable(Path file, IOException e) {
    return new InputException(
        file.toString(),
        "cannot be locked",
        "Give the state folder to the user that runs jobs, on a disk that has locks",
        e);
  }

  /** Takes the lock unless another process holds it; whether it was taken. */
  boolean tryTake() {
    try {
      if (channel.tryLock() == null) {
        return false;
      }
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw unusable(file, e);
    }
    holder("");
    return true;
  }

  /**
   * Waits for the lock that another process holds, says so once, and takes it.
   *
   * @param patience how long to wait
   * @throws TransientException if it is still held when the patience ends
   * @throws InputException if the job is to end before that
   */
  void await(Duration patience, JobSurroundings surroundings) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    surroundings.say("waiting for job " + job + ", run by " + heldBy());
    do {
      if (System.nanoTime() >= deadline) {
        throw new TransientException(
            file.toString(),
            "job " + job + " is run by " + heldBy() + "; waited " + patience.toSeconds() + " s",
            "Let it end, or stop it, and start again");
      }
      if (surroundings.stop().pause(POLL)) {
        throw new InputException(file.toString(), "stopped while waiting for the lock", "");
      }
    } while (!tryTake());
  }

  private String heldBy() {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Says which runs the process holds the lock for. */
  void holder(String runIds) {
    RunningProcess process = RunningProcess.current();
    String holder = "process " + process.processId() + " on " + process.host();
    String text = holder + (runIds.isEmpty() ? "" : ", run " + runIds) + "\n";
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // A message for people; that it cannot be written is no reason not to run.
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
