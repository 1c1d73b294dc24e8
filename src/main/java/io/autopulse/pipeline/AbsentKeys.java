package io.autopulse.pipeline;

import io.autopulse.domain.sale.Feed;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.FeedCounts;
import io.autopulse.sink.StagedRelations.AbsentKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which of the keys that records lack a person should hear of. */
final class AbsentKeys {
  private static final String OF_AIRBYTE = "_airbyte_";

  private AbsentKeys() {}

  /**
   * Returns the keys that other records of the feed have, as when a source renames one, and those
   * that the manifest names. A field that no record has, and that the manifest does not name, is
   * one that the feed does not give.
   */
  static List<AbsentKey> notable(
      Map<Feed, FeedSpec> feeds, Collection<FeedCounts> counts, List<AbsentKey> absent) {
    return absent.stream()
        .filter(
            key ->
                isNamed(feeds, key)
                    || counts.stream()
                        .filter(feed -> feed.feed().equals(key.feed()))
                        .anyMatch(feed -> key.records() < feed.read()))
        .toList();
  }

  private static boolean isNamed(Map<Feed, FeedSpec> feeds, AbsentKey key) {
    return !key.name().startsWith(OF_AIRBYTE)
        && feeds.values().stream()
            .filter(spec -> spec.feed().toString().equals(key.feed()))
            .anyMatch(
                spec ->
                    spec.columns().keySet().stream()
                            .anyMatch(field -> spec.headers(field).contains(key.name()))
                        || spec.skipRows().stream()
                            .anyMatch(condition -> condition.column().equals(key.name())));
  }
}
