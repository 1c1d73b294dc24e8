package io.autopulse.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.autopulse.domain.quality.CsvDialect;
import io.autopulse.domain.quality.RawBlock;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.kafka.common.TopicPartition;

/**
 * Messages in; out, blocks of the messages that follow each other in a partition, a line each. A
 * line break inside a message becomes a space, which JSON does not tell from one. A message without
 * a value becomes {@code null}, which is no record and is rejected as such.
 */
final class MessagesToBlocks extends DoFn<KafkaRecord<byte[], byte[]>, RawBlock> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final CsvDialect NO_DIALECT = new CsvDialect(',', '"');
  private static final byte[] NO_VALUE = "null".getBytes(US_ASCII);

  private transient Map<TopicPartition, Messages> open;

  @SuppressWarnings("NullAway.Init") // Beam calls @StartBundle before anything else.
  MessagesToBlocks() {}

  @StartBundle
  public void startBundle() {
    open = new HashMap<>();
  }

  @ProcessElement
  public void add(@Element KafkaRecord<byte[], byte[]> message, OutputReceiver<RawBlock> out) {
    open.computeIfAbsent(
            new TopicPartition(message.getTopic(), message.getPartition()), Messages::new)
        .add(message.getOffset(), message.getKV().getValue(), out::output);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    GlobalWindow window = GlobalWindow.INSTANCE;
    for (Messages messages : open.values()) {
      messages.flush(block -> context.output(block, window.maxTimestamp(), window));
    }
  }

  /** Messages of a partition with offsets without a gap. */
  private static final class Messages {
    private final String origin;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private long firstOffset;
    private long nextOffset;

    Messages(TopicPartition partition) {
      origin = partition.topic() + "/" + partition.partition();
    }

    void add(long offset, byte[] value, Consumer<RawBlock> out) {
      if (text.size() > BLOCK_BYTES || offset != nextOffset) {
        flush(out);
      }
      if (text.size() == 0) {
        firstOffset = offset;
      }
      // Kafka's client gives null for a message without a value, whatever the types say.
      byte[] record = value == null || isBlank(value) ? NO_VALUE : value;
      text.writeBytes(onOneLine(record));
      text.write('\n');
      nextOffset = offset + 1;
    }

    private static byte[] onOneLine(byte[] record) {
      byte[] line = record;
      for (int i = 0; i < record.length; i++) {
        if (record[i] == '\n' || record[i] == '\r') {
          line = line == record ? record.clone() : line;
          line[i] = ' ';
        }
      }
      return line;
    }

    private static boolean isBlank(byte[] value) {
      for (byte b : value) {
        if (b > ' ' || b < 0) {
          return false;
        }
      }
      return true;
    }

    void flush(Consumer<RawBlock> out) {
      if (text.size() > 0) {
        out.accept(
            new RawBlock(
                RawBlock.Format.JSON,
                origin,
                firstOffset,
                NO_DIALECT,
                List.of(),
                text.toByteArray()));
        text.reset();
      }
    }
  }
}
