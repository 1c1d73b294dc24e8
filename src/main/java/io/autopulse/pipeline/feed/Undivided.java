package io.autopulse.pipeline.feed;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.Feed.Field;
import io.autopulse.domain.feed.HeaderMatch;
import io.autopulse.domain.feed.parse.MarketParser;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.JdbcSource;
import io.autopulse.pipeline.manifest.Manifest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a market feed does not divide its figures by: {@link Feed#divisions} that no name of its
 * header is and that have no default. A header says so, be it of a file or of a query, and the
 * figures are of all; the keys of some records do not.
 */
public final class Undivided {
  private Undivided() {}

  /** Returns the fields of a feed by which these names do not divide. */
  static List<Field> fields(FeedSpec spec, HeaderMatch match) {
    return spec.feed().divisions().stream()
        .filter(field -> !spec.defaults().containsKey(field.name()))
        .filter(field -> IntStream.of(match.columnsOf(field)).allMatch(column -> column < 0))
        .toList();
  }

  /** Returns the defaults by which figures are of all: {@code region: ALL, model: ALL}. */
  static String defaults(List<Field> fields) {
    return fields.stream()
        .map(field -> field.name() + ": " + MarketParser.ALL)
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns a manifest's feeds, those of databases with {@link MarketParser#ALL} for what their
   * columns do not divide by: rows come as JSON, which does not have its header.
   *
   * @param found what stands at their sources
   */
  public static Map<Feed, FeedSpec> ofAll(Manifest manifest, Map<Feed, SourceCheck.Found> found) {
    Map<Feed, FeedSpec> feeds = new EnumMap<>(manifest.feeds());
    feeds.replaceAll(
        (feed, spec) ->
            spec.source() instanceof JdbcSource
                ? Optional.ofNullable(found.get(feed))
                    .flatMap(SourceCheck.Found::header)
                    .map(columns -> ofAll(spec, HeaderCheck.match(manifest, spec, columns)))
                    .orElse(spec)
                : spec);
    return feeds;
  }

  private static FeedSpec ofAll(FeedSpec spec, HeaderMatch match) {
    return spec.withDefaults(
        fields(spec, match).stream()
            .collect(Collectors.toMap(Field::name, field -> MarketParser.ALL)));
  }
}
