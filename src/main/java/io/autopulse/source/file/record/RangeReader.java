package io.autopulse.source.file.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.file.Bytes;
import io.autopulse.source.file.FileFormat;
import io.autopulse.source.file.FileRange;
import io.autopulse.source.file.TextFiles;
import io.autopulse.source.file.Transcoder;
import io.autopulse.source.file.sheet.FillDown;
import io.autopulse.source.file.sheet.SheetBlocks;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of a file as blocks of whole records, about a megabyte each. A record longer than
 * {@link #MOST_RECORD_BYTES} is cut at a line break: it is most likely a quote that is never
 * closed, and what follows must not be swallowed by it.
 */
public final class RangeReader {
  /** Bytes of a block. */
  public static final int BLOCK_BYTES = 1 << 20;

  /** The longest record. */
  static final int MOST_RECORD_BYTES = 4 << 20;

  private final FileFormat format;

  private final int blockBytes;
  private final int mostRecordBytes;

  /** Makes a reader of files of a format. */
  public RangeReader(FileFormat format) {
    this(format, BLOCK_BYTES, MOST_RECORD_BYTES);
  }

  /**
   * Makes a reader of smaller blocks.
   *
   * @param blockBytes the size of a block
   * @param mostRecordBytes the longest record
   */
  public RangeReader(FileFormat format, int blockBytes, int mostRecordBytes) {
    this.format = format;
    this.blockBytes = blockBytes;
    this.mostRecordBytes = mostRecordBytes;
  }

  /** Hands over the blocks of the range in order. */
  public void read(FileRange range, Consumer<RawBlock> out) throws IOException {
    if (format.sheet() != null) {
      SheetBlocks.read(range, format, blockBytes, out);
      return;
    }
    try (Blocks blocks = open(range)) {
      for (RawBlock block; (block = blocks.next()) != null; ) {
        out.accept(block);
      }
    }
  }

  /** Opens a range, to take its blocks one by one. */
  Blocks open(FileRange range) throws IOException {
    if (range.end() == FileRange.TO_THE_END) {
      Blocks blocks = new Blocks(range, TextFiles.open(range.path(), format), Long.MAX_VALUE);
      try {
        blocks.in.skipNBytes(range.start());
        return blocks;
      } catch (IOException e) {
        blocks.close();
        throw e;
      }
    }
    return new Blocks(
        range,
        Channels.newInputStream(TextFiles.openAt(range.path(), range.start())),
        range.end() - range.start());
  }

  /** The blocks of a range in order. */
  final class Blocks implements Closeable {
    private final FileRange range;
    private final InputStream in;
    private final boolean quotes;
    private final RecordCutter cutter;
    private final @Nullable FillDown filling;
    private byte[] buffer = new byte[blockBytes];
    private int length;
    private int scanned;
    private long left;
    private long line;
    private boolean ended;

    private Blocks(FileRange range, InputStream in, long bytes) {
      this.range = range;
      this.in = in;
      left = bytes;
      line = range.firstLine();
      quotes = range.end() == FileRange.TO_THE_END && format.format() == RawBlock.Format.CSV;
      cutter = new RecordCutter(format.dialect());
      filling =
          format.fillDown().isEmpty()
              ? null
              : new FillDown(format.fillDown(), range.header(), format.dialect());
    }

    /** Returns the next block; null after the last. */
    @Nullable RawBlock next() throws IOException {
      while (!ended) {
        int cut = fill();
        if (cut > 0) {
          RawBlock block = block(range, line, buffer, cut);
          line += Bytes.lineBreaks(buffer, 0, cut, false);
          length -= cut;
          scanned -= cut;
          System.arraycopy(buffer, cut, buffer, 0, length);
          return filling == null ? block : filling.fill(block);
        }
      }
      return null;
    }

    // Returns how many bytes of the buffer are whole records; 0 to be called again.
    private int fill() throws IOException {
      int n = in.readNBytes(buffer, length, (int) Math.min(buffer.length - length, left));
      length += n;
      left -= n;
      if (length < buffer.length) {
        ended = true;
        scanned = length;
        return length;
      }
      int cut = wholeRecords();
      if (cut > 0) {
        return cut;
      }
      if (buffer.length < mostRecordBytes) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
        return 0;
      }
      int forced = Bytes.afterLastLineBreak(buffer, length);
      cutter.reset();
      scanned = forced == 0 ? withoutOpenReturn() : forced;
      return scanned;
    }

    private int wholeRecords() {
      if (!quotes) {
        scanned = length;
        return Bytes.afterLastLineBreak(buffer, length);
      }
      int cut = 0;
      for (int to = withoutOpenReturn(); scanned < to; scanned++) {
        if (cutter.endsRecord(buffer[scanned])) {
          cut = scanned + 1;
        }
      }
      return cut;
    }

    // Whether a CR ends the line, or its LF does, is known with the next byte.
    private int withoutOpenReturn() {
      return buffer[length - 1] == '\r' ? length - 1 : length;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private RawBlock block(FileRange range, long line, byte[] buffer, int length) {
    Charset charset = format.isAsciiCompatible() ? format.decoder() : UTF_8;
    byte[] text =
        charset.equals(UTF_8)
            ? Arrays.copyOf(buffer, length)
            : Transcoder.utf8(buffer, length, charset);
    return new RawBlock(
        format.format(),
        range.path(),
        line,
        format.dialect(),
        range.header(),
        text,
        format.charset());
  }
}
