package io.autopulse.transform.trend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;

/** What changes the trend features of a dimension. */
final class TrendChange {
  private final Kind kind;
  private final String member;
  private final byte[] bytes;

  /**
   * Makes a change.
   *
   * @param kind what the bytes are
   * @param member whose sales they are; empty for a market figure
   * @param bytes {@link io.autopulse.domain.trend.Vintages}, or an encoded figure
   */
  TrendChange(Kind kind, String member, byte[] bytes) {
    this.kind = kind;
    this.member = member;
    this.bytes = bytes;
  }

  Kind kind() {
    return kind;
  }

  String member() {
    return member;
  }

  byte[] bytes() {
    return bytes;
  }

  /** What changes. */
  enum Kind {
    /** Sales of a member. */
    SALES,
    /** A vintage of a market figure, for every member. */
    FIGURE
  }

  /** Encodes the kind as a byte, then the member and the bytes. */
  static final class ChangeCoder extends AtomicCoder<TrendChange> {
    private static final long serialVersionUID = 1L;
    private static final Kind[] KINDS = Kind.values();

    @Override
    public void encode(TrendChange value, OutputStream out) throws IOException {
      out.write(value.kind().ordinal());
      StringUtf8Coder.of().encode(value.member(), out);
      ByteArrayCoder.of().encode(value.bytes(), out);
    }

    @Override
    public TrendChange decode(InputStream in) throws IOException {
      int kind = in.read();
      String member = StringUtf8Coder.of().decode(in);
      return new TrendChange(KINDS[kind], member, ByteArrayCoder.of().decode(in));
    }
  }
}
