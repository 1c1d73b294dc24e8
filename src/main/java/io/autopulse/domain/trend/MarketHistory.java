package io.autopulse.domain.trend;

import io.autopulse.domain.market.Attention;
import io.autopulse.domain.market.FuelPrice;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Market figures of a week as known at the end of a week: of each day's figure the one that was
 * known last by that Sunday. What was not known by then is null, never zero. Not safe for use by
 * several threads.
 */
public final class MarketHistory {
  /** The farthest week before its own whose figures a week's features look at. */
  public static final int WEEKS_BACK = TrendFormulas.SHORT;

  private static final int PRICE_DECIMALS = 4;

  /** The region of figures that tell no regions apart. */
  private static final String ALL = "ALL";

  private final Map<String, Map<LocalDate, Map<String, List<FuelPrice>>>> fuels = new TreeMap<>();
  private final Map<String, Map<String, Map<LocalDate, List<Attention>>>> topics = new HashMap<>();
  private final Map<String, Map<Integer, Fuel>> fuelOfRegions = new HashMap<>();
  private final Map<Asked, Optional<BigDecimal>> attentionOfTopics = new HashMap<>();

  private record Asked(String topic, int week, int asOf) {}

  /**
   * The price of fuel in a week as its features tell it.
   *
   * @param price of a litre, with four decimals; null if it was not known
   * @param change4 against four weeks before, with the decimals of ratios; null without both
   */
  record Fuel(@Nullable BigDecimal price, @Nullable BigDecimal change4) {}

  /**
   * Sorts the figures.
   *
   * @param prices every value that a day's prices have had
   * @param attention every value that a day's attention has had
   */
  public MarketHistory(Collection<FuelPrice> prices, Collection<Attention> attention) {
    for (FuelPrice price : prices) {
      fuels
          .computeIfAbsent(price.fuel(), fuel -> new HashMap<>())
          .computeIfAbsent(price.day(), day -> new TreeMap<>())
          .computeIfAbsent(price.region(), region -> new ArrayList<>())
          .add(price);
    }
    for (Attention figure : attention) {
      topics
          .computeIfAbsent(figure.topic(), topic -> new TreeMap<>())
          .computeIfAbsent(figure.source(), source -> new HashMap<>())
          .computeIfAbsent(figure.day(), day -> new ArrayList<>())
          .add(figure);
    }
  }

  /**
   * Returns what the features of a week say of fuel, as known at its end: every member of a region
   * says the same.
   *
   * @param region a region, or null
   */
  Fuel fuel(@Nullable String region, int week) {
    return fuelOfRegions
        .computeIfAbsent(region == null ? "" : region, name -> new HashMap<>())
        .computeIfAbsent(
            week,
            asked -> {
              BigDecimal price = fuelPrice(region, week, week);
              return new Fuel(
                  TrendFormulas.rounded(price, PRICE_DECIMALS),
                  TrendFormulas.rounded(
                      TrendFormulas.relativeChange(
                          price, fuelPrice(region, week - TrendFormulas.SHORT, week)),
                      TrendFormulas.RATIO_DECIMALS));
            });
  }

  /**
   * Returns the mean price of a litre of fuel in a week: of each fuel the mean over the days with a
   * price, then the mean over the fuels. A day's price is the region's own; for a region without
   * one, and for no region, that of {@code ALL}; where the feed has none, the mean of its regions
   * weighted by their stations.
   *
   * @param region a region, or null
   * @param week the week of the prices
   * @param asOf the week at whose end they were known
   * @return unrounded; null if no price was known
   */
  @Nullable BigDecimal fuelPrice(@Nullable String region, int week, int asOf) {
    return mean(fuels.values().stream()
            .map(days -> weekMean(week, day -> price(days.get(day), region, asOf)))
            .flatMap(Optional::stream)
            .toList())
        .orElse(null);
  }

  private static Optional<BigDecimal> price(
      @Nullable Map<String, List<FuelPrice>> regions, @Nullable String region, int asOf) {
    if (regions == null) {
      return Optional.empty();
    }
    return (region == null ? Optional.<BigDecimal>empty() : own(regions, region, asOf))
        .or(() -> own(regions, ALL, asOf))
        .or(() -> weighted(regions, asOf));
  }

  private static Optional<BigDecimal> own(
      Map<String, List<FuelPrice>> regions, String region, int asOf) {
    return latest(regions.getOrDefault(region, List.of()), FuelPrice::knownOn, asOf)
        .map(FuelPrice::average);
  }

  private static Optional<BigDecimal> weighted(Map<String, List<FuelPrice>> regions, int asOf) {
    BigDecimal sum = BigDecimal.ZERO;
    long stations = 0;
    for (List<FuelPrice> figures : regions.values()) {
      Optional<FuelPrice> price = latest(figures, FuelPrice::knownOn, asOf);
      if (price.isPresent()) {
        sum = sum.add(price.get().average().multiply(BigDecimal.valueOf(price.get().stations())));
        stations += price.get().stations();
      }
    }
    return stations == 0 ? Optional.empty() : Optional.of(TrendFormulas.mean(sum, stations));
  }

  /**
   * Returns the attention that a topic had in a week: of each source the mean of a day's views and
   * mentions over the days that it told, then the sum over the sources.
   *
   * @param topic a make, or make and model
   * @param week the week of the figures
   * @param asOf the week at whose end they were known
   * @return unrounded; null if no figure was known
   */
  @Nullable BigDecimal attention(String topic, int week, int asOf) {
    return attentionOfTopics
        .computeIfAbsent(
            new Asked(topic, week, asOf),
            asked ->
                topics.getOrDefault(topic, Map.of()).values().stream()
                    .map(
                        days ->
                            weekMean(
                                week,
                                day ->
                                    latest(
                                            days.getOrDefault(day, List.of()),
                                            Attention::knownOn,
                                            asOf)
                                        .flatMap(MarketHistory::count)))
                    .flatMap(Optional::stream)
                    .reduce(BigDecimal::add))
        .orElse(null);
  }

  private static Optional<BigDecimal> count(Attention figure) {
    return figure.views() == null && figure.mentions() == null
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(
                Objects.requireNonNullElse(figure.views(), 0L)
                    + Objects.requireNonNullElse(figure.mentions(), 0L)));
  }

  private static <T> Optional<T> latest(List<T> figures, Function<T, LocalDate> knownOn, int asOf) {
    LocalDate evening = LocalDate.ofEpochDay(TrendWeek.lastDay(asOf));
    T latest = null;
    for (T figure : figures) {
      if (!knownOn.apply(figure).isAfter(evening)
          && (latest == null || knownOn.apply(figure).isAfter(knownOn.apply(latest)))) {
        latest = figure;
      }
    }
    return Optional.ofNullable(latest);
  }

  private static Optional<BigDecimal> weekMean(
      int week, Function<LocalDate, Optional<BigDecimal>> ofDay) {
    return mean(
        TrendWeek.start(week)
            .datesUntil(TrendWeek.start(week + 1))
            .map(ofDay)
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<BigDecimal> mean(List<BigDecimal> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            TrendFormulas.mean(
                values.stream().reduce(BigDecimal.ZERO, BigDecimal::add), values.size()));
  }
}
