package io.autopulse.transform.market;

import io.autopulse.domain.market.Observation;
import io.autopulse.domain.market.Observation.Extent;
import io.autopulse.domain.market.Observation.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes an observation of a market figure. */
public final class ObservationCoder extends AtomicCoder<Observation> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final Extent[] EXTENTS = Extent.values();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  @Override
  public void encode(Observation value, OutputStream out) throws IOException {
    TEXT.encode(value.kind().name(), out);
    TEXT.encode(value.slice(), out);
    TEXT.encode(value.source(), out);
    NUMBER.encode(value.moment(), out);
    NUMBER.encode(value.extractedAt(), out);
    VarIntCoder.of().encode(value.knownOn(), out);
    BooleanCoder.of().encode(value.dated(), out);
    VarIntCoder.of().encode(value.extent().ordinal(), out);
    NUMBER.encode(value.value(), out);
    BooleanCoder.of().encode(value.counted(), out);
    NUMBER.encode(value.origin(), out);
  }

  @Override
  public Observation decode(InputStream in) throws IOException {
    return new Observation(
        Kind.valueOf(TEXT.decode(in)),
        TEXT.decode(in),
        TEXT.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        VarIntCoder.of().decode(in),
        BooleanCoder.of().decode(in),
        EXTENTS[VarIntCoder.of().decode(in)],
        NUMBER.decode(in),
        BooleanCoder.of().decode(in),
        NUMBER.decode(in));
  }
}
