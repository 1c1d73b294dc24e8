package io.autopulse.source.topic;

import java.time.Duration;

/**
 * The watermark of a partition, from the timestamps of its messages, and from the clock when all of
 * them are read: an idle partition holds nothing back. It only rises, so a message of long ago does
 * not hold it. A timestamp that lies in the future is a wrong clock's: it moves nothing.
 */
final class TransportTime {
  /**
   * How far messages of a partition may be out of the order of their timestamps, and how far the
   * watermark of an idle partition is behind the clock.
   */
  private static final long DISORDER = Duration.ofSeconds(1).toMillis();

  /** How far the clocks of producers and of the job may differ. */
  private static final long TOLERANCE = Duration.ofMinutes(1).toMillis();

  private long watermark;

  /**
   * Makes the watermark of a partition.
   *
   * @param before the watermark of the checkpoint that is gone on from, milliseconds since 1970;
   *     {@link Long#MIN_VALUE} if there is none
   */
  TransportTime(long before) {
    watermark = before;
  }

  /** Tells whether a timestamp may be that of a message which has come by now. */
  static boolean isPlausible(long sent, long now) {
    return sent <= now + TOLERANCE;
  }

  /** Takes the timestamp of a message that was handed on. */
  void handedOn(long sent, long now) {
    if (isPlausible(sent, now)) {
      advance(Math.min(sent, now));
    }
  }

  /** Takes a moment at which the partition held no message that was not handed on. */
  void allRead(long moment) {
    advance(moment);
  }

  /** Returns the watermark, milliseconds since 1970; {@link Long#MIN_VALUE} if there is none. */
  long watermark() {
    return watermark;
  }

  private void advance(long seen) {
    // The least timestamps would overflow.
    watermark = Math.max(watermark, seen < 0 ? seen : seen - DISORDER);
  }
}
