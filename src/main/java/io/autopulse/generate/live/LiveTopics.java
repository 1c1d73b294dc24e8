package io.autopulse.generate.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.problem.InputException;
import io.autopulse.generate.LandingManifest;
import io.autopulse.generate.format.RecordBuffer;
import io.autopulse.generate.format.RecordEncoder;
import io.autopulse.generate.world.GenerateSpec;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.SalesFeed;
import io.autopulse.generate.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * JSON messages in Kafka: topics {@code sales} (keyed by sale), {@code vehicles} and {@code
 * dealers}, made if they are not there.
 */
final class LiveTopics implements LiveOutput {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SALES_PARTITIONS = 4;

  private final GenerateSpec spec;
  private final String bootstrapServers;
  private final RecordEncoder encoder;
  private final RecordBuffer record = new RecordBuffer(512);
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /**
   * Connects to the broker.
   *
   * @throws InputException if no broker answers within 10 seconds
   */
  LiveTopics(World world, String bootstrapServers) {
    spec = world.spec();
    this.bootstrapServers = bootstrapServers;
    encoder = spec.format().encoder(SalesFeed.COLUMNS, world.random(2));
    makeTopics();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "enable.idempotence",
                "true",
                "linger.ms",
                "5",
                "compression.type",
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private void makeTopics() {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "default.api.timeout.ms",
                String.valueOf(PATIENCE.toMillis()),
                "request.timeout.ms",
                String.valueOf(PATIENCE.toMillis() / 2)))) {
      for (NewTopic topic :
          List.of(
              new NewTopic("sales", SALES_PARTITIONS, (short) -1),
              new NewTopic("vehicles", 1, (short) -1),
              new NewTopic("dealers", 1, (short) -1))) {
        make(topic, admin);
      }
    } catch (KafkaException e) {
      throw unreachable(e);
    }
  }

  private void make(NewTopic topic, Admin admin) {
    try {
      admin.createTopics(List.of(topic)).all().get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw unreachable(e);
      }
    } catch (TimeoutException e) {
      throw unreachable(e);
    }
  }

  private InputException unreachable(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new InputException(
        "--bootstrap-servers " + bootstrapServers,
        "Kafka does not answer (" + cause.getMessage() + ")",
        "Start Kafka or correct the address");
  }

  @Override
  public Duration interval() {
    return Duration.ofMillis(50);
  }

  @Override
  public void sendReference(String feed, RecordBuffer records) throws IOException {
    new String(records.toBytes(), UTF_8)
        .lines()
        .forEach(line -> send(new ProducerRecord<>(feed, line.getBytes(UTF_8))));
    awaitSent();
  }

  @Override
  public void add(SaleVersion version, Instant now) {
    record.clear();
    SalesFeed.write(version, record, now.toEpochMilli(), encoder);
    byte[] line = record.toBytes();
    byte[] message = Arrays.copyOf(line, line.length - 1);
    send(new ProducerRecord<>("sales", version.saleId().getBytes(UTF_8), message));
  }

  private void send(ProducerRecord<byte[], byte[]> message) {
    sent.add(producer.send(message));
  }

  @Override
  public void flush(Instant now) throws IOException {
    awaitSent();
  }

  private void awaitSent() throws IOException {
    try {
      for (Future<RecordMetadata> message : sent) {
        message.get();
      }
      sent.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending to Kafka", e);
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not take a message: " + e.getCause(), e);
    }
  }

  @Override
  public Path writeManifests() throws IOException {
    return Files.writeString(
        spec.directory().resolve("live.yaml"), LandingManifest.liveTopics(spec, bootstrapServers));
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
