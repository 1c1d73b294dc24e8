package io.autopulse.transform.trend;

import io.autopulse.domain.trend.TrendFeatures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.jspecify.annotations.Nullable;

/** Encodes trend features as the texts of their columns: what they are staged as. */
public final class TrendFeaturesCoder extends AtomicCoder<TrendFeatures> {
  private static final long serialVersionUID = 1L;
  private static final ListCoder<@Nullable String> TEXTS =
      ListCoder.of(NullableCoder.of(StringUtf8Coder.of()));

  @Override
  public void encode(TrendFeatures value, OutputStream out) throws IOException {
    TEXTS.encode(value.texts(), out);
  }

  @Override
  public TrendFeatures decode(InputStream in) throws IOException {
    return TrendFeatures.of(TEXTS.decode(in));
  }
}
