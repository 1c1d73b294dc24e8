package io.autopulse.sink.staging.parquet;

import java.io.Closeable;
import java.io.IOException;

/** Writes blocks of rows of one kind to a Parquet file. Not safe for use by several threads. */
public interface ParquetRows extends Closeable {
  /** Adds the rows of a block. */
  void add(byte[] block) throws IOException;

  /** Writes what is left and the footer, and closes the channel. */
  @Override
  void close() throws IOException;
}
