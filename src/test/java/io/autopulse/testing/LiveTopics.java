package io.autopulse.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A real Kafka with a topic a feed, and the records of a landing zone to send to them. */
public final class LiveTopics implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final KafkaServer kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  private LiveTopics(Path folder, KafkaServer kafka) {
    this.folder = folder;
    this.kafka = kafka;
    producer = kafka.producer();
  }

  /**
   * Makes topics of the shared broker, with four partitions of sales, and sends the vehicles and
   * dealers.
   *
   * @param folder where {@code landing} is
   */
  public static LiveTopics start(Path folder) throws Exception {
    LiveTopics topics = new LiveTopics(folder, SharedServers.kafka());
    topics.kafka.createTopic("sales", 4);
    for (String feed : List.of("vehicles", "dealers")) {
      topics.kafka.createTopic(feed, 1);
      topics.records(feed).forEach(record -> topics.send(feed, null, record));
    }
    return topics;
  }

  /** Returns the broker. */
  public KafkaServer kafka() {
    return kafka;
  }

  /**
   * Writes a manifest of a live job over the topics, with a pane every 200 ms.
   *
   * @param corrections the correction horizon
   */
  public Path manifest(String corrections) throws IOException {
    return manifest(folder, kafka.address(), "200ms", corrections);
  }

  /**
   * Writes a manifest of a live job over the topics.
   *
   * @param panes how often changed KPIs are handed out
   * @param corrections the correction horizon
   */
  public Path manifest(String panes, String corrections) throws IOException {
    return manifest(folder, kafka.address(), panes, corrections);
  }

  /** Writes a manifest of a live job over the topics of a broker that need not run. */
  public static Path manifest(Path folder, String servers, String panes, String corrections)
      throws IOException {
    StringBuilder manifest =
        new StringBuilder("job: live-topics\ntimezone: Europe/Paris\ncurrency: EUR\nfeeds:\n");
    for (String feed : List.of("sales", "vehicles", "dealers")) {
      manifest.append(
          "  %s: {from: {type: kafka, bootstrap_servers: \"%s\", topic: %s}}\n"
              .formatted(feed, servers, feed));
    }
    manifest.append("warehouse: duckdb:").append(folder.resolve("live.duckdb")).append('\n');
    manifest.append("live: {panes: %s, corrections: %s}\n".formatted(panes, corrections));
    return Files.writeString(folder.resolve("live.yaml"), manifest);
  }

  /** Sends a message, without waiting for it. */
  public void send(String topic, @Nullable Integer partition, byte @Nullable [] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
  }

  /** Sends sales, without waiting for them. */
  public void sendSales(List<byte[]> records) {
    records.forEach(record -> send("sales", null, record));
  }

  /** Waits until all that was sent has arrived at the broker. */
  public void awaitSent() throws Exception {
    for (Future<RecordMetadata> message : sent) {
      message.get();
    }
    sent.clear();
  }

  /** Returns the landing zone's records of a feed, as JSON. */
  public List<byte[]> records(String feed) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("landing").resolve(feed))) {
      for (Path file : files.sorted().toList()) {
        records.addAll(records(file));
      }
    }
    return records;
  }

  /** Returns a CSV file's records, as JSON. */
  public static List<byte[]> records(Path file) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord record : csv) {
        Map<String, String> fields = new LinkedHashMap<>(record.getFieldsAsMap());
        fields.values().removeIf(String::isEmpty);
        records.add(JSON.writeValueAsBytes(fields));
      }
    }
    return records;
  }

  @Override
  public void close() {
    // The broker goes on: whoever is next deletes the topics.
    producer.close(java.time.Duration.ZERO);
  }
}
