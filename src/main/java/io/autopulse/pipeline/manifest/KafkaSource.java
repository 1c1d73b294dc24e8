package io.autopulse.pipeline.manifest;

import org.jspecify.annotations.Nullable;

/**
 * A topic of Kafka whose messages are JSON objects, one record each.
 *
 * @param bootstrapServers where to ask for the brokers: {@code HOST:PORT}, separated by commas
 * @param topic the topic's name
 * @param groupId the consumer group that offsets are committed for, so that its lag can be watched;
 *     absent to commit none. The job itself goes on from its checkpoints
 * @param propertiesFile the properties file of Kafka's consumer, read where the consumer runs:
 *     security and secrets belong there; absent if none are needed
 * @param envelope what the record is wrapped in: {@link #DEBEZIUM}, or absent if it is the message
 */
public record KafkaSource(
    String bootstrapServers,
    String topic,
    @Nullable String groupId,
    @Nullable String propertiesFile,
    @Nullable String envelope)
    implements SourceSpec {
  /** Change events of Debezium: before, after, op. */
  public static final String DEBEZIUM = "debezium";

  @Override
  public String description() {
    return "kafka topic " + topic;
  }
}
