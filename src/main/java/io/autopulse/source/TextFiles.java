package io.autopulse.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Opens text files of any Beam file system as streams of UTF-8 or single-byte text: unzipped,
 * without a byte order mark.
 */
final class TextFiles {
  private static final int GZIP_MAGIC_1 = 0x1f;
  private static final int GZIP_MAGIC_2 = 0x8b;

  private TextFiles() {}

  /** Tells whether the file is gzip-compressed: by its name. */
  static boolean isGzip(String path) {
    return path.endsWith(".gz");
  }

  /**
   * Opens a file from its beginning, in the bytes of its own charset if that is ASCII-compatible,
   * else in UTF-8.
   */
  static InputStream open(String path, FileFormat format) throws IOException {
    InputStream bytes =
        new BufferedInputStream(Channels.newInputStream(FileSystems.open(resource(path))), 1 << 16);
    bytes.mark(2);
    boolean gzip = bytes.read() == GZIP_MAGIC_1 && bytes.read() == GZIP_MAGIC_2;
    bytes.reset();
    InputStream text = gzip ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    if (format.isAsciiCompatible()) {
      return withoutByteOrderMark(text);
    }
    return withoutByteOrderMark(new Utf8InputStream(new InputStreamReader(text, format.decoder())));
  }

  /** Opens a plain file of an ASCII-compatible charset at a byte. */
  static ReadableByteChannel openAt(String path, long position) throws IOException {
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

  /** Characters as UTF-8 bytes: for charsets that cannot be cut at ASCII bytes, such as UTF-16. */
  private static final class Utf8InputStream extends InputStream {
    private final Reader reader;
    private final char[] chars = new char[1 << 14];
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    Utf8InputStream(Reader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      return fill() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (!fill()) {
        return -1;
      }
      int n = Math.min(length, bytes.remaining());
      bytes.get(target, offset, n);
      return n;
    }

    private boolean fill() throws IOException {
      while (!bytes.hasRemaining()) {
        // A surrogate pair must not be cut: leave room for its second half.
        int n = reader.read(chars, 0, chars.length - 1);
        if (n < 0) {
          return false;
        }
        if (n > 0 && Character.isHighSurrogate(chars[n - 1])) {
          int low = reader.read();
          if (low >= 0) {
            chars[n++] = (char) low;
          }
        }
        bytes = UTF_8.encode(CharBuffer.wrap(chars, 0, n));
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
