package io.autopulse.it.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.autopulse.cli.InProcessCli;
import io.autopulse.testing.AutopulseJar;
import io.autopulse.testing.KafkaServer;
import io.autopulse.testing.Landing;
import io.autopulse.testing.LiveTopics;
import io.autopulse.testing.Parity;
import io.autopulse.testing.Refresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live job over the topics of a real Kafka. */
class LiveTopicIT {
  @TempDir private Path folder;

  @Test
  void brokerKilledWhileItSendsLosesNothing() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 3_000, 0);
    AutopulseJar jar = AutopulseJar.in(folder);
    Refresh.of(manifest, folder.resolve("batch.duckdb")).run();
    Parity parity = new Parity(folder);
    try (LiveTopics topics = LiveTopics.start(folder)) {
      List<byte[]> sales = topics.records("sales");
      AutopulseJar.Call job = jar.start("run", topics.manifest("5200w").toString());
      topics.sendSales(sales.subList(0, 1_000));
      topics.send("sales", null, "{\"sale_id\": \"X1\", \n\"net_price\":".getBytes(UTF_8));
      topics.send("sales", null, new byte[] {(byte) 0xff, 0, 'x'});
      topics.send("sales", null, null);
      topics.awaitSent();
      assertThat(
          job.errSoFar(),
          parity.await("(select count(*) from live.autopulse_core.sale_versions) > 900"),
          is(true));
      topics.kafka().kill();
      topics.sendSales(sales.subList(1_000, 2_000));
      topics.kafka().restart();
      topics.sendSales(sales.subList(2_000, sales.size()));
      topics.awaitSent();
      boolean arrived = parity.await(Parity.TABLES);
      assertThat(job.errSoFar() + arrived, arrived, is(true));
      assertThat(
          "each poison message is kept",
          parity.await(
              "(select count(*) from live.autopulse_core.rejected_records"
                  + " where code in ('MALFORMED_RECORD', 'DELETED_RECORD') and origin like 'sales/%') = 3"),
          is(true));
      job.process().destroy();
      job.await();
    }
  }

  @Test
  void idlePartitionsHoldNoWatermarkBack() throws Exception {
    Path manifest = Landing.generate(folder.resolve("landing"), 100, 0);
    AutopulseJar jar = AutopulseJar.in(folder);
    Refresh.of(manifest, folder.resolve("batch.duckdb")).run();
    Parity parity = new Parity(folder);
    try (LiveTopics topics = LiveTopics.start(folder)) {
      AutopulseJar.Call job = jar.start("run", topics.manifest("35d").toString());
      topics.send("sales", 0, sale("NEW-1", Instant.now()));
      assertThat(
          job.errSoFar(),
          parity.await("(select count(*) from live.autopulse_core.sale_versions) = 1"),
          is(true));
      topics.send("sales", 0, sale("OLD-1", Instant.now().minus(36, ChronoUnit.DAYS)));
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
    try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
      String manifest = LiveTopics.manifest(folder, kafka.address(), "200ms", "35d").toString();
      assertThat(
          InProcessCli.run("run", manifest).mustExit(2).err(),
          containsString("there is no topic "));
      kafka.kill();
      assertThat(
          InProcessCli.run("run", manifest).mustExit(4).err(),
          containsString("no broker answers at " + kafka.address()));
    }
  }

  @Test
  void securedBrokerIsReadWithThePropertiesFile() throws Exception {
    AutopulseJar jar = AutopulseJar.in(folder);
    try (KafkaServer kafka =
        KafkaServer.startSecured(folder.resolve("kafka"), "autopulse", "open sesame")) {
      kafka.createTopic("sales", 1);
      Path properties = kafka.writeClientProperties(folder.resolve("kafka.properties"));
      String manifest = securedManifest(kafka.address(), properties).toString();
      String right = Files.readString(properties);
      Files.writeString(properties, right.replace("open sesame", "open barley"));
      assertThat(
          InProcessCli.run("run", manifest).mustExit(2).err(),
          containsString("Kafka refuses: Authentication failed"));
      Files.writeString(properties, right);
      // Offsets are committed with the checkpoints.
      AutopulseJar.Call job = jar.start("run", manifest, "--", "--checkpointingInterval=1000");
      try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
        producer.send(new ProducerRecord<>("sales", sale("NEW-1", Instant.now()))).get();
      }
      Parity parity = new Parity(folder);
      assertThat(
          job.errSoFar(),
          parity.await("(select count(*) from live.autopulse_core.sale_versions) = 1"),
          is(true));
      awaitCommitted(kafka, 1);
      job.process().destroy();
      assertThat(job.await().err(), not(containsString("open sesame")));
    }
  }

  private static void awaitCommitted(KafkaServer kafka, long messages) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (kafka.committed("watched", "sales") < messages) {
      assertThat("the group's offset is committed", System.nanoTime() < deadline, is(true));
      Thread.sleep(200);
    }
  }

  private Path securedManifest(String servers, Path properties) throws IOException {
    return Files.writeString(
        folder.resolve("live.yaml"),
        """
        job: live-topics
        timezone: Europe/Paris
        currency: EUR
        feeds:
          sales:
            from: {type: kafka, bootstrap_servers: "%s", topic: sales, group_id: watched, properties_file: "%s"}
        warehouse: duckdb:%s
        live: {panes: 200ms, corrections: 35d}
        """
            .formatted(servers, properties, folder.resolve("live.duckdb")));
  }

  private static byte[] sale(String id, Instant soldAt) {
    return """
        {"sale_id": "%s", "updated_at": "%s", "status": "SOLD", "sold_at": "%s", "model_id": "M", "dealer_id": "D",
        "net_price": 20000, "currency": "EUR"}
        """
        .formatted(id, soldAt, soldAt)
        .getBytes(UTF_8);
  }
}
