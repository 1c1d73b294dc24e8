package io.autopulse.source.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.feed.CsvDialect;
import io.autopulse.domain.feed.FeedFormat;
import io.autopulse.domain.feed.RawBlock;
import io.autopulse.domain.problem.RejectCode;
import java.util.List;

/**
 * What a reader of a topic reports of messages that it cannot hand over. It travels with the
 * records and ends in {@code rejected_records}, under a place that no message has.
 */
final class TopicNotice {
  private TopicNotice() {}

  /**
   * Reports messages that the broker deleted before they were read.
   *
   * @param from the first of their offsets
   * @param to the offset behind the last of them
   */
  static RawBlock expired(String origin, long from, long to) {
    return notice(
        RejectCode.EXPIRED_MESSAGES,
        // A message at this offset, too, has a place of its own.
        origin + " gap",
        from,
        "messages %1$d to %2$d of %3$s were deleted by the broker before they were read: %4$d at most;"
                .formatted(from, to - 1, origin, to - from)
            + " send them again, or let a refresh take them in; retention must be longer than a stop of the job",
        "messages %d to %d of %s".formatted(from, to - 1, origin));
  }

  /** Reports a topic that was deleted and made again. */
  static RawBlock recreated(String name, String origin) {
    return notice(
        RejectCode.TOPIC_RECREATED,
        origin,
        0,
        "topic "
            + name
            + " was deleted and made again: it is read from its first message as "
            + origin
            + "; messages of the old topic that were not read are lost",
        "topic " + name);
  }

  /**
   * Reports a partition that lost messages which were read.
   *
   * @param end behind its last message
   */
  static RawBlock truncated(String origin, long end) {
    return notice(
        RejectCode.TOPIC_RECREATED,
        origin + " end",
        end,
        origin
            + " has lost messages that were read, and offsets are given again: it is read from its oldest message;"
            + " messages that were read before are recognized",
        "messages from %d of %s".formatted(end, origin));
  }

  private static RawBlock notice(
      RejectCode code, String origin, long offset, String message, String lost) {
    return new RawBlock(
        RawBlock.Format.NOTICE,
        origin,
        offset,
        new CsvDialect(',', '"'),
        List.of(code.name(), message),
        // As what begins so is no record, it is not replayed.
        (FeedFormat.MASK + " " + lost).getBytes(UTF_8));
  }
}
