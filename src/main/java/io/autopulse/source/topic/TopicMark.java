package io.autopulse.source.topic;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.io.UnboundedSource.CheckpointMark;

/**
 * How far a reader of a topic came.
 *
 * @param topicId Kafka's id of the topic, which another topic of the same name does not have; empty
 *     if the topic was not seen yet
 * @param again whether the topic was made again since the job's first start
 * @param watermark milliseconds since 1970
 * @param offsets of each partition, the next message to read, or {@link #OLDEST} or {@link
 *     #TRUNCATED}
 * @param completed takes the mark when its checkpoint is complete; not kept with it
 */
record TopicMark(
    String topicId,
    boolean again,
    long watermark,
    SortedMap<Integer, Long> offsets,
    Consumer<TopicMark> completed)
    implements CheckpointMark {
  /** In place of an offset: the oldest message that the partition holds. */
  static final long OLDEST = -1;

  /** In place of an offset: the partition has lost messages that were read. */
  static final long TRUNCATED = Long.MAX_VALUE;

  static final TopicMark NOTHING =
      new TopicMark("", false, Long.MIN_VALUE, new TreeMap<>(), mark -> {});

  /** Takes a copy of the offsets. */
  TopicMark {
    offsets = new TreeMap<>(offsets);
  }

  @Override
  public void finalizeCheckpoint() {
    completed.accept(this);
  }

  /** Marks as bytes. */
  static final class MarkCoder extends AtomicCoder<TopicMark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(TopicMark mark, OutputStream out) throws IOException {
      DataOutputStream data = new DataOutputStream(out);
      data.writeUTF(mark.topicId());
      data.writeBoolean(mark.again());
      data.writeLong(mark.watermark());
      data.writeInt(mark.offsets().size());
      for (Map.Entry<Integer, Long> offset : mark.offsets().entrySet()) {
        data.writeInt(offset.getKey());
        data.writeLong(offset.getValue());
      }
    }

    @Override
    public TopicMark decode(InputStream in) throws IOException {
      DataInputStream data = new DataInputStream(in);
      String topicId = data.readUTF();
      boolean again = data.readBoolean();
      long watermark = data.readLong();
      SortedMap<Integer, Long> offsets = new TreeMap<>();
      for (int i = data.readInt(); i > 0; i--) {
        offsets.put(data.readInt(), data.readLong());
      }
      return new TopicMark(topicId, again, watermark, offsets, mark -> {});
    }
  }
}
