package io.autopulse.transform.market;

import io.autopulse.domain.market.FuelPrice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BigDecimalCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes a fuel price as its key, its day of knowledge and its figures. */
public final class FuelPriceCoder extends AtomicCoder<FuelPrice> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();
  private static final BigDecimalCoder AMOUNT = BigDecimalCoder.of();

  @Override
  public void encode(FuelPrice value, OutputStream out) throws IOException {
    NUMBER.encode(value.day().toEpochDay(), out);
    TEXT.encode(value.region(), out);
    TEXT.encode(value.fuel(), out);
    NUMBER.encode(value.knownOn().toEpochDay(), out);
    AMOUNT.encode(value.average(), out);
    AMOUNT.encode(value.minimum(), out);
    AMOUNT.encode(value.maximum(), out);
    NUMBER.encode(value.stations(), out);
  }

  @Override
  public FuelPrice decode(InputStream in) throws IOException {
    LocalDate day = LocalDate.ofEpochDay(NUMBER.decode(in));
    String region = TEXT.decode(in);
    String fuel = TEXT.decode(in);
    LocalDate knownOn = LocalDate.ofEpochDay(NUMBER.decode(in));
    return new FuelPrice(
        day,
        region,
        fuel,
        knownOn,
        AMOUNT.decode(in),
        AMOUNT.decode(in),
        AMOUNT.decode(in),
        NUMBER.decode(in));
  }
}
