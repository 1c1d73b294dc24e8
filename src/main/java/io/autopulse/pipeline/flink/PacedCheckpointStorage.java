package io.autopulse.pipeline.flink;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStorageAccess;
import org.apache.flink.runtime.state.CheckpointStorageFactory;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStorageAccess;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;

/**
 * Flink's checkpoints in files, written at a pace that leaves the cores to the job. State in the
 * heap is written whole and by a thread a task: for a second or two they all but stop a machine
 * that has few cores. Here they take a third of one core together, and a checkpoint lasts longer.
 */
public final class PacedCheckpointStorage extends FileSystemCheckpointStorage {
  private static final long serialVersionUID = 1L;

  private PacedCheckpointStorage(Path directory, int threshold, int bufferSize) {
    super(directory, threshold, bufferSize);
  }

  /** Named by {@code state.checkpoint-storage}. */
  public static final class Factory implements CheckpointStorageFactory<PacedCheckpointStorage> {
    @Override
    public PacedCheckpointStorage createFromConfig(ReadableConfig config, ClassLoader loader) {
      return new PacedCheckpointStorage(
          new Path(config.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)),
          (int) config.get(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD).getBytes(),
          config.get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE));
    }
  }

  @Override
  public CheckpointStorageAccess createCheckpointStorage(JobID job) throws IOException {
    return new FsCheckpointStorageAccess(
        getCheckpointPath(),
        getSavepointPath(),
        job,
        getMinFileSizeThreshold(),
        getWriteBufferSize()) {
      @Override
      public CheckpointStreamFactory resolveCheckpointStorageLocation(
          long checkpoint, CheckpointStorageLocationReference location) throws IOException {
        return new PacedStreams(super.resolveCheckpointStorageLocation(checkpoint, location));
      }
    };
  }

  private static final class PacedStreams implements CheckpointStreamFactory {
    private final CheckpointStreamFactory streams;

    PacedStreams(CheckpointStreamFactory streams) {
      this.streams = streams;
    }

    @Override
    public CheckpointStateOutputStream createCheckpointStateOutputStream(
        CheckpointedStateScope scope) throws IOException {
      return new PacedStream(streams.createCheckpointStateOutputStream(scope));
    }

    @Override
    public boolean canFastDuplicate(StreamStateHandle handle, CheckpointedStateScope scope)
        throws IOException {
      return streams.canFastDuplicate(handle, scope);
    }

    @Override
    public List<StreamStateHandle> duplicate(
        List<StreamStateHandle> handles, CheckpointedStateScope scope) throws IOException {
      return streams.duplicate(handles, scope);
    }
  }

  /** Rests after each stretch of work, the longer the more streams are open in this process. */
  private static final class PacedStream extends CheckpointStateOutputStream {
    private static final AtomicInteger OPEN = new AtomicInteger();

    /** Small state is written without a rest. */
    private static final int BYTES_OF_A_STRETCH = 1 << 17;

    /** All streams together take one core divided by this. */
    private static final long SHARES_OF_A_CORE = 3;

    private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final CheckpointStateOutputStream stream;
    private long stretch;
    private long begun = System.nanoTime();
    private boolean open = true;

    PacedStream(CheckpointStateOutputStream stream) {
      this.stream = stream;
      OPEN.incrementAndGet();
    }

    @Override
    public void write(int value) throws IOException {
      stream.write(value);
      rest(1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      stream.write(bytes, from, length);
      rest(length);
    }

    private void rest(int written) throws IOException {
      stretch += written;
      if (stretch < BYTES_OF_A_STRETCH) {
        return;
      }
      long rest = (System.nanoTime() - begun) * (SHARES_OF_A_CORE * OPEN.get() - 1);
      try {
        TimeUnit.NANOSECONDS.sleep(Math.min(rest, LONGEST_REST_NANOS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a checkpoint is written", e);
      }
      stretch = 0;
      begun = System.nanoTime();
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void sync() throws IOException {
      stream.sync();
    }

    @Override
    public StreamStateHandle closeAndGetHandle() throws IOException {
      ended();
      return stream.closeAndGetHandle();
    }

    @Override
    public void close() throws IOException {
      ended();
      stream.close();
    }

    private synchronized void ended() {
      if (open) {
        open = false;
        OPEN.decrementAndGet();
      }
    }
  }
}
