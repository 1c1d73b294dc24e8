package io.autopulse.source.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.feed.RawBlock;
import io.autopulse.source.topic.MessageBlocks.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MessageBlocksTest {
  private static final long NOW = 1_000_000;

  private static ConsumerRecord<byte[], byte[]> message(long offset, long sent, byte[] value) {
    return new ConsumerRecord<>(
        "sales",
        3,
        offset,
        sent,
        TimestampType.CREATE_TIME,
        0,
        value == null ? -1 : value.length,
        new byte[0],
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static ConsumerRecord<byte[], byte[]> message(long offset, String value) {
    return message(offset, NOW, value.getBytes(UTF_8));
  }

  private static List<Messages> blocks(List<ConsumerRecord<byte[], byte[]>> messages) {
    List<Messages> blocks = new ArrayList<>();
    MessageBlocks.of(messages, RawBlock.Format.JSON, "sales/3", NOW, blocks::add);
    return blocks;
  }

  private static String show(Messages messages) {
    return messages.block().firstLine()
        + " "
        + new String(messages.block().text(), UTF_8)
        + messages.nextOffset();
  }

  @Test
  void messagesWithoutAGapAreABlockALineEach() {
    assertThat(
        blocks(
                List.of(
                    message(5, "{\"a\":\r\n1}"),
                    message(6, NOW, null),
                    message(7, " \t\n"),
                    message(9, "{}")))
            .stream()
            .map(MessageBlocksTest::show)
            .toList(),
        is(List.of("5 {\"a\":  1}\nnull\n\"\"\n8", "9 {}\n10")));
  }

  @Test
  void largeMessagesAreCutIntoBlocks() {
    String large = "x".repeat(600_000);

    assertThat(
        blocks(List.of(message(0, large), message(1, large), message(2, large))).stream()
            .map(Messages::nextOffset)
            .toList(),
        is(List.of(2L, 3L)));
  }

  @Test
  void newestTimestampIsThatOfAPlausibleMessage() {
    byte[] empty = "{}".getBytes(UTF_8);

    assertThat(
        blocks(
                List.of(
                    message(0, 5_000, empty),
                    message(1, Long.MAX_VALUE, empty),
                    message(2, 4_000, empty)))
            .get(0)
            .newest(),
        is(5_000L));
    assertThat(blocks(List.of(message(0, 9_999_999, empty))).get(0).newest(), is(Long.MIN_VALUE));
  }
}
