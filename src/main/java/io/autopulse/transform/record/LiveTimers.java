package io.autopulse.transform.record;

import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;

/** How live transforms set their timers. */
public final class LiveTimers {
  /** The output timestamp of timers: what they hand out holds no watermark back. */
  public static final Instant NO_HOLD = GlobalWindow.INSTANCE.maxTimestamp();

  private LiveTimers() {}
}
