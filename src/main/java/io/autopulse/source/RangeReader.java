package io.autopulse.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.quality.RawBlock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads a range of a file as blocks of whole records, about a megabyte each. A record longer than
 * {@link #MOST_RECORD_BYTES} is cut at a line break: it is most likely a quote that is never
 * closed, and what follows must not be swallowed by it.
 */
final class RangeReader {
  /** Bytes of a block. */
  static final int BLOCK_BYTES = 1 << 20;

  /** The longest record. */
  static final int MOST_RECORD_BYTES = 4 << 20;

  private final FileFormat format;

  private final int blockBytes;
  private final int mostRecordBytes;

  RangeReader(FileFormat format) {
    this(format, BLOCK_BYTES, MOST_RECORD_BYTES);
  }

  /**
   * Makes a reader of smaller blocks.
   *
   * @param blockBytes the size of a block
   * @param mostRecordBytes the longest record
   */
  RangeReader(FileFormat format, int blockBytes, int mostRecordBytes) {
    this.format = format;
    this.blockBytes = blockBytes;
    this.mostRecordBytes = mostRecordBytes;
  }

  /** Hands over the blocks of the range in order. */
  void read(FileRange range, Consumer<RawBlock> out) throws IOException {
    if (range.end() == FileRange.TO_THE_END) {
      try (InputStream in = TextFiles.open(range.path(), format)) {
        in.skipNBytes(range.start());
        read(range, in, Long.MAX_VALUE, out);
      }
    } else {
      try (InputStream in =
          Channels.newInputStream(TextFiles.openAt(range.path(), range.start()))) {
        read(range, in, range.end() - range.start(), out);
      }
    }
  }

  private void read(FileRange range, InputStream in, long bytes, Consumer<RawBlock> out)
      throws IOException {
    boolean quotes = range.end() == FileRange.TO_THE_END && format.format() == RawBlock.Format.CSV;
    RecordCutter cutter = new RecordCutter(format.dialect());
    byte[] buffer = new byte[blockBytes];
    int length = 0;
    int scanned = 0;
    int cut = 0;
    long left = bytes;
    long line = range.firstLine();
    while (true) {
      int n = in.readNBytes(buffer, length, (int) Math.min(buffer.length - length, left));
      length += n;
      left -= n;
      boolean end = length < buffer.length;
      if (quotes) {
        for (; scanned < length; scanned++) {
          if (cutter.endsRecord(buffer[scanned])) {
            cut = scanned + 1;
          }
        }
      } else {
        cut = Bytes.afterLastLineFeed(buffer, length);
        scanned = length;
      }
      if (end) {
        cut = length;
      } else if (cut == 0 && buffer.length < mostRecordBytes) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
        continue;
      } else if (cut == 0) {
        int forced = Bytes.afterLastLineFeed(buffer, length);
        cut = forced == 0 ? length : forced;
        cutter.reset();
        scanned = cut;
      }
      if (cut > 0) {
        out.accept(block(range, line, buffer, cut));
        line += Bytes.lineFeeds(buffer, 0, cut);
      }
      if (end) {
        return;
      }
      length -= cut;
      scanned -= cut;
      System.arraycopy(buffer, cut, buffer, 0, length);
      cut = 0;
    }
  }

  private RawBlock block(FileRange range, long line, byte[] buffer, int length) {
    Charset charset = format.isAsciiCompatible() ? format.decoder() : UTF_8;
    byte[] text =
        charset.equals(UTF_8)
            ? Arrays.copyOf(buffer, length)
            : new String(buffer, 0, length, charset).getBytes(UTF_8);
    return new RawBlock(
        format.format(), range.path(), line, format.dialect(), range.header(), text);
  }
}
