package io.autopulse.source.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Opens text files of any Beam file system as streams of UTF-8 or single-byte text: unzipped,
 * without a byte order mark.
 */
public final class TextFiles {
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private TextFiles() {}

  /**
   * Opens a file from its beginning, in the bytes of its own charset if that is ASCII-compatible,
   * else in UTF-8.
   */
  public static InputStream open(String path, FileFormat format) throws IOException {
    return text(unzipped(path), format);
  }

  /** Returns the text of unzipped bytes, as {@link #open} does. */
  public static InputStream text(InputStream bytes, FileFormat format) throws IOException {
    return withoutByteOrderMark(
        format.isAsciiCompatible() ? bytes : new Transcoder(bytes, format.decoder()));
  }

  /** Opens the bytes of a file, unzipped if they are gzip's, whatever the file's name is. */
  public static InputStream unzipped(String path) throws IOException {
    InputStream bytes =
        new BufferedInputStream(Channels.newInputStream(FileSystems.open(resource(path))), 1 << 16);
    try {
      return isGzip(bytes) ? new GzipCompressorInputStream(bytes, true) : bytes;
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /** Returns whether the bytes of an opened file are unzipped on their way. */
  public static boolean isUnzipped(InputStream unzipped) {
    return unzipped instanceof GzipCompressorInputStream;
  }

  private static boolean isGzip(InputStream bytes) throws IOException {
    bytes.mark(2);
    boolean gzip = bytes.read() == GZIP_MAGIC_1 && bytes.read() == GZIP_MAGIC_2;
    bytes.reset();
    return gzip;
  }

  /** Opens a plain file of an ASCII-compatible charset at a byte. */
  public static ReadableByteChannel openAt(String path, long position) throws IOException {
    ReadableByteChannel channel = FileSystems.open(resource(path));
    if (channel instanceof SeekableByteChannel seekable && position < seekable.size()) {
      seekable.position(position);
    } else {
      // In S3 no position is the file's end, where the records of one with a header only begin.
      skip(channel, position);
    }
    return channel;
  }

  // The file of this very name: brackets and stars in it are no pattern.
  private static ResourceId resource(String path) {
    return FileSystems.matchNewResource(path, false);
  }

  private static void skip(ReadableByteChannel channel, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (long left = bytes; left > 0; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      int read = channel.read(buffer);
      if (read < 0) {
        throw new IOException("the file ends before byte " + bytes);
      }
      left -= read;
    }
  }

  private static InputStream withoutByteOrderMark(InputStream text) throws IOException {
    byte[] head = text.readNBytes(3);
    boolean mark =
        head.length == 3
            && head[0] == (byte) 0xef
            && head[1] == (byte) 0xbb
            && head[2] == (byte) 0xbf;
    return mark ? text : new SequenceInputStream(new ByteArrayInputStream(head), text);
  }
}
