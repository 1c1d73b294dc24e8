package io.autopulse.source;

import io.autopulse.domain.quality.RawBlock;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a Kafka topic, each a JSON object, as blocks of records; never ends. Without a
 * checkpoint it begins with the oldest message that the topic holds; a restart goes on behind the
 * last message of the checkpoint. A record's place is {@code TOPIC/PARTITION} and its offset.
 *
 * <p>The event time is the time of transport, the timestamp that the message has in Kafka, and not
 * the sale's. A partition's watermark is that of its newest message; when all are read, it follows
 * the clock, so that an idle partition holds nothing back. The source's watermark is the lowest of
 * its partitions'.
 */
public final class FollowTopic extends PTransform<PBegin, PCollection<RawBlock>> {
  private static final long serialVersionUID = 1L;

  private final Topic topic;

  /**
   * A topic.
   *
   * @param bootstrapServers {@code HOST:PORT}, separated by commas
   * @param name the topic's name
   * @param groupId whose offsets are committed when a checkpoint completes; none if absent
   * @param propertiesFile the consumer's properties, a file on each worker; none if absent
   */
  public record Topic(
      String bootstrapServers,
      String name,
      @Nullable String groupId,
      @Nullable String propertiesFile)
      implements Serializable {}

  private FollowTopic(Topic topic) {
    this.topic = topic;
  }

  /** Returns the transform. */
  public static FollowTopic of(Topic topic) {
    return new FollowTopic(topic);
  }

  @Override
  public PCollection<RawBlock> expand(PBegin begin) {
    return begin
        .apply("Messages", messages())
        .apply("Blocks", ParDo.of(new MessagesToBlocks()))
        .setCoder(new RawBlockCoder());
  }

  private KafkaIO.Read<byte[], byte[]> messages() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.<byte[], byte[]>read()
            .withBootstrapServers(topic.bootstrapServers())
            .withTopic(topic.name())
            .withKeyDeserializer(ByteArrayDeserializer.class)
            .withValueDeserializer(ByteArrayDeserializer.class)
            .withConsumerFactoryFn(new TopicConsumers(topic.propertiesFile()))
            .withTimestampPolicyFactory((partition, before) -> new TransportTime(before))
            // What a producer's transaction has rolled back was never sent.
            .withReadCommitted();
    if (topic.groupId() != null) {
      settings.put("group.id", topic.groupId());
      read = read.commitOffsetsInFinalize();
    }
    return read.withConsumerConfigUpdates(settings);
  }
}
