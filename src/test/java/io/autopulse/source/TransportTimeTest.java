package io.autopulse.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.io.kafka.TimestampPolicy.PartitionContext;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class TransportTimeTest {
  @Test
  void partitionThatNeverHadAMessageFollowsTheClock() {
    TransportTime time = new TransportTime(Optional.empty());

    assertThat(
        "before the backlog is known",
        time.getWatermark(context(-1, 50_000)),
        is(BoundedWindow.TIMESTAMP_MIN_VALUE));
    assertThat(time.getWatermark(context(0, 60_000)), is(Instant.ofEpochMilli(59_000)));
  }

  @Test
  void waitingMessagesHoldTheWatermarkBack() {
    TransportTime time = new TransportTime(Optional.empty());

    assertThat(
        time.getTimestampForRecord(context(9, 60_000), message(20_000)),
        is(Instant.ofEpochMilli(20_000)));
    assertThat(time.getWatermark(context(8, 61_000)), is(Instant.ofEpochMilli(19_000)));
  }

  @Test
  void watermarkNeverGoesBack() {
    TransportTime time = new TransportTime(Optional.of(Instant.ofEpochMilli(40_000)));

    assertThat(
        "a message keeps its own time",
        time.getTimestampForRecord(context(1, 60_000), message(20_000)),
        is(Instant.ofEpochMilli(20_000)));
    assertThat(time.getWatermark(context(1, 60_000)), is(Instant.ofEpochMilli(40_000)));
  }

  private static PartitionContext context(long backlog, long checkedAt) {
    return new PartitionContext() {
      @Override
      public long getMessageBacklog() {
        return backlog;
      }

      @Override
      public Instant getBacklogCheckTime() {
        return Instant.ofEpochMilli(checkedAt);
      }
    };
  }

  private static KafkaRecord<byte[], byte[]> message(long sentAt) {
    return new KafkaRecord<>(
        "sales",
        0,
        7,
        sentAt,
        KafkaTimestampType.CREATE_TIME,
        new RecordHeaders(),
        new byte[0],
        new byte[0]);
  }
}
