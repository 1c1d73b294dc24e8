package io.autopulse.transform.sales;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.ValueState;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Forgets the sales in a shard's keyed state that can be corrected no more: looks a day after the
 * oldest of them expires, and so on while any is known. The watermark is not held.
 *
 * @param horizon how long after its moment a sale is known
 */
public record SaleSweep(Duration horizon) {
  private static final Duration PERIOD = Duration.standardDays(1);

  /**
   * Sets the timer, unless it is set.
   *
   * @param oldest the moment of the oldest sale that has come, milliseconds UTC
   * @param nextSweep when the timer fires; empty while nothing is known
   */
  public void schedule(long oldest, ValueState<Long> nextSweep, Timer timer) {
    if (nextSweep.read() == null) {
      set(oldest, nextSweep, timer);
    }
  }

  /**
   * Forgets what has expired, and sets the timer for what has not.
   *
   * @param firedAt the timer's time
   * @param known what is remembered of each sale
   * @param soldAt the moment of a sale that is remembered, milliseconds UTC
   */
  public void forget(
      Instant firedAt,
      MapState<String, byte[]> known,
      ToLongFunction<byte[]> soldAt,
      ValueState<Long> nextSweep,
      Timer timer) {
    long expired = firedAt.minus(horizon).getMillis();
    List<String> forgotten = new ArrayList<>();
    long oldest = Long.MAX_VALUE;
    for (Map.Entry<String, byte[]> sale : known.entries().read()) {
      long moment = soldAt.applyAsLong(sale.getValue());
      if (moment < expired) {
        forgotten.add(sale.getKey());
      } else {
        oldest = Math.min(oldest, moment);
      }
    }
    forgotten.forEach(known::remove);
    if (oldest == Long.MAX_VALUE) {
      nextSweep.clear();
    } else {
      set(oldest, nextSweep, timer);
    }
  }

  private void set(long oldest, ValueState<Long> nextSweep, Timer timer) {
    Instant at = Instant.ofEpochMilli(oldest).plus(horizon).plus(PERIOD);
    nextSweep.write(at.getMillis());
    timer.withNoOutputTimestamp().set(at);
  }
}
