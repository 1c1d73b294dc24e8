package io.autopulse.transform.forecast;

import io.autopulse.domain.forecast.ledger.LedgerRow;
import io.autopulse.domain.forecast.ledger.PastForecast;
import io.autopulse.domain.forecast.ledger.PeriodUnits;
import io.autopulse.domain.forecast.life.KnownVehicle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a value as texts.
 *
 * @param <T> the values
 */
public final class TextsCoder<T> extends CustomCoder<T> {
  private static final long serialVersionUID = 1L;
  private static final ListCoder<@Nullable String> TEXTS =
      ListCoder.of(NullableCoder.of(StringUtf8Coder.of()));

  private final Texts<T> texts;
  private final Values<T> values;

  private interface Texts<T> extends Function<T, List<? extends @Nullable String>>, Serializable {}

  private interface Values<T> extends Function<List<String>, T>, Serializable {}

  private TextsCoder(Texts<T> texts, Values<T> values) {
    this.texts = texts;
    this.values = values;
  }

  /** Returns the coder of units sold. */
  public static TextsCoder<PeriodUnits> ofUnits() {
    return new TextsCoder<>(PeriodUnits::texts, PeriodUnits::of);
  }

  /** Returns the coder of forecasts of earlier vintages. */
  public static TextsCoder<PastForecast> ofPastForecasts() {
    return new TextsCoder<>(PastForecast::texts, PastForecast::of);
  }

  /** Returns the coder of what is known of vehicles. */
  public static TextsCoder<KnownVehicle> ofVehicles() {
    return new TextsCoder<>(KnownVehicle::texts, KnownVehicle::of);
  }

  /** Returns the coder of forecasts. */
  static TextsCoder<LedgerRow> ofLedgerRows() {
    return new TextsCoder<>(LedgerRow::texts, LedgerRow::of);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    TEXTS.encode(new ArrayList<>(texts.apply(value)), out);
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return values.apply(TEXTS.decode(in));
  }

  /** Says that equal texts are equal values. */
  @Override
  public void verifyDeterministic() {}
}
