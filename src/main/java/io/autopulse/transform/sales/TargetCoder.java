package io.autopulse.transform.sales;

import io.autopulse.domain.sale.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes a target as its values, one after the other. */
final class TargetCoder extends AtomicCoder<Target> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  @Override
  public void encode(Target value, OutputStream out) throws IOException {
    NUMBER.encode(value.month().toEpochDay(), out);
    TEXT.encode(value.dealerId(), out);
    TEXT.encode(value.make(), out);
    TEXT.encode(value.model(), out);
    NUMBER.encode(value.units(), out);
    NUMBER.encode(value.revenue(), out);
    NUMBER.encode(value.updatedAt(), out);
  }

  @Override
  public Target decode(InputStream in) throws IOException {
    LocalDate month = LocalDate.ofEpochDay(NUMBER.decode(in));
    String dealer = TEXT.decode(in);
    String make = TEXT.decode(in);
    String model = TEXT.decode(in);
    return new Target(
        month, dealer, make, model, NUMBER.decode(in), NUMBER.decode(in), NUMBER.decode(in));
  }
}
