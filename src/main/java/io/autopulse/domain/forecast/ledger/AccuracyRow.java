package io.autopulse.domain.forecast.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code forecast_accuracy}: how well a method forecast a member, over all
 * earlier as-of dates whose periods are complete. Errors are forecast minus what was sold. A
 * measure is null where it cannot be computed: nothing was sold, or the history never changed.
 *
 * @param dimension the dimension's name
 * @param member the member
 * @param method as in {@link LedgerRow}
 * @param horizon how many periods ahead; 0 for all horizons together
 * @param forecasts how many forecasts are compared
 * @param units what was sold in their periods
 * @param error the sum of the errors, units
 * @param absoluteError the sum of their sizes, units
 * @param mase mean absolute error, scaled by the change over a season
 * @param rmsse root of the mean squared error, scaled by the change from period to period
 * @param coverage80 the share of periods within the 80 % interval; null without one
 * @param coverage95 the share of periods within the 95 % interval; null without one
 * @param naiveMase of the same periods, the MASE of {@link LedgerRow#NAIVE}
 * @param seasonalNaiveMase of the same periods, the MASE of {@link LedgerRow#SEASONAL_NAIVE}
 */
public record AccuracyRow(
    String dimension,
    String member,
    String method,
    int horizon,
    int forecasts,
    double units,
    double error,
    double absoluteError,
    @Nullable Double mase,
    @Nullable Double rmsse,
    @Nullable Double coverage80,
    @Nullable Double coverage95,
    @Nullable Double naiveMase,
    @Nullable Double seasonalNaiveMase) {
  /** Returns the absolute errors as a share of what was sold; null if nothing was. */
  public @Nullable Double wape() {
    return units > 0 ? Double.valueOf(absoluteError / units) : null;
  }

  /** Returns the errors as a share of what was sold: above 0 the forecasts were too high. */
  public @Nullable Double bias() {
    return units > 0 ? Double.valueOf(error / units) : null;
  }

  /** Returns the texts of the row, in the order of the columns that a run gives of the table. */
  public List<@Nullable String> texts() {
    return Arrays.<@Nullable String>asList(
        dimension,
        member,
        method,
        String.valueOf(horizon),
        String.valueOf(forecasts),
        text(units),
        text(error),
        text(absoluteError),
        text(mase),
        text(rmsse),
        text(wape()),
        text(bias()),
        text(coverage80),
        text(coverage95),
        text(naiveMase),
        text(seasonalNaiveMase));
  }

  private static @Nullable String text(@Nullable Double value) {
    return value == null
        ? null
        : BigDecimal.valueOf(value)
            .setScale(LedgerRow.SCALE, RoundingMode.HALF_EVEN)
            .toPlainString();
  }
}
