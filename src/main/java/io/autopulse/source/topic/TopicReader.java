package io.autopulse.source.topic;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.topic.MessageBlocks.Messages;
import io.autopulse.source.topic.TopicSurvey.Range;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the partitions of one split of a topic. Where it begins in each is decided here, from the
 * checkpoint and from what the topic holds. Used by one thread at a time.
 */
final class TopicReader extends UnboundedReader<RawBlock> {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final String NO_ID = Uuid.ZERO_UUID.toString();
  private static final Duration WAIT = Duration.ofMillis(10);

  private final TopicSource source;
  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final TopicSurveys surveys;
  private final AtomicReference<@Nullable TopicMark> completed = new AtomicReference<>();

  /** Partitions that are read. */
  private final Map<Integer, Partition> partitions = new TreeMap<>();

  /** Where to begin in partitions that wait for the next survey. */
  private final SortedMap<Integer, Long> unplaced;

  private final Queue<Ready> ready = new ArrayDeque<>();
  private String topicId;
  private boolean again;
  private long watermark;
  private long surveyedAt = Long.MIN_VALUE;
  private @Nullable TopicSurvey survey;
  private @Nullable RawBlock current;

  TopicReader(TopicSource source, TopicMark mark) {
    this.source = source;
    topic = source.topic().name();
    topicId = mark.topicId();
    again = mark.again();
    watermark = mark.watermark();
    unplaced = new TreeMap<>(mark.offsets());
    consumer = TopicConsumers.consumer(source.topic());
    surveys = new TopicSurveys(source.topic(), source::reads, source.clock());
  }

  /** A partition that is read. */
  private static final class Partition {
    final TopicPartition name;
    final TransportTime time;

    /** The next offset to hand on. */
    long next;

    Partition(TopicPartition name, long next, long watermark) {
      this.name = name;
      this.next = next;
      time = new TransportTime(watermark);
    }
  }

  /**
   * A block to hand on.
   *
   * @param messages of the partition; absent for a notice
   */
  private record Ready(
      RawBlock block, @Nullable Partition partition, @Nullable Messages messages) {}

  @Override
  public boolean start() {
    return advance();
  }

  @Override
  public boolean advance() {
    current = null;
    commit();
    if (ready.isEmpty()) {
      if (survey == null) {
        survey = surveys.poll();
      }
      TopicSurvey open = survey;
      if (open != null && take(open)) {
        survey = null;
      }
    }
    if (ready.isEmpty()) {
      poll();
    }
    Ready next = ready.poll();
    if (next == null) {
      return false;
    }
    current = next.block();
    Partition partition = next.partition();
    Messages messages = next.messages();
    if (partition != null && messages != null) {
      partition.next = messages.nextOffset();
      partition.time.handedOn(messages.newest(), source.clock().millis());
    }
    return true;
  }

  /**
   * Goes by a survey, up to the first thing to report: what was reported is handed on before a
   * checkpoint forgets how it was before.
   *
   * @return whether all of it is done
   */
  private boolean take(TopicSurvey found) {
    boolean first = topicId.isEmpty();
    if (first || topicId.equals(NO_ID)) {
      topicId = found.topicId();
    } else if (isAnother(found.topicId())) {
      topicId = found.topicId();
      again = true;
      partitions.clear();
      unplaced.clear();
      assign();
      report(TopicNotice.recreated(topic, topic + "@" + topicId));
    }
    for (int number = 0; number < found.partitions(); number++) {
      if (source.reads(number) && !partitions.containsKey(number)) {
        unplaced.putIfAbsent(number, first ? TopicMark.OLDEST : 0);
      }
    }
    surveyedAt = found.at();
    for (Map.Entry<Integer, Range> range : found.ranges().entrySet()) {
      if (!ready.isEmpty()) {
        return false;
      }
      place(range.getKey(), range.getValue());
    }
    if (ready.isEmpty()) {
      settle(found);
    }
    return ready.isEmpty();
  }

  /** Tells whether an id is that of another topic; brokers before Kafka 2.8 give none. */
  private boolean isAnother(String id) {
    return !id.equals(topicId) && !id.equals(NO_ID) && !topicId.equals(NO_ID);
  }

  /** Begins to read a partition, if it waits for that. */
  private void place(int number, Range range) {
    Long wanted = unplaced.remove(number);
    if (wanted == null) {
      return;
    }
    long offset = wanted;
    if (wanted == TopicMark.OLDEST) {
      offset = range.oldest();
    } else if (wanted < range.oldest()) {
      report(TopicNotice.expired(origin(number), wanted, range.oldest()));
      offset = range.oldest();
    } else if (wanted > range.end()) {
      report(TopicNotice.truncated(origin(number), range.end()));
      again = true;
      offset = range.oldest();
    }
    Partition partition = new Partition(new TopicPartition(topic, number), offset, watermark);
    partitions.put(number, partition);
    assign();
    consumer.seek(partition.name, offset);
  }

  private void report(RawBlock notice) {
    LOG.warn("{}", notice.header().get(1));
    ready.add(new Ready(notice, null, null));
  }

  private String origin(int partition) {
    return (again ? topic + "@" + topicId : topic) + "/" + partition;
  }

  private void assign() {
    consumer.assign(partitions.values().stream().map(partition -> partition.name).toList());
  }

  /** Lets the watermarks of partitions of which all is handed on follow the clock. */
  private void settle(TopicSurvey found) {
    long waiting = 0;
    for (Partition partition : partitions.values()) {
      Range range = found.ranges().get(partition.name.partition());
      if (range == null) {
        continue;
      }
      if (partition.next < range.end()) {
        passMarks(partition);
      }
      if (partition.next >= range.end()) {
        partition.time.allRead(found.at());
      }
      waiting += Math.max(0, range.end() - partition.next);
    }
    SourceMetrics.backlogElementsOfSplit(topic + "-" + source.number()).set(waiting);
  }

  /** Passes what is no message, such as the mark that ends a transaction. */
  private void passMarks(Partition partition) {
    try {
      partition.next = Math.max(partition.next, consumer.position(partition.name, Duration.ZERO));
    } catch (TimeoutException e) {
      // It is not known yet; the next survey asks again.
    }
  }

  private void poll() {
    // Of a topic that is deleted, each question would be answered with a warning.
    if (partitions.isEmpty() || surveys.isAbsent()) {
      return;
    }
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(WAIT);
      long now = source.clock().millis();
      for (TopicPartition name : polled.partitions()) {
        Partition partition = partitions.get(name.partition());
        if (partition != null) {
          MessageBlocks.of(
              polled.records(name),
              source.topic().format(),
              origin(name.partition()),
              now,
              messages -> ready.add(new Ready(messages.block(), partition, messages)));
        }
      }
    } catch (OffsetOutOfRangeException e) {
      // Expired, truncated or another topic by now: the next survey says which.
      boolean truncated = e instanceof LogTruncationException;
      e.offsetOutOfRangePartitions()
          .forEach(
              (name, offset) -> {
                partitions.remove(name.partition());
                unplaced.put(name.partition(), truncated ? TopicMark.TRUNCATED : offset);
              });
      assign();
    }
  }

  private void commit() {
    TopicMark mark = completed.getAndSet(null);
    if (mark == null || source.topic().groupId() == null || surveys.isAbsent()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    mark.offsets()
        .forEach(
            (number, offset) -> {
              if (offset != TopicMark.OLDEST && offset != TopicMark.TRUNCATED) {
                offsets.put(new TopicPartition(topic, number), new OffsetAndMetadata(offset));
              }
            });
    consumer.commitAsync(
        offsets,
        (done, problem) -> {
          if (problem != null) {
            LOG.warn(
                "the offsets of group {} are not committed, which only those who watch it miss: {}",
                source.topic().groupId(),
                problem.getMessage());
          }
        });
  }

  @Override
  public RawBlock getCurrent() {
    RawBlock block = current;
    if (block == null) {
      throw new NoSuchElementException();
    }
    return block;
  }

  @Override
  public Instant getCurrentTimestamp() {
    return getWatermark();
  }

  @Override
  public Instant getWatermark() {
    long low = Long.MAX_VALUE;
    for (Partition partition : partitions.values()) {
      low = Math.min(low, partition.time.watermark());
    }
    if (!unplaced.isEmpty() || surveyedAt == Long.MIN_VALUE) {
      low = Long.MIN_VALUE;
    } else if (partitions.isEmpty()) {
      low = surveyedAt;
    }
    watermark = Math.max(watermark, low);
    return watermark < BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()
        ? BoundedWindow.TIMESTAMP_MIN_VALUE
        : Instant.ofEpochMilli(watermark);
  }

  @Override
  public TopicMark getCheckpointMark() {
    SortedMap<Integer, Long> offsets = new TreeMap<>(unplaced);
    partitions.forEach((number, partition) -> offsets.put(number, partition.next));
    return new TopicMark(topicId, again, watermark, offsets, completed::set);
  }

  @Override
  public TopicSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    surveys.close();
    consumer.close(Duration.ZERO);
  }
}
