package io.autopulse.source;

import io.autopulse.domain.quality.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes consumers from a job's settings and a properties file, which is read where the consumer
 * runs: its secrets do not travel with the job. The job's settings win.
 */
final class TopicConsumers
    implements SerializableFunction<Map<String, Object>, Consumer<byte[], byte[]>> {
  private static final long serialVersionUID = 1L;

  private final @Nullable String propertiesFile;

  TopicConsumers(@Nullable String propertiesFile) {
    this.propertiesFile = propertiesFile;
  }

  @Override
  public Consumer<byte[], byte[]> apply(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(properties(propertiesFile));
    all.putAll(settings);
    return new KafkaConsumer<>(all);
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
