package io.autopulse.source.topic;

import io.autopulse.domain.feed.RawBlock;
import java.io.Serializable;
import java.time.Clock;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a Kafka topic, each a JSON object, as blocks of records; never ends. Without a
 * checkpoint it begins with the oldest message that the topic holds; a restart goes on behind the
 * last message of the checkpoint. A record's place is {@code TOPIC/PARTITION} and its offset.
 *
 * <p>Partitions that are added are read from their first message. A topic that was deleted and made
 * again is read from its first message, under the place {@code TOPIC@ID/PARTITION}, and reported as
 * a {@link RawBlock.Format#NOTICE}; so are messages that the broker deleted before they were read.
 *
 * <p>The event time is the time of transport, the timestamp that the message has in Kafka, and not
 * the sale's: see {@link TransportTime}. The source's watermark is the lowest of its partitions'.
 */
public final class FollowTopic extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final Topic topic;
  private final Clock clock;

  /**
   * A topic.
   *
   * @param bootstrapServers {@code HOST:PORT}, separated by commas
   * @param name the topic's name
   * @param groupId whose offsets are committed when a checkpoint completes; none if absent
   * @param propertiesFile the consumer's properties, a file on each worker; none if absent
   * @param format what a message is: {@link RawBlock.Format#JSON} or {@link
   *     RawBlock.Format#DEBEZIUM}
   */
  public record Topic(
      String bootstrapServers,
      String name,
      @Nullable String groupId,
      @Nullable String propertiesFile,
      RawBlock.Format format)
      implements Serializable {}

  private FollowTopic(Topic topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
  }

  /**
   * Returns the transform.
   *
   * @param clock says what is now when all is read, and bounds the messages' timestamps;
   *     serializable
   */
  public static FollowTopic of(Topic topic, Clock clock) {
    return new FollowTopic(topic, clock);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin.apply("Partitions", Read.from(new TopicSource(topic, clock)));
  }
}
