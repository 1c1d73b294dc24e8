package io.autopulse.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.value.EscapedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Text of a charset as UTF-8 bytes. Bytes that the charset does not have are kept as {@link
 * EscapedBytes} writes them.
 */
public final class Transcoder extends InputStream {
  private static final int BUFFER = 1 << 14;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer read = ByteBuffer.allocate(BUFFER).limit(0);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER);
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private boolean ended;

  /** Opens the text of a stream, which may be in a charset that cannot be cut, such as UTF-16. */
  Transcoder(InputStream in, Charset charset) {
    this.in = in;
    decoder = charset.newDecoder();
  }

  /** Returns the first bytes of an array, text in a charset whose characters are single bytes. */
  public static byte[] utf8(byte[] text, int length, Charset charset) {
    String decoded = new String(text, 0, length, charset);
    if (!EscapedBytes.mayBeIn(decoded)) {
      return decoded.getBytes(UTF_8);
    }
    CharBuffer chars = CharBuffer.allocate(length);
    decode(charset.newDecoder(), ByteBuffer.wrap(text, 0, length), chars, true);
    return EscapedBytes.encode(chars.flip());
  }

  private static void decode(CharsetDecoder decoder, ByteBuffer in, CharBuffer out, boolean end) {
    CoderResult result = decoder.decode(in, out, end);
    while (result.isError()) {
      // What follows half of a surrogate pair is a character of its own, perhaps a line break.
      boolean half = result.isMalformed() && decoder.charset().name().contains("UTF-16");
      int bad = half ? Math.min(2, result.length()) : result.length();
      if (out.remaining() < bad) {
        return;
      }
      for (int i = 0; i < bad; i++) {
        out.put(EscapedBytes.escape(in.get()));
      }
      result = decoder.decode(in, out, end);
    }
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
      if (ended && !read.hasRemaining()) {
        return false;
      }
      read.compact();
      int n = in.read(read.array(), read.position(), read.remaining());
      ended |= n < 0;
      read.position(read.position() + Math.max(n, 0)).flip();
      chars.clear();
      decode(decoder, read, chars, ended);
      bytes = ByteBuffer.wrap(EscapedBytes.encode(chars.flip()));
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
