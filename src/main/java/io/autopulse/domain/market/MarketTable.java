package io.autopulse.domain.market;

import java.util.List;
import java.util.Locale;

/** The tables of market figures; beside each there is one of all its vintages. */
public enum MarketTable {
  /** Vehicles registered in the whole market. */
  MARKET_REGISTRATIONS(
      List.of("period_start", "period_grain", "region", "make", "model", "powertrain"),
      List.of("registrations")),
  /** Prices at the pump. */
  FUEL_PRICES(
      List.of("day", "region", "fuel"),
      List.of("average_price", "minimum_price", "maximum_price", "stations")),
  /** Attention to makes and models. */
  MARKET_ATTENTION(
      List.of("day", "source", "topic"), List.of("views", "mentions", "sentiment_mean"));

  private final List<String> key;
  private final List<String> measures;

  MarketTable(List<String> key, List<String> measures) {
    this.key = key;
    this.measures = measures;
  }

  /** Returns the columns of the key, without {@code known_on}. */
  public List<String> key() {
    return key;
  }

  /** Returns the columns of the measures. */
  public List<String> measures() {
    return measures;
  }

  /** Returns the table's name in the warehouse. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
