package io.autopulse.transform.market;

import io.autopulse.domain.market.Figure;
import io.autopulse.domain.market.MarketTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes a market figure. */
public final class FigureCoder extends AtomicCoder<Figure> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();
  private static final Coder<List<String>> TEXTS = ListCoder.of(NullableCoder.of(TEXT));

  @Override
  public void encode(Figure value, OutputStream out) throws IOException {
    TEXT.encode(value.table().name(), out);
    TEXT.encode(value.slice(), out);
    NUMBER.encode(value.knownOn().toEpochDay(), out);
    BooleanCoder.of().encode(value.dated(), out);
    NUMBER.encode(value.records(), out);
    NUMBER.encode(value.revision(), out);
    NUMBER.encode(value.conflicts(), out);
    TEXTS.encode(value.values(), out);
  }

  @Override
  public Figure decode(InputStream in) throws IOException {
    return new Figure(
        MarketTable.valueOf(TEXT.decode(in)),
        TEXT.decode(in),
        LocalDate.ofEpochDay(NUMBER.decode(in)),
        BooleanCoder.of().decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        NUMBER.decode(in),
        TEXTS.decode(in));
  }
}
