package io.autopulse.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * Whole records of a file: what one worker reads.
 *
 * @param path the file
 * @param start the first record's byte
 * @param end the byte after the last record; {@link #TO_THE_END} for a file that is read as one
 *     stream
 * @param firstLine the number of the first record's line, from 1
 * @param header the columns of delimited text; empty for JSON
 */
public record FileRange(String path, long start, long end, long firstLine, List<String> header) {
  /** The end of a file that is read as one stream: compressed, or with quotes. */
  public static final long TO_THE_END = -1;

  /** Encodes a range. */
  public static final class RangeCoder extends AtomicCoder<FileRange> {
    private static final long serialVersionUID = 1L;
    private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
    private static final VarLongCoder NUMBER = VarLongCoder.of();

    @Override
    public void encode(FileRange value, OutputStream out) throws IOException {
      TEXT.encode(value.path, out);
      NUMBER.encode(value.start, out);
      NUMBER.encode(value.end, out);
      NUMBER.encode(value.firstLine, out);
      ListCoder.of(TEXT).encode(value.header, out);
    }

    @Override
    public FileRange decode(InputStream in) throws IOException {
      return new FileRange(
          TEXT.decode(in),
          NUMBER.decode(in),
          NUMBER.decode(in),
          NUMBER.decode(in),
          ListCoder.of(TEXT).decode(in));
    }
  }
}
