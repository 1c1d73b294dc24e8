package io.autopulse.transform;

import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;

/** How live transforms set their timers. */
final class LiveTimers {
  /** The output timestamp of timers: what they hand out holds no watermark back. */
  static final Instant NO_HOLD = GlobalWindow.INSTANCE.maxTimestamp();

  private LiveTimers() {}
}
