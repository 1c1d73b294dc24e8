package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.combine.Bias;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures how far the last vintages of a region or powertrain lay above or below what was sold in
 * their complete periods, as it is known now, and says what is taken out of the next forecast.
 *
 * <p>Vintages are measured with the bias in them: as they would have been published had nothing
 * been taken out. So a correction that works does not end itself, and the next forecast does not
 * swing back. What is published can be biased by the other half; {@code forecast_accuracy} shows
 * it.
 */
public final class RecentBias {
  private static final Set<String> DIMENSIONS = Set.of("region", "powertrain");

  private static final Comparator<PastForecast> ORDER =
      Comparator.comparing(PastForecast::asOf).thenComparing(PastForecast::period);

  private RecentBias() {}

  /** Tells whether a forecast is measured. */
  public static boolean counts(PastForecast forecast) {
    return DIMENSIONS.contains(forecast.dimension())
        && forecast.method().equals(LedgerRow.RECONCILED);
  }

  /**
   * Measures the bias of a member.
   *
   * @param sold what it sold, as known now
   * @param forecasts what vintages said of it, in any order. Of those that begin with the same
   *     period the last counts
   */
  static Bias of(Series sold, Iterable<PastForecast> forecasts) {
    List<PastForecast> sorted = new ArrayList<>();
    for (PastForecast forecast : forecasts) {
      if (counts(forecast)) {
        sorted.add(forecast);
      }
    }
    sorted.sort(ORDER);
    AsOf start = new AsOf(sold.start(), sold.step());
    TreeMap<LocalDate, LocalDate> vintages = new TreeMap<>();
    TreeMap<LocalDate, double[]> sums = new TreeMap<>();
    for (PastForecast forecast : sorted) {
      int index = start.periods(sold.start(), forecast.period());
      if (index < sold.length()) {
        LocalDate first = new AsOf(forecast.asOf(), sold.step()).firstForecast();
        if (!forecast.asOf().equals(vintages.put(first, forecast.asOf()))) {
          sums.remove(first);
        }
        double[] sum = sums.computeIfAbsent(first, period -> new double[2]);
        sum[0] += forecast.mean();
        sum[1] += index >= 0 ? sold.values()[index] : 0;
      }
    }
    return Bias.of(
        sums.values().stream().mapToDouble(sum -> sum[0]).toArray(),
        sums.values().stream().mapToDouble(sum -> sum[1]).toArray());
  }

  /** Says of a marked bias what it was, and what is done. */
  static String reason(Bias bias) {
    return String.format(
        Locale.ROOT,
        "the forecasts of the last %d as-of dates were %.1f %% %s what was sold: %.1f %% is %s",
        Bias.VINTAGES,
        100 * Math.abs(bias.share()),
        bias.share() > 0 ? "above" : "below",
        100 * Math.abs(bias.factor() - 1),
        bias.share() > 0 ? "taken out" : "added");
  }
}
