package io.autopulse.warehouse.duckdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a DuckDB file is opened.
 *
 * @param readOnly whether nothing may be written; the file must exist
 * @param confined whether statements may touch no other file, and no setting
 * @param memoryLimit DuckDB's {@code memory_limit}, such as {@code 4GB}; absent: DuckDB's own
 *     default
 * @param tempDirectory where DuckDB spills what does not fit in memory; absent: beside the file
 * @param lockWait how long to wait while another process holds the file; zero: not at all
 * @param progress told, once a holder, who holds the file
 * @param holder who opens it, such as {@code run r20240131_235959_9f03ab}, for those who wait for
 *     it
 */
public record DuckDbSettings(
    boolean readOnly,
    boolean confined,
    Optional<String> memoryLimit,
    Optional<Path> tempDirectory,
    Duration lockWait,
    Consumer<String> progress,
    Optional<String> holder) {
  /** For runs: writes, and waits up to ten minutes for its turn. */
  public static final DuckDbSettings RUN =
      new DuckDbSettings(
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Duration.ofMinutes(10),
          message -> {},
          Optional.empty());

  /** For queries at a terminal: reads, and waits no longer than a person does. */
  public static final DuckDbSettings QUERY =
      RUN.withReadOnly(true).withLockWait(Duration.ofSeconds(10));

  /** For serving copies: reads, and writes files beside. */
  public static final DuckDbSettings COPY = QUERY.withConfined(false);

  /** Checks the patience. */
  public DuckDbSettings {
    if (lockWait.isNegative()) {
      throw new IllegalArgumentException("the wait for the lock is negative: " + lockWait);
    }
  }

  /** Returns these settings with another access mode: one that reads is confined. */
  public DuckDbSettings withReadOnly(boolean value) {
    return new DuckDbSettings(value, value, memoryLimit, tempDirectory, lockWait, progress, holder);
  }

  private DuckDbSettings withConfined(boolean value) {
    return new DuckDbSettings(
        readOnly, value, memoryLimit, tempDirectory, lockWait, progress, holder);
  }

  /** Returns these settings with a memory limit. */
  public DuckDbSettings withMemoryLimit(String value) {
    return new DuckDbSettings(
        readOnly, confined, Optional.of(value), tempDirectory, lockWait, progress, holder);
  }

  /** Returns these settings with a directory to spill to. */
  public DuckDbSettings withTempDirectory(Path value) {
    return new DuckDbSettings(
        readOnly, confined, memoryLimit, Optional.of(value), lockWait, progress, holder);
  }

  /** Returns these settings with another patience. */
  public DuckDbSettings withLockWait(Duration value) {
    return new DuckDbSettings(
        readOnly, confined, memoryLimit, tempDirectory, value, progress, holder);
  }

  /** Returns these settings with another listener for who holds the file. */
  public DuckDbSettings withProgress(Consumer<String> value) {
    return new DuckDbSettings(
        readOnly, confined, memoryLimit, tempDirectory, lockWait, value, holder);
  }

  /** Returns these settings for a holder that says who it is. */
  public DuckDbSettings heldBy(String name) {
    return new DuckDbSettings(
        readOnly, confined, memoryLimit, tempDirectory, lockWait, progress, Optional.of(name));
  }
}
