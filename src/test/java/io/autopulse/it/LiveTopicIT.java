package io.autopulse.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.KafkaServer;
import io.autopulse.testing.Landing;
import io.autopulse.testing.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live job over the topics of a real Kafka. */
class LiveTopicIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FEEDS = List.of("sales", "vehicles", "dealers");

  @TempDir private Path folder;

  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  @Test
  void brokerKilledWhileItSendsLosesNothing() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 3_000, 0);
    AutopulseJar jar = AutopulseJar.in(folder);
    jar.succeed("run", manifest.toString(), "--warehouse", "duckdb:batch.duckdb");
    Parity parity = new Parity(folder);
    try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"));
        KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
      kafka.createTopic("sales", 4);
      kafka.createTopic("vehicles", 1);
      kafka.createTopic("dealers", 1);
      Path live = manifest(kafka.address(), "5200w");
      for (String feed : List.of("vehicles", "dealers")) {
        records(feed).forEach(r -> send(producer, feed, null, r));
      }
      List<byte[]> sales = records("sales");
      AutopulseJar.Call job =
          jar.start("run", live.toString(), "--warehouse", "duckdb:live.duckdb");
      sales.subList(0, 1_000).forEach(r -> send(producer, "sales", null, r));
      send(producer, "sales", null, "{\"sale_id\": \"X1\", \n\"net_price\":".getBytes(UTF_8));
      send(producer, "sales", null, new byte[] {(byte) 0xff, 0, 'x'});
      send(producer, "sales", null, null);
      producer.flush();
      assertThat(
          job.errSoFar(),
          parity.await("(select count(*) from live.autopulse_core.sale_versions) > 900"),
          is(true));
      kafka.kill();
      sales.subList(1_000, 2_000).forEach(r -> send(producer, "sales", null, r));
      kafka.restart();
      sales.subList(2_000, sales.size()).forEach(r -> send(producer, "sales", null, r));
      producer.flush();
      for (Future<RecordMetadata> message : sent) {
        message.get();
      }
      boolean arrived = parity.await(Parity.TABLES);
      assertThat(job.errSoFar() + arrived, arrived, is(true));
      assertThat(
          "each poison message is kept",
          parity.await(
              "(select count(*) from live.autopulse_core.rejected_records"
                  + " where code = 'MALFORMED_RECORD' and origin like 'sales/%') = 3"),
          is(true));
      job.process().destroy();
      job.await();
    }
  }

  @Test
  void idlePartitionsHoldNoWatermarkBack() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 100, 0);
    AutopulseJar jar = AutopulseJar.in(folder);
    jar.succeed("run", manifest.toString(), "--warehouse", "duckdb:batch.duckdb");
    Parity parity = new Parity(folder);
    try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"));
        KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
      kafka.createTopic("sales", 4);
      kafka.createTopic("vehicles", 1);
      kafka.createTopic("dealers", 1);
      for (String feed : List.of("vehicles", "dealers")) {
        records(feed).forEach(r -> send(producer, feed, null, r));
      }
      AutopulseJar.Call job =
          jar.start(
              "run",
              manifest(kafka.address(), "35d").toString(),
              "--warehouse",
              "duckdb:live.duckdb");
      send(producer, "sales", 0, sale("NEW-1", Instant.now()));
      assertThat(
          job.errSoFar(),
          parity.await("(select count(*) from live.autopulse_core.sale_versions) = 1"),
          is(true));
      send(producer, "sales", 0, sale("OLD-1", Instant.now().minus(36, ChronoUnit.DAYS)));
      assertThat(
          "three partitions never had a message",
          parity.await(
              "(select count(*) from live.autopulse_core.rejected_records"
                  + " where code = 'TOO_LATE' and raw like '%OLD-1%') = 1"),
          is(true));
      job.process().destroy();
      job.await();
    }
  }

  @Test
  void absentTopicAndAbsentBrokerAreToldBeforeTheStart() throws Exception {
    Landing.generate(folder.resolve("landing"), 100, 0);
    AutopulseJar jar = AutopulseJar.in(folder);
    try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
      Path manifest = manifest(kafka.address(), "35d");
      assertThat(
          jar.run("run", manifest.toString(), "--warehouse", "duckdb:live.duckdb")
              .mustExit(2)
              .err(),
          containsString("there is no topic "));
      kafka.kill();
      assertThat(
          jar.run("run", manifest.toString(), "--warehouse", "duckdb:live.duckdb")
              .mustExit(2)
              .err(),
          containsString("no broker answers at " + kafka.address()));
    }
  }

  private Path manifest(String servers, String corrections) throws IOException {
    StringBuilder manifest =
        new StringBuilder("job: live-topics\ntimezone: Europe/Paris\ncurrency: EUR\nfeeds:\n");
    for (String feed : FEEDS) {
      manifest.append(
          "  %s: {from: {type: kafka, bootstrap_servers: \"%s\", topic: %s}}\n"
              .formatted(feed, servers, feed));
    }
    manifest.append("warehouse: duckdb:live.duckdb\n");
    manifest.append("live: {panes: 200ms, corrections: %s}\n".formatted(corrections));
    return Files.writeString(folder.resolve("live.yaml"), manifest);
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer,
      String topic,
      @Nullable Integer partition,
      byte @Nullable [] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
  }

  private static byte[] sale(String id, Instant soldAt) {
    return """
        {"sale_id": "%s", "updated_at": "%s", "status": "SOLD", "sold_at": "%s", "model_id": "M", "dealer_id": "D",
        "net_price": 20000, "currency": "EUR"}
        """
        .formatted(id, soldAt, soldAt)
        .getBytes(UTF_8);
  }

  // The landing zone's records of a feed, as JSON.
  private List<byte[]> records(String feed) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("landing").resolve(feed))) {
      for (Path file : files.sorted().toList()) {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
          for (NamedCsvRecord record : csv) {
            Map<String, String> fields = new LinkedHashMap<>(record.getFieldsAsMap());
            fields.values().removeIf(String::isEmpty);
            records.add(JSON.writeValueAsBytes(fields));
          }
        }
      }
    }
    return records;
  }
}
