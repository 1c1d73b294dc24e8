package io.autopulse.source.topic;

import java.util.Map;

/**
 * What a topic was at a moment.
 *
 * @param at the moment, milliseconds since 1970: what the broker says is not older
 * @param topicId Kafka's id of the topic
 * @param partitions how many it has
 * @param ranges the offsets of those partitions that were asked for and have a leader
 */
record TopicSurvey(long at, String topicId, int partitions, Map<Integer, Range> ranges) {
  /**
   * The messages that a partition holds.
   *
   * @param oldest the offset of the oldest
   * @param end behind the newest that is committed
   */
  record Range(long oldest, long end) {}
}
