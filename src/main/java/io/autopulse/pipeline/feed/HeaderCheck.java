package io.autopulse.pipeline.feed;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.feed.HeaderMatch;
import io.autopulse.domain.feed.HeaderMatch.Kind;
import io.autopulse.domain.feed.HeaderMatch.Problem;
import io.autopulse.domain.feed.SensitiveNames;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.Ties;
import io.autopulse.pipeline.manifest.AirbyteJsonlSource;
import io.autopulse.pipeline.manifest.FeedSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.source.file.JsonKeys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the names of a manifest's feed with those that are there: headers of a file, columns of
 * a table, keys of JSON records.
 */
public final class HeaderCheck {
  private final Manifest manifest;
  private final FeedSpec spec;

  HeaderCheck(Manifest manifest, FeedSpec spec) {
    this.manifest = manifest;
    this.spec = spec;
  }

  /** Returns which columns of a header the fields of a feed are. */
  public static HeaderMatch match(Manifest manifest, FeedSpec spec, List<String> header) {
    return new HeaderMatch(
        FeedSources.format(spec, manifest.timezone(), manifest.currency().getCurrencyCode()),
        header);
  }

  /**
   * Returns what is wrong with a header.
   *
   * @param source the file or table, for the messages
   * @param what what one of its names is called
   */
  List<InputException> header(String source, List<String> header, String what) {
    HeaderMatch match = match(manifest, spec, header);
    return Stream.concat(
            match.problems().stream().map(p -> problem(match, p, source, what)),
            sequence(match, source, what).stream())
        .toList();
  }

  /** Returns what is wrong with a sequence that the position would decide instead of. */
  private Optional<InputException> sequence(HeaderMatch match, String source, String what) {
    Feed.Field field = spec.feed().field("sequence").orElse(null);
    if (spec.ties() != Ties.POSITION || field == null) {
      return Optional.empty();
    }
    return IntStream.of(match.columnsOf(field)).allMatch(column -> column < 0)
        ? Optional.empty()
        : Optional.of(
            new InputException(
                place("ties"),
                source
                    + " has the "
                    + what
                    + " \"sequence\", which ties: position would decide instead of",
                "Remove ties, so that the sequence decides, or rename it in the source"));
  }

  private InputException problem(HeaderMatch match, Problem problem, String source, String what) {
    String place = place(problem.key());
    String description = source + " " + match.description(problem, what);
    if (problem.kind() == Kind.ABSENT && problem.key().equals("columns")) {
      String field = problem.name();
      return new InputException(
          place,
          "the required field " + field + " has no column: " + description,
          "Map it, as in columns: {"
              + field
              + ": "
              + (what.equals(HeaderMatch.HEADER)
                  ? "HEADER"
                  : what.toUpperCase(java.util.Locale.ROOT))
              + "}, or give it a default");
    }
    return new InputException(place, description, match.remedy(problem, what));
  }

  /**
   * Returns what is wrong with the keys of a sample of records.
   *
   * @param source the files, for the messages
   */
  List<InputException> keys(String source, JsonKeys sample) {
    if (sample.records() == 0) {
      return List.of();
    }
    HeaderMatch match = match(manifest, spec, List.copyOf(sample.keys()));
    String looked =
        "(of %d %s looked at)"
            .formatted(sample.records(), sample.records() == 1 ? "record" : "records");
    Stream<InputException> problems =
        match.problems().stream()
            // Keys in another case may be those of other records.
            .filter(p -> p.kind() != Kind.TWICE && !isOfEnvelope(p) && !isNested(p, sample))
            .map(p -> problem(match, p, source + " " + looked, HeaderMatch.KEY));
    return Stream.of(
            problems,
            sequence(match, source + " " + looked, HeaderMatch.KEY).stream(),
            undivided(match, source + " " + looked).stream())
        .flatMap(found -> found)
        .toList();
  }

  /** Returns that nothing says whether figures are of all, or of what their records do not name. */
  private Optional<InputException> undivided(HeaderMatch match, String source) {
    List<Feed.Field> fields =
        Undivided.fields(spec, match).stream()
            .filter(
                field ->
                    match.problems().stream()
                        .noneMatch(p -> p.field().stream().anyMatch(field::equals)))
            .toList();
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    String names = fields.stream().map(Feed.Field::name).collect(Collectors.joining(", "));
    return Optional.of(
        new InputException(
            manifest.places().of("feeds." + spec.feed()),
            source + " has no key for " + names + ": the figures may be of all, or of unknown ones",
            "If they are of all, write defaults: {"
                + Undivided.defaults(fields)
                + "}; else name the keys, as in columns: {"
                + fields.get(0).name()
                + ": KEY}"));
  }

  /** Tells whether the key was not asked for: it dates market data if Airbyte wrote the files. */
  private boolean isOfEnvelope(Problem problem) {
    return spec.source() instanceof AirbyteJsonlSource
        && problem.field().filter(f -> f.name().equals(Feed.Market.EXTRACTED_AT)).isPresent()
        && problem.name().startsWith("_airbyte_");
  }

  private static boolean isNested(Problem problem, JsonKeys sample) {
    return problem.field().isEmpty()
        && new SensitiveNames(List.of(problem.name())).areAllIn(sample.nested());
  }

  private String place(String key) {
    return manifest.places().of("feeds." + spec.feed() + "." + key);
  }
}
