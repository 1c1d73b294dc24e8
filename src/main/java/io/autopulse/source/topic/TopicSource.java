package io.autopulse.source.topic;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.RawBlockCoder;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that {@link FollowTopic} reads, as a source that never ends. Split {@code i} of
 * {@code n} reads the partitions whose number modulo {@code n} is {@code i}, those that are added
 * later too: which partitions there are is no part of the source.
 */
final class TopicSource extends UnboundedSource<RawBlock, TopicMark> {
  private static final long serialVersionUID = 1L;

  private final FollowTopic.Topic topic;
  private final Clock clock;
  private final int split;
  private final int splits;

  TopicSource(FollowTopic.Topic topic, Clock clock) {
    this(topic, clock, 0, 1);
  }

  private TopicSource(FollowTopic.Topic topic, Clock clock, int split, int splits) {
    this.topic = topic;
    this.clock = clock;
    this.split = split;
    this.splits = splits;
  }

  FollowTopic.Topic topic() {
    return topic;
  }

  Clock clock() {
    return clock;
  }

  /** Tells whether this split reads a partition. */
  boolean reads(int partition) {
    return partition % splits == split;
  }

  /** Returns the split's number, from 0. */
  int number() {
    return split;
  }

  @Override
  public List<TopicSource> split(int desiredNumSplits, PipelineOptions options) {
    int number = Math.max(1, desiredNumSplits);
    return IntStream.range(0, number)
        .mapToObj(index -> new TopicSource(topic, clock, index, number))
        .toList();
  }

  @Override
  public TopicReader createReader(PipelineOptions options, @Nullable TopicMark mark) {
    return new TopicReader(this, mark == null ? TopicMark.NOTHING : mark);
  }

  @Override
  public Coder<TopicMark> getCheckpointMarkCoder() {
    return new TopicMark.MarkCoder();
  }

  @Override
  public Coder<RawBlock> getOutputCoder() {
    return new RawBlockCoder();
  }
}
