package io.autopulse.source.topic;

import io.autopulse.domain.problem.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes consumers from a job's settings and a properties file, which is read where the consumer
 * runs: its secrets do not travel with the job. The job's settings win.
 */
final class TopicConsumers {
  private static final int MESSAGES_AT_ONCE = 2_000;

  private TopicConsumers() {}

  /**
   * Returns a consumer whose place in each partition is set by the job alone, never by the offsets
   * of a group.
   */
  static Consumer<byte[], byte[]> consumer(FollowTopic.Topic topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("max.poll.records", MESSAGES_AT_ONCE);
    settings.putAll(connection(topic));
    settings.put("auto.offset.reset", "none");
    settings.put("enable.auto.commit", false);
    // Asking for a topic that was deleted must not make it again.
    settings.put("allow.auto.create.topics", false);
    // What a producer's transaction has rolled back was never sent.
    settings.put("isolation.level", "read_committed");
    if (topic.groupId() != null) {
      settings.put("group.id", topic.groupId());
    }
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Returns what a client needs to reach the brokers of a topic. */
  static Map<String, Object> connection(FollowTopic.Topic topic) {
    Map<String, Object> settings = properties(topic.propertiesFile());
    settings.put("bootstrap.servers", topic.bootstrapServers());
    return settings;
  }

  /**
   * Returns what a properties file says.
   *
   * @param file the file; nothing is said if it is absent
   * @throws InputException if it cannot be read
   */
  static Map<String, Object> properties(@Nullable String file) {
    Properties properties = new Properties();
    if (file != null) {
      try (Reader reader = Files.newBufferedReader(Path.of(file))) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new InputException(
            file,
            "cannot be read: " + e.getMessage(),
            "properties_file names the properties of Kafka's consumer, on every machine of the job");
      }
    }
    Map<String, Object> settings = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    return settings;
  }
}
