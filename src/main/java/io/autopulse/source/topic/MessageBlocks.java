package io.autopulse.source.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.RawBlock;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes blocks of the messages that follow each other in a partition, a line each. A line break
 * inside a message becomes a space, which JSON does not tell from one. A message without a value
 * becomes {@code null} and an empty one an empty text: they are no records and are rejected as
 * such.
 */
final class MessageBlocks {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final CsvDialect NO_DIALECT = new CsvDialect(',', '"');
  private static final byte[] NO_VALUE = "null".getBytes(US_ASCII);
  private static final byte[] EMPTY = "\"\"".getBytes(US_ASCII);

  private final RawBlock.Format format;
  private final String origin;
  private final long now;
  private final Consumer<Messages> out;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long firstOffset;
  private long nextOffset;
  private long newest;

  /**
   * Messages of a partition with offsets without a gap.
   *
   * @param nextOffset behind the last of them
   * @param newest the highest plausible timestamp, milliseconds since 1970; {@link Long#MIN_VALUE}
   *     if there is none
   */
  record Messages(RawBlock block, long nextOffset, long newest) {}

  private MessageBlocks(RawBlock.Format format, String origin, long now, Consumer<Messages> out) {
    this.format = format;
    this.origin = origin;
    this.now = now;
    this.out = out;
  }

  /**
   * Hands over the messages of a partition as blocks.
   *
   * @param now milliseconds since 1970
   */
  static void of(
      List<ConsumerRecord<byte[], byte[]>> messages,
      RawBlock.Format format,
      String origin,
      long now,
      Consumer<Messages> out) {
    MessageBlocks blocks = new MessageBlocks(format, origin, now, out);
    messages.forEach(blocks::add);
    blocks.flush();
  }

  private void add(ConsumerRecord<byte[], byte[]> message) {
    if (text.size() > BLOCK_BYTES || message.offset() != nextOffset) {
      flush();
    }
    if (text.size() == 0) {
      firstOffset = message.offset();
      newest = Long.MIN_VALUE;
    }
    text.writeBytes(line(message.value()));
    text.write('\n');
    nextOffset = message.offset() + 1;
    if (TransportTime.isPlausible(message.timestamp(), now)) {
      newest = Math.max(newest, message.timestamp());
    }
  }

  // Kafka's client gives null for a message without a value, whatever the types say.
  @SuppressWarnings("ConstantValue")
  private static byte[] line(byte[] value) {
    return value == null ? NO_VALUE : isBlank(value) ? EMPTY : onOneLine(value);
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

  private void flush() {
    if (text.size() > 0) {
      out.accept(
          new Messages(
              new RawBlock(format, origin, firstOffset, NO_DIALECT, List.of(), text.toByteArray()),
              nextOffset,
              newest));
      text.reset();
    }
  }
}
