package io.autopulse.source;

import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Event time of a partition: the timestamps of its messages, and the clock's when all of them are
 * read. Kafka's own policies in Beam leave the watermark of a partition that never had a message
 * where it is, which would hold back that of all.
 */
final class TransportTime extends TimestampPolicy<byte[], byte[]> {
  /**
   * How far messages of a partition may be out of the order of their timestamps, and how far the
   * watermark of an idle partition is behind the clock.
   */
  private static final Duration DISORDER = Duration.standardSeconds(1);

  private Instant watermark;

  /**
   * Makes the policy of a partition.
   *
   * @param before the watermark of the checkpoint that is gone on from
   */
  TransportTime(Optional<Instant> before) {
    watermark = before.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE);
  }

  @Override
  public Instant getTimestampForRecord(
      PartitionContext partition, KafkaRecord<byte[], byte[]> message) {
    Instant sent = Instant.ofEpochMilli(message.getTimestamp());
    advance(sent);
    return sent;
  }

  @Override
  public Instant getWatermark(PartitionContext partition) {
    if (partition.getMessageBacklog() == 0) {
      advance(partition.getBacklogCheckTime());
    }
    return watermark;
  }

  private void advance(Instant seen) {
    Instant next = seen.minus(DISORDER);
    if (next.isAfter(watermark)) {
      watermark = next;
    }
  }
}
