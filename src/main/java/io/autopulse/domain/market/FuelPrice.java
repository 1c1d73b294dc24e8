package io.autopulse.domain.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * Prices of a fuel at the pump on a day, as known on a day.
 *
 * @param day the business date of the prices
 * @param region a region, a member, or {@code ALL}
 * @param fuel the fuel, a member such as {@code DIESEL}
 * @param knownOn the business date on whose evening these figures were first known
 * @param average mean over the stations, in the manifest's currency a litre, four decimals
 * @param minimum lowest price of a station
 * @param maximum highest price of a station
 * @param stations how many stations told a price, above zero
 */
public record FuelPrice(
    LocalDate day,
    String region,
    String fuel,
    LocalDate knownOn,
    BigDecimal average,
    BigDecimal minimum,
    BigDecimal maximum,
    long stations) {
  /**
   * Returns the price that a figure is.
   *
   * @param figure of {@link MarketTable#FUEL_PRICES}
   */
  public static FuelPrice of(Figure figure) {
    List<String> key = figure.key();
    List<String> values = figure.values().stream().map(Objects::requireNonNull).toList();
    return new FuelPrice(
        LocalDate.parse(key.get(0)),
        key.get(1),
        key.get(2),
        figure.knownOn(),
        new BigDecimal(values.get(0)),
        new BigDecimal(values.get(1)),
        new BigDecimal(values.get(2)),
        Long.parseLong(values.get(3)));
  }

  /** Checks the number of stations. */
  public FuelPrice {
    if (stations <= 0) {
      throw new IllegalArgumentException("a price of no station");
    }
  }
}
