package io.autopulse.source.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.testing.KafkaServer;
import io.autopulse.testing.SharedServers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Reads topics of a real broker that change under the reader, a topic a test. */
class TopicReaderIT {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static KafkaServer kafka;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;

  private final Set<String> seen = new TreeSet<>();
  private String topic = "";
  private TopicSource source;
  private TopicReader reader;

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = SharedServers.kafka();
    admin = kafka.admin();
    producer = kafka.producer();
  }

  @AfterAll
  static void stopBroker() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
  }

  @AfterEach
  void stopReader() {
    reader.close();
  }

  private void create(TestInfo test, int partitions) throws Exception {
    topic = test.getTestMethod().orElseThrow().getName();
    kafka.createTopic(topic, partitions);
  }

  private void start(@Nullable String group) {
    source =
        new TopicSource(
            new FollowTopic.Topic(kafka.address(), topic, group, null, RawBlock.Format.JSON),
            Clock.systemUTC());
    reader = source.createReader(OPTIONS, null);
  }

  /** Ends the reader and starts one that goes on from its checkpoint. */
  private void stopAnd(Callable<?> meanwhile) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    source.getCheckpointMarkCoder().encode(reader.getCheckpointMark(), bytes);
    reader.close();
    meanwhile.call();
    seen.clear();
    reader =
        source.createReader(
            OPTIONS,
            source.getCheckpointMarkCoder().decode(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static void send(String topic, int partition, int first, int last) throws Exception {
    for (int i = first; i <= last; i++) {
      send(topic, partition, null, "s" + i);
    }
  }

  private static void send(String topic, int partition, @Nullable Long sentAt, String value)
      throws Exception {
    producer
        .send(new ProducerRecord<>(topic, partition, sentAt, null, value.getBytes(UTF_8)))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void send(KafkaProducer<byte[], byte[]> transactions, String value) throws Exception {
    transactions
        .send(new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8)))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void expire(int partition, long offset) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void recreate(int partitions) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    kafka.createTopic(topic, partitions);
  }

  private void addPartitions(int total) throws Exception {
    admin
        .createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Reads once; keeps each line under its place, and each notice. */
  private void read() {
    if (!reader.advance()) {
      return;
    }
    RawBlock block = reader.getCurrent();
    if (block.format() == RawBlock.Format.NOTICE) {
      seen.add(block.header().get(0) + " " + block.origin() + ":" + block.firstLine());
      return;
    }
    long line = block.firstLine();
    for (String text : new String(block.text(), UTF_8).split("\n")) {
      seen.add(block.origin().replaceFirst("@.{22}/", "@ID/") + ":" + line++ + " " + text);
    }
  }

  private void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat("still only " + seen, System.nanoTime() < deadline, is(true));
      read();
    }
  }

  private void awaitAll(String... expected) throws Exception {
    await(() -> seen.size() >= expected.length && seen.containsAll(Set.of(expected)));
    awaitAllRead();
    assertThat(seen, is(Set.of(expected)));
  }

  /** Reads until the watermark has passed what was now: then nothing is left. */
  private void awaitAllRead() throws Exception {
    long now = System.currentTimeMillis();
    await(() -> reader.getWatermark().getMillis() > now);
  }

  @Test
  void partitionAddedWhileTheReaderRunsIsReadFromItsFirstMessage(TestInfo test) throws Exception {
    create(test, 1);
    send(topic, 0, 1, 1);
    start(null);
    awaitAll(topic + "/0:0 s1");

    addPartitions(3);
    send(topic, 1, 2, 2);
    send(topic, 2, 3, 3);

    awaitAll(topic + "/0:0 s1", topic + "/1:0 s2", topic + "/2:0 s3");
  }

  @Test
  void partitionAddedWhileTheReaderIsStoppedIsReadFromItsFirstMessage(TestInfo test)
      throws Exception {
    create(test, 1);
    send(topic, 0, 1, 1);
    start(null);
    awaitAll(topic + "/0:0 s1");

    stopAnd(
        () -> {
          addPartitions(2);
          send(topic, 1, 2, 3);
          return null;
        });

    awaitAll(topic + "/1:0 s2", topic + "/1:1 s3");
  }

  @Test
  void eachPartitionIsReadByOneSplitEvenIfThereAreMoreSplits(TestInfo test) throws Exception {
    create(test, 2);
    start(null);
    List<TopicSource> splits = source.split(3, OPTIONS);
    send(topic, 0, 1, 1);
    send(topic, 1, 2, 2);
    addPartitions(4);
    send(topic, 3, 4, 4);

    for (TopicSource split : splits) {
      reader.close();
      reader = split.createReader(OPTIONS, null);
      awaitAllRead();
    }

    assertThat(seen, is(Set.of(topic + "/0:0 s1", topic + "/1:0 s2", topic + "/3:0 s4")));
  }

  @Test
  void topicMadeAgainWithFewerMessagesIsReadFromItsFirst(TestInfo test) throws Exception {
    create(test, 1);
    send(topic, 0, 1, 3);
    start(null);
    awaitAll(topic + "/0:0 s1", topic + "/0:1 s2", topic + "/0:2 s3");

    stopAnd(
        () -> {
          recreate(1);
          send(topic, 0, 4, 4);
          return null;
        });

    awaitRecreated("0:0 s4");
  }

  @Test
  void topicMadeAgainWithMoreMessagesIsReadFromItsFirst(TestInfo test) throws Exception {
    create(test, 2);
    send(topic, 1, 1, 2);
    start(null);
    awaitAll(topic + "/1:0 s1", topic + "/1:1 s2");

    stopAnd(
        () -> {
          recreate(2);
          send(topic, 1, 4, 7);
          return null;
        });

    awaitRecreated("1:0 s4", "1:1 s5", "1:2 s6", "1:3 s7");
  }

  @Test
  void topicMadeAgainWhileTheReaderRunsIsReadFromItsFirst(TestInfo test) throws Exception {
    create(test, 2);
    send(topic, 0, 1, 2);
    send(topic, 1, 3, 3);
    start(null);
    awaitAll(topic + "/0:0 s1", topic + "/0:1 s2", topic + "/1:0 s3");
    seen.clear();

    recreate(1);
    send(topic, 0, 4, 7);
    await(() -> seen.contains(topic + "@ID/0:3 s7"));
    awaitAllRead();

    assertThat(seen.toString(), containsString("TOPIC_RECREATED " + topic + "@"));
    for (int i = 0; i < 4; i++) {
      assertThat(seen.toString(), containsString(topic + "@ID/0:%d s%d".formatted(i, i + 4)));
    }
    stopAnd(() -> null);
    awaitAllRead();
    assertThat("it is said once", seen, is(Set.of()));
  }

  private void awaitRecreated(String... expected) throws Exception {
    awaitAllRead();
    String notices = seen.stream().filter(s -> s.startsWith("TOPIC_RECREATED")).toList().toString();
    assertThat(notices, containsString("[TOPIC_RECREATED " + topic + "@"));
    seen.removeIf(s -> s.startsWith("TOPIC_RECREATED"));
    Set<String> places = new TreeSet<>();
    for (String place : expected) {
      places.add(topic + "@ID/" + place);
    }
    assertThat(seen, is(places));
  }

  @Test
  void messagesThatExpiredWhileTheReaderWasStoppedAreReported(TestInfo test) throws Exception {
    create(test, 1);
    send(topic, 0, 1, 2);
    start(null);
    awaitAll(topic + "/0:0 s1", topic + "/0:1 s2");

    stopAnd(
        () -> {
          send(topic, 0, 3, 6);
          expire(0, 5);
          return null;
        });

    awaitAll("EXPIRED_MESSAGES " + topic + "/0 gap:2", topic + "/0:5 s6");
    stopAnd(() -> null);
    awaitAllRead();
    assertThat("it is said once", seen, is(Set.of()));
  }

  @Test
  void partitionWhoseMessagesAllExpiredUnreadIsReported(TestInfo test) throws Exception {
    create(test, 1);
    send(topic, 0, 1, 1);
    start(null);
    awaitAll(topic + "/0:0 s1");

    stopAnd(
        () -> {
          addPartitions(2);
          send(topic, 0, 2, 3);
          expire(0, 3);
          send(topic, 1, 4, 6);
          expire(1, 2);
          return null;
        });

    awaitAll(
        "EXPIRED_MESSAGES " + topic + "/0 gap:1",
        "EXPIRED_MESSAGES " + topic + "/1 gap:0",
        topic + "/1:2 s6");
  }

  @Test
  void messagesThatWereReadMayExpireAndAFirstStartHasNoGap(TestInfo test) throws Exception {
    create(test, 1);
    send(topic, 0, 1, 3);
    expire(0, 1);
    start(null);
    awaitAll(topic + "/0:1 s2", topic + "/0:2 s3");

    stopAnd(
        () -> {
          expire(0, 3);
          return null;
        });

    awaitAllRead();
    assertThat(seen, is(Set.of()));
  }

  @Test
  void offsetsOfAGroupDecideNothingAndAreCommitted(TestInfo test) throws Exception {
    create(test, 1);
    send(topic, 0, 1, 3);
    admin
        .alterConsumerGroupOffsets(
            "watched", Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(3)))
        .all()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    start("watched");

    awaitAll(topic + "/0:0 s1", topic + "/0:1 s2", topic + "/0:2 s3");
    send(topic, 0, 4, 4);
    await(() -> seen.contains(topic + "/0:3 s4"));
    assertThat(kafka.committed("watched", topic), is(3L));
    reader.getCheckpointMark().finalizeCheckpoint();
    await(() -> kafka.committed("watched", topic) == 4);
  }

  @Test
  void messageFromTheFutureMovesNoTime(TestInfo test) throws Exception {
    create(test, 1);
    long hourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
    send(topic, 0, hourAgo, "s1");
    send(topic, 0, Long.MAX_VALUE, "s2");
    start(null);

    await(() -> seen.contains(topic + "/0:1 s2"));
    assertThat(
        "before it is known that all is read",
        reader.getWatermark().getMillis(),
        lessThanOrEqualTo(hourAgo));
    awaitAllRead();
    assertThat(reader.getWatermark().getMillis(), lessThanOrEqualTo(System.currentTimeMillis()));
  }

  @Test
  void onlyWhatIsCommittedIsReadAndIdleTransactionsHoldNoTime(TestInfo test) throws Exception {
    create(test, 1);
    try (KafkaProducer<byte[], byte[]> transactions =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.address(), "transactional.id", topic),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      transactions.initTransactions();
      transactions.beginTransaction();
      send(transactions, "rolled back");
      transactions.abortTransaction();
      transactions.beginTransaction();
      send(transactions, "s1");
      transactions.commitTransaction();
    }
    start(null);

    awaitAll(topic + "/0:2 s1");
    assertThat(
        "the mark of the transaction's end is passed",
        reader.getCheckpointMark().offsets().get(0),
        greaterThanOrEqualTo(4L));
  }
}
