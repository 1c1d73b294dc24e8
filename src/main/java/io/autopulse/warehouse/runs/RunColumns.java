package io.autopulse.warehouse.runs;

import io.autopulse.domain.sale.BusinessInterval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** How {@code load_runs} keeps an interval and a duration. */
public final class RunColumns {
  private RunColumns() {}

  /** Returns the first date of an interval; null if it is every date. */
  public static @Nullable LocalDate from(BusinessInterval interval) {
    return interval.equals(BusinessInterval.ALL) ? null : interval.from();
  }

  /** Returns the date after the last of an interval; null if it is every date. */
  public static @Nullable LocalDate to(BusinessInterval interval) {
    return interval.equals(BusinessInterval.ALL) ? null : interval.to();
  }

  /** Returns the interval that two columns keep. */
  public static BusinessInterval interval(@Nullable LocalDate from, @Nullable LocalDate to) {
    return from == null || to == null ? BusinessInterval.ALL : new BusinessInterval(from, to);
  }

  /** Returns the seconds between two instants, in thousandths. */
  public static BigDecimal seconds(Instant from, Instant to) {
    return BigDecimal.valueOf(Duration.between(from, to).toMillis())
        .movePointLeft(3)
        .setScale(3, RoundingMode.UNNECESSARY);
  }
}
