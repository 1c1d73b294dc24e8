package io.autopulse.sink;

import io.autopulse.domain.sale.LittleEndian;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * Staged files: blocks one after the other, each an {@code int} length (little endian) and its
 * bytes.
 */
final class BlockFiles {
  /** The end of a staged file's name. */
  static final String SUFFIX = ".blocks";

  private static final String INDEX = "index";
  private static final String BRANCH = "--";

  private BlockFiles() {}

  /**
   * Where a block stands.
   *
   * @param file the staged file
   * @param position of the block's first byte, after its length
   * @param length in bytes
   */
  record Location(Path file, long position, int length) {
    byte[] read() throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      try (FileChannel channel = FileChannel.open(file)) {
        fill(channel, buffer, position);
      }
      return buffer.array();
    }
  }

  /** Creates a file of a run's staging, on any file system that Beam knows. */
  static WritableByteChannel create(String staging, String file) throws IOException {
    return FileSystems.create(
        FileSystems.matchNewResource(staging + "/" + file, false), MimeTypes.BINARY);
  }

  /** Returns the name of the index of what one branch of a pipeline stages for a table. */
  static String index(String table, String branch) {
    return INDEX + "/" + table + BRANCH + branch.replace(' ', '-');
  }

  /**
   * Returns where all blocks of a table stand that the indexes of the run's staging name; none
   * without an index.
   */
  static List<Location> locate(Path staging, String table) {
    Path indexes = staging.resolve(INDEX);
    List<Location> locations = new ArrayList<>();
    if (!Files.isDirectory(indexes)) {
      return locations;
    }
    try (Stream<Path> entries = Files.list(indexes)) {
      for (Path index : entries.sorted().toList()) {
        if (index.getFileName().toString().startsWith(table + BRANCH)) {
          for (String file : Files.readAllLines(index)) {
            locate(staging.resolve(file), locations);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return locations;
  }

  private static void locate(Path file, List<Location> locations) throws IOException {
    byte[] length = new byte[4];
    try (FileChannel channel = FileChannel.open(file)) {
      long at = 0;
      while (at < channel.size()) {
        fill(channel, ByteBuffer.wrap(length), at);
        int bytes = LittleEndian.getInt(length, 0);
        locations.add(new Location(file, at + 4, bytes));
        at += 4L + bytes;
      }
      if (at != channel.size()) {
        throw new EOFException("the staged file " + file + " ends within a block");
      }
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, at);
      if (n < 0) {
        throw new EOFException("the staged file ends within a block");
      }
      at += n;
    }
  }
}
