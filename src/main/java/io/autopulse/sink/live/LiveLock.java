package io.autopulse.sink.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.problem.InputException;
import io.autopulse.warehouse.runs.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to run the job of a live folder: one process at a time has it. The lock is the
 * operating system's, so that it goes with a process that is killed; the file says for people who
 * has it.
 */
public final class LiveLock implements AutoCloseable {
  private final FileChannel file;

  private LiveLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock of a folder, which is made if it is absent.
   *
   * @param now when the run starts
   * @throws InputException if another run has it
   */
  public static LiveLock take(LiveFolder folder, String job, Instant now) {
    Path path = folder.root().resolve("lock");
    FileChannel file = null;
    try {
      Files.createDirectories(folder.root());
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(file)) {
        file.close();
        throw new InputException(
            folder.root().toString(),
            "the live job of this folder runs already: " + Files.readString(path).strip(),
            "End it first, or give this job a folder of its own: live.folder");
      }
      RunningProcess process = RunningProcess.current();
      file.truncate(0);
      file.write(
          ByteBuffer.wrap(
              "job %s in process %d on %s, since %s%n"
                  .formatted(job, process.processId(), process.host(), now)
                  .getBytes(UTF_8)));
      return new LiveLock(file);
    } catch (IOException e) {
      close(file);
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTaken(FileChannel file) throws IOException {
    try {
      return file.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private static void close(@Nullable FileChannel file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // The first problem is told.
      }
    }
  }

  @Override
  public void close() {
    close(file);
  }
}
