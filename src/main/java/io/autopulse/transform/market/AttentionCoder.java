package io.autopulse.transform.market;

import io.autopulse.domain.market.Attention;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigDecimalCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.jspecify.annotations.Nullable;

/** Encodes the attention of a day as its key, its day of knowledge and its figures. */
public final class AttentionCoder extends AtomicCoder<Attention> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();
  private static final NullableCoder<@Nullable Long> COUNT = NullableCoder.of(NUMBER);
  private static final NullableCoder<@Nullable BigDecimal> MEAN =
      NullableCoder.of(BigDecimalCoder.of());

  @Override
  public void encode(Attention value, OutputStream out) throws IOException {
    NUMBER.encode(value.day().toEpochDay(), out);
    TEXT.encode(value.source(), out);
    TEXT.encode(value.topic(), out);
    NUMBER.encode(value.knownOn().toEpochDay(), out);
    COUNT.encode(value.views(), out);
    COUNT.encode(value.mentions(), out);
    MEAN.encode(value.sentimentMean(), out);
  }

  @Override
  public Attention decode(InputStream in) throws IOException {
    LocalDate day = LocalDate.ofEpochDay(NUMBER.decode(in));
    String source = TEXT.decode(in);
    String topic = TEXT.decode(in);
    LocalDate knownOn = LocalDate.ofEpochDay(NUMBER.decode(in));
    return new Attention(
        day, source, topic, knownOn, COUNT.decode(in), COUNT.decode(in), MEAN.decode(in));
  }
}
