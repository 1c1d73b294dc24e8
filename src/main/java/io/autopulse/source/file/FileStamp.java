package io.autopulse.source.file;

/**
 * By what a file that has changed is told from one that has not.
 *
 * @param bytes its size; {@link #NOTHING_THERE} for a link that leads nowhere
 * @param modifiedAt its last modification, milliseconds since 1970 by the clock of whoever wrote it
 */
public record FileStamp(long bytes, long modifiedAt) {
  /** The size of what a dangling link leads to. */
  public static final long NOTHING_THERE = -1;
}
