package io.autopulse.domain.trend;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.comparesEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.FuelPrice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketHistoryTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);
  private static final int WEEK = TrendWeek.of(MONDAY);

  private static FuelPrice price(
      int day, String region, String fuel, int knownDay, String average, long stations) {
    BigDecimal price = new BigDecimal(average);
    return new FuelPrice(
        MONDAY.plusDays(day),
        region,
        fuel,
        MONDAY.plusDays(knownDay),
        price,
        price,
        price,
        stations);
  }

  private static Attention views(int day, String source, int knownDay, Long views, Long mentions) {
    return new Attention(
        MONDAY.plusDays(day), source, "RENAULT", MONDAY.plusDays(knownDay), views, mentions, null);
  }

  private static MarketHistory prices(FuelPrice... prices) {
    return new MarketHistory(List.of(prices), List.of());
  }

  private static MarketHistory attention(Attention... figures) {
    return new MarketHistory(List.of(), List.of(figures));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @Test
  void fuelPriceIsTheMeanOfItsDaysThenOfItsFuels() {
    MarketHistory market =
        prices(
            price(0, "ALL", "DIESEL", 0, "1.60", 9),
            price(1, "ALL", "DIESEL", 1, "1.80", 9),
            price(2, "ALL", "PETROL", 2, "1.90", 9));
    assertThat(market.fuelPrice(null, WEEK, WEEK), comparesEqualTo(number("1.8")));
  }

  @Test
  void whatIsKnownAfterTheWeekIsNotSeenByIt() {
    MarketHistory market =
        prices(
            price(0, "ALL", "DIESEL", 0, "1.60", 9),
            price(0, "ALL", "DIESEL", 8, "1.70", 9),
            price(1, "ALL", "DIESEL", 7, "2.00", 9));
    assertThat(
        "as of its own Sunday", market.fuelPrice(null, WEEK, WEEK), comparesEqualTo(number("1.6")));
    assertThat(
        "a week later", market.fuelPrice(null, WEEK, WEEK + 1), comparesEqualTo(number("1.85")));
  }

  @Test
  void aFigureOfSundayEveningIsKnownInItsWeek() {
    assertThat(
        prices(price(6, "ALL", "DIESEL", 6, "1.60", 9)).fuelPrice(null, WEEK, WEEK),
        comparesEqualTo(number("1.6")));
  }

  @Test
  void regionWithoutAPriceHasThatOfAllRegions() {
    MarketHistory market =
        prices(price(0, "NORTH", "DIESEL", 0, "1.50", 1), price(0, "ALL", "DIESEL", 0, "1.70", 9));
    assertThat(market.fuelPrice("NORTH", WEEK, WEEK), comparesEqualTo(number("1.5")));
    assertThat(market.fuelPrice("SOUTH", WEEK, WEEK), comparesEqualTo(number("1.7")));
    assertThat(market.fuelPrice(null, WEEK, WEEK), comparesEqualTo(number("1.7")));
  }

  @Test
  void feedOfRegionsGivesAllOfThemByTheirStations() {
    MarketHistory market =
        prices(
            price(0, "NORTH", "DIESEL", 0, "1.50", 1), price(0, "SOUTH", "DIESEL", 0, "1.90", 3));
    assertThat(market.fuelPrice(null, WEEK, WEEK), comparesEqualTo(number("1.8")));
  }

  @Test
  void attentionAddsUpTheSourcesDailyMeans() {
    MarketHistory market =
        attention(
            views(0, "wikimedia", 0, 100L, null),
            views(1, "wikimedia", 1, 300L, null),
            views(0, "bluesky", 0, null, 7L),
            views(1, "bluesky", 1, null, null));
    assertThat(market.attention("RENAULT", WEEK, WEEK), comparesEqualTo(number("207")));
    assertThat(market.attention("DACIA", WEEK, WEEK), is(nullValue()));
  }

  @Test
  void missingMarketDataIsNullNotZero() {
    MarketHistory market = prices(price(0, "ALL", "DIESEL", 0, "1.60", 9));
    assertThat(market.fuelPrice(null, WEEK + 1, WEEK + 1), is(nullValue()));
    assertThat(market.attention("RENAULT", WEEK, WEEK), is(nullValue()));
  }
}
