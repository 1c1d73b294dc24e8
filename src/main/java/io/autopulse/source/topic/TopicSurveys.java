package io.autopulse.source.topic;

import io.autopulse.source.topic.TopicSurvey.Range;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka about a topic once a second, without ever waiting for the answer: a broker that is
 * away is asked again. Used by one thread.
 */
final class TopicSurveys implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicSurveys.class);
  private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

  private final String topic;
  private final IntPredicate wanted;
  private final Clock clock;
  private final Admin admin;
  private @Nullable CompletableFuture<TopicSurvey> pending;
  private long askedAt = System.nanoTime() - PERIOD_NANOS;
  private boolean absent;

  /**
   * Makes a connection, which is not tried yet.
   *
   * @param wanted the partitions whose offsets are asked for
   */
  TopicSurveys(FollowTopic.Topic topic, IntPredicate wanted, Clock clock) {
    this.topic = topic.name();
    this.wanted = wanted;
    this.clock = clock;
    admin = Admin.create(TopicConsumers.connection(topic));
  }

  /** Returns the newest survey if one has come since the last call; asks for the next. */
  @Nullable TopicSurvey poll() {
    CompletableFuture<TopicSurvey> asked = pending;
    if (asked == null) {
      if (System.nanoTime() - askedAt >= PERIOD_NANOS) {
        askedAt = System.nanoTime();
        pending = ask();
      }
      return null;
    }
    if (!asked.isDone()) {
      return null;
    }
    pending = null;
    try {
      TopicSurvey survey = asked.join();
      absent = false;
      return survey;
    } catch (CompletionException e) {
      // A broker that does not answer is asked again; the consumer's log says that it is away.
      if (e.getCause() instanceof UnknownTopicOrPartitionException && !absent) {
        absent = true;
        LOG.warn("topic {} is not there; it is waited for", topic);
      }
      return null;
    }
  }

  /** Tells whether the broker has said last that there is no such topic. */
  boolean isAbsent() {
    return absent;
  }

  private CompletableFuture<TopicSurvey> ask() {
    long now = clock.millis();
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .toCompletionStage()
        .thenCompose(found -> ranges(now, found.get(topic)))
        .toCompletableFuture();
  }

  private CompletableFuture<TopicSurvey> ranges(long now, @Nullable TopicDescription description) {
    if (description == null) {
      return CompletableFuture.failedFuture(new UnknownTopicOrPartitionException(topic));
    }
    Map<TopicPartition, OffsetSpec> oldest = new HashMap<>();
    Map<TopicPartition, OffsetSpec> end = new HashMap<>();
    int partitions = description.partitions().size();
    for (int partition = 0; partition < partitions; partition++) {
      if (wanted.test(partition)) {
        oldest.put(new TopicPartition(topic, partition), OffsetSpec.earliest());
        end.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    // As the consumer: of open transactions nothing is there yet.
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    ListOffsetsResult oldestOffsets = admin.listOffsets(oldest, committed);
    ListOffsetsResult endOffsets = admin.listOffsets(end, committed);
    Map<Integer, CompletableFuture<Range>> answers = new HashMap<>();
    for (TopicPartition partition : oldest.keySet()) {
      answers.put(
          partition.partition(),
          offset(oldestOffsets, partition)
              .thenCombine(offset(endOffsets, partition), Range::new)
              .exceptionally(e -> null));
    }
    return CompletableFuture.allOf(answers.values().toArray(new CompletableFuture<?>[0]))
        .thenApply(
            done -> {
              Map<Integer, Range> ranges = new HashMap<>();
              answers.forEach(
                  (partition, answer) -> {
                    Range range = answer.join();
                    if (range != null) {
                      ranges.put(partition, range);
                    }
                  });
              return new TopicSurvey(now, description.topicId().toString(), partitions, ranges);
            });
  }

  private static CompletableFuture<Long> offset(ListOffsetsResult offsets, TopicPartition of) {
    return offsets
        .partitionResult(of)
        .toCompletionStage()
        .thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)
        .toCompletableFuture();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
