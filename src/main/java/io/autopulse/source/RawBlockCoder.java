package io.autopulse.source;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes a raw block. */
public final class RawBlockCoder extends AtomicCoder<RawBlock> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final ListCoder<String> TEXTS = ListCoder.of(TEXT);

  @Override
  public void encode(RawBlock value, OutputStream out) throws IOException {
    TEXT.encode(value.format().name(), out);
    TEXT.encode(value.origin(), out);
    VarLongCoder.of().encode(value.firstLine(), out);
    // A charset other than UTF-8 follows the two characters of the dialect.
    String charset = value.charset().equals(RawBlock.UTF_8) ? "" : value.charset();
    TEXT.encode("" + value.dialect().separator() + value.dialect().quote() + charset, out);
    TEXTS.encode(value.header(), out);
    ByteArrayCoder.of().encode(value.text(), out);
  }

  @Override
  public RawBlock decode(InputStream in) throws IOException {
    RawBlock.Format format = RawBlock.Format.valueOf(TEXT.decode(in));
    String origin = TEXT.decode(in);
    long firstLine = VarLongCoder.of().decode(in);
    String dialect = TEXT.decode(in);
    List<String> header = TEXTS.decode(in);
    return new RawBlock(
        format,
        origin,
        firstLine,
        new CsvDialect(dialect.charAt(0), dialect.charAt(1)),
        header,
        ByteArrayCoder.of().decode(in),
        dialect.length() == 2 ? RawBlock.UTF_8 : dialect.substring(2));
  }
}
