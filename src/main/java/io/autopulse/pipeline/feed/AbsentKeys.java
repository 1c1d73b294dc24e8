package io.autopulse.pipeline.feed;

import io.autopulse.domain.feed.Feed;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.sink.staging.StagedRelations.AbsentKey;
import io.autopulse.warehouse.runs.FeedCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which of the keys that records lack a person should hear of. */
public final class AbsentKeys {
  private static final String OF_AIRBYTE = "_airbyte_";

  private AbsentKeys() {}

  /**
   * Returns the keys that other records of the feed have, as when a source renames one, and those
   * that the manifest names. A field that no record has, and that the manifest does not name, is
   * one that the feed does not give.
   */
  public static List<AbsentKey> notable(
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

  /**
   * Returns the same of a live job, as far as it runs in this process, since it began: {@code sales
   * "brand" in 12 of 40}. Nobody has looked at its records before: a key by which no market figure
   * is divided is among them, unless the manifest has a default.
   *
   * @param feeds the job's feeds
   * @param counts what {@link io.autopulse.transform.record.RunProgress#keys} returns
   */
  public static List<String> live(Map<Feed, FeedSpec> feeds, Map<String, Long> counts) {
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (text, records) -> {
          String[] parts = text.split("/", 3);
          long keyed = counts.getOrDefault(parts[0] + "/KEYED", 0L);
          if (parts.length == 3
              && (records < keyed
                  || isNamed(feeds, new AbsentKey(parts[0], parts[2], records))
                  || divides(feeds, parts[0], parts[2]))) {
            lines.add(
                String.format(
                    Locale.ROOT, "%s \"%s\" in %,d of %,d", parts[0], parts[2], records, keyed));
          }
        });
    return lines;
  }

  private static boolean divides(Map<Feed, FeedSpec> feeds, String feed, String name) {
    return feeds.values().stream()
        .filter(spec -> spec.feed().toString().equals(feed) && !spec.defaults().containsKey(name))
        .flatMap(spec -> spec.feed().divisions().stream())
        .anyMatch(field -> field.name().equals(name));
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
