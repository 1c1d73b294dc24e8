package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares what earlier vintages said of a member with what it sold since, as known now. Each as-of
 * date counts once a horizon, whatever the order of arrival.
 */
public final class PastAccuracy {
  /** The horizon of the rows that add up all horizons. */
  public static final int ALL_HORIZONS = 0;

  private static final Comparator<PastForecast> ORDER =
      Comparator.comparing(PastForecast::asOf).thenComparing(PastForecast::period);

  private record Missed(PastForecast forecast, double sold, ErrorScale scale) {
    double size() {
      return Math.abs(forecast.mean() - sold);
    }

    boolean within(int lower) {
      return forecast.bounds().get(lower) <= sold && sold <= forecast.bounds().get(lower + 1);
    }
  }

  private PastAccuracy() {}

  /**
   * Returns the rows of a member: of each method each horizon, and all horizons together.
   *
   * @param sold the member's series as known now; of a period before its start or after its end
   *     nothing was sold
   * @param forecasts of complete periods only
   */
  public static List<AccuracyRow> of(Series sold, AsOf now, Iterable<PastForecast> forecasts) {
    Map<LocalDate, ErrorScale> scales = new HashMap<>();
    TreeMap<String, TreeMap<Integer, List<Missed>>> byMethod = new TreeMap<>();
    List<PastForecast> sorted = new ArrayList<>();
    forecasts.forEach(sorted::add);
    sorted.sort(ORDER);
    for (PastForecast forecast : sorted) {
      ErrorScale scale =
          scales.computeIfAbsent(
              forecast.asOf(),
              day -> {
                LocalDate end = new AsOf(day, now.step()).firstForecast();
                return ErrorScale.of(sold, now.periods(sold.start(), end));
              });
      int index = now.periods(sold.start(), forecast.period());
      double units = index >= 0 && index < sold.length() ? sold.values()[index] : 0;
      Missed error = new Missed(forecast, units, scale);
      TreeMap<Integer, List<Missed>> horizons =
          byMethod.computeIfAbsent(forecast.method(), method -> new TreeMap<>());
      horizons.computeIfAbsent(ALL_HORIZONS, h -> new ArrayList<>()).add(error);
      horizons.computeIfAbsent(forecast.horizon(), h -> new ArrayList<>()).add(error);
    }
    List<AccuracyRow> rows = new ArrayList<>();
    byMethod.forEach(
        (method, horizons) ->
            horizons.forEach((horizon, errors) -> rows.add(row(horizon, errors, byMethod))));
    return rows;
  }

  private static AccuracyRow row(
      int horizon,
      List<Missed> errors,
      Map<String, ? extends Map<Integer, List<Missed>>> byMethod) {
    PastForecast first = errors.get(0).forecast();
    return new AccuracyRow(
        first.dimension(),
        first.member(),
        first.method(),
        horizon,
        errors.size(),
        sum(errors, Missed::sold),
        sum(errors, error -> error.forecast().mean() - error.sold()),
        sum(errors, Missed::size),
        mase(errors),
        rmsse(errors),
        share(errors, error -> error.within(0)),
        share(errors, error -> error.within(2)),
        mase(of(byMethod, LedgerRow.NAIVE, horizon)),
        mase(of(byMethod, LedgerRow.SEASONAL_NAIVE, horizon)));
  }

  private static List<Missed> of(
      Map<String, ? extends Map<Integer, List<Missed>>> byMethod, String method, int horizon) {
    Map<Integer, List<Missed>> horizons = byMethod.get(method);
    return horizons == null ? List.of() : horizons.getOrDefault(horizon, List.of());
  }

  private static double sum(List<Missed> errors, ToDoubleFunction<Missed> value) {
    double sum = 0;
    for (Missed error : errors) {
      sum += value.applyAsDouble(error);
    }
    return sum;
  }

  private static @Nullable Double mase(List<Missed> errors) {
    List<Missed> scaled = errors.stream().filter(e -> e.scale().absolute() > 0).toList();
    return scaled.isEmpty()
        ? null
        : Double.valueOf(sum(scaled, e -> e.size() / e.scale().absolute()) / scaled.size());
  }

  private static @Nullable Double rmsse(List<Missed> errors) {
    List<Missed> scaled = errors.stream().filter(e -> e.scale().square() > 0).toList();
    return scaled.isEmpty()
        ? null
        : Double.valueOf(
            Math.sqrt(sum(scaled, e -> e.size() * e.size() / e.scale().square()) / scaled.size()));
  }

  private static @Nullable Double share(List<Missed> errors, Predicate<Missed> within) {
    List<Missed> bounded = errors.stream().filter(e -> !e.forecast().bounds().isEmpty()).toList();
    return bounded.isEmpty()
        ? null
        : Double.valueOf((double) bounded.stream().filter(within).count() / bounded.size());
  }
}
