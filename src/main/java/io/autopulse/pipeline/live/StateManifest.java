package io.autopulse.pipeline.live;

import io.autopulse.domain.feed.Feed;
import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Grain;
import io.autopulse.domain.market.MarketNames;
import io.autopulse.domain.market.NameMapping;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.sale.Ties;
import io.autopulse.pipeline.manifest.LiveSpec;
import io.autopulse.pipeline.manifest.Manifest;
import io.autopulse.pipeline.manifest.SourceSpec;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What of a manifest the state of a live job depends on, as texts by their place in the manifest.
 * How records are parsed (columns, formats, defaults, sensitive, skip_rows) is not among it: it
 * applies from the next start on. A source is, whole, and what is filled down: a checkpoint holds
 * the reader that was made of it.
 *
 * @param values by dotted path; an absent value has no entry
 */
record StateManifest(Map<String, String> values) {
  /** Changes with each release whose state an earlier one cannot read, or the other way around. */
  static final String LAYOUT = "3";

  private static final String LAYOUT_KEY = "layout";
  private static final String CORRECTIONS = "live.corrections";
  private static final String POLL = "live.poll";
  private static final String QUIET = "live.quiet";
  private static final String MAPPINGS = "mappings.";

  /** Keeps its own copy, in order. */
  StateManifest {
    values = new LinkedHashMap<>(values);
  }

  /** Returns what the state of a manifest's live job depends on. */
  static StateManifest of(Manifest manifest, LiveSpec live) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(LAYOUT_KEY, LAYOUT);
    values.put("job", manifest.job());
    values.put("timezone", manifest.timezone().getId());
    values.put("currency", manifest.currency().getCurrencyCode());
    manifest
        .kpis()
        .ifPresent(
            kpis -> {
              values.put("kpis.grains", grains(kpis.grains()));
              values.put("kpis.dimensions", sorted(kpis.dimensions()));
              values.put(CORRECTIONS, live.corrections().toString());
            });
    manifest
        .trends()
        // In their order, by which their state is kept.
        .ifPresent(trends -> values.put("trends.dimensions", joined(trends.dimensions())));
    values.put(POLL, live.poll().toString());
    values.put(QUIET, live.quiet().toString());
    values.put("feeds", joined(manifest.feeds().keySet()));
    manifest
        .feeds()
        .forEach(
            (feed, spec) -> {
              putSource(values, feed, spec.source());
              putTies(values, feed, spec.ties());
              if (!spec.fillDown().isEmpty()) {
                values.put("feeds." + feed + ".fill_down", joined(spec.fillDown()));
              }
            });
    putMappings(values, manifest.mappings());
    return new StateManifest(values);
  }

  private static String grains(Collection<Grain> grains) {
    return joined(new TreeSet<>(grains));
  }

  private static String sorted(Collection<Dimension> dimensions) {
    return dimensions.stream().map(Dimension::toString).sorted().collect(Collectors.joining(", "));
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  // By the record's components, so that a source that gets another option is compared by it too.
  private static void putSource(Map<String, String> values, Feed feed, SourceSpec source) {
    String path = "feeds." + feed + ".from.";
    values.put(path + "type", source.description().split(" ", 2)[0]);
    for (RecordComponent component : source.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(source);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
      if (value != null) {
        values.put(path + key(component.getName()), String.valueOf(value));
      }
    }
  }

  // It is part of the versions that the state remembers. Earlier releases wrote down no default.
  private static void putTies(Map<String, String> values, Feed feed, Ties ties) {
    if (ties != Ties.CONTENT) {
      values.put("feeds." + feed + ".ties", ties.name().toLowerCase(Locale.ROOT));
    }
  }

  private static String key(String component) {
    return component.replaceAll("Name$", "").replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static void putMappings(Map<String, String> values, MarketNames names) {
    put(values, "makes", names.makes());
    put(values, "models", names.models());
    put(values, "regions", names.regions());
    put(values, "powertrains", names.powertrains());
    put(values, "fuels", names.fuels());
    put(values, "topics", names.topics());
  }

  private static void put(Map<String, String> values, String table, NameMapping mapping) {
    new TreeMap<>(mapping.members())
        .forEach((name, member) -> values.put(MAPPINGS + table + "." + name, member));
    new TreeMap<>(mapping.beginnings())
        .forEach((name, member) -> values.put(MAPPINGS + table + "." + name + "*", member));
  }

  /**
   * A value that differs.
   *
   * @param path its place in the manifest
   * @param before what the state was made with; "nothing" if it was absent
   * @param now what the manifest says; "nothing" if it is absent
   */
  record Difference(String path, String before, String now) {}

  /** Returns the values by which the state is another one: what a job must not go on over. */
  List<Difference> refusedSince(StateManifest before) {
    return differences(before).stream()
        .filter(difference -> !isKept(difference) && !applies(difference, before))
        .toList();
  }

  /** Returns the values that stay as they were, for they are part of a checkpoint. */
  List<Difference> keptSince(StateManifest before) {
    return differences(before).stream().filter(StateManifest::isKept).toList();
  }

  /** Returns these values, of those that stay as they were the earlier ones. */
  StateManifest keeping(StateManifest before) {
    Map<String, String> kept = new LinkedHashMap<>(values);
    keptSince(before).forEach(difference -> kept.put(difference.path(), difference.before()));
    return new StateManifest(kept);
  }

  private List<Difference> differences(StateManifest before) {
    List<Difference> differences = new ArrayList<>();
    Map<String, String> all = new LinkedHashMap<>(before.values);
    all.putAll(values);
    for (String path : all.keySet()) {
      String then = before.values.getOrDefault(path, "nothing");
      String now = values.getOrDefault(path, "nothing");
      if (!then.equals(now)) {
        differences.add(new Difference(path, then, now));
      }
    }
    return differences;
  }

  private static boolean isKept(Difference difference) {
    return difference.path().equals(POLL) || difference.path().equals(QUIET);
  }

  // A shorter horizon forgets sooner. A longer one would take in corrections of cells and sales
  // that are forgotten.
  private static boolean applies(Difference difference, StateManifest before) {
    if (difference.path().equals(CORRECTIONS)) {
      try {
        return Duration.parse(difference.now()).compareTo(Duration.parse(difference.before())) < 0;
      } catch (java.time.format.DateTimeParseException e) {
        return false;
      }
    }
    return difference.path().startsWith(MAPPINGS) && before.meantNothing(difference.path());
  }

  /** Tells whether the records under a name that a mapping has by now were rejected. */
  private boolean meantNothing(String path) {
    String table = path.substring(0, path.indexOf('.', MAPPINGS.length()) + 1);
    String name = path.endsWith("*") ? path.substring(0, path.length() - 1) : path;
    boolean mapped = false;
    for (String known : values.keySet()) {
      if (known.startsWith(table)) {
        mapped = true;
        boolean beginning = known.endsWith("*");
        if (known.equals(path)
            || beginning && name.startsWith(known.substring(0, known.length() - 1))) {
          return false;
        }
      }
    }
    return mapped;
  }

  /**
   * Checks that the state of another manifest fits this one.
   *
   * @param before what the state was made with
   * @param manifest names the places of what differs
   * @param checkpoints where the state is
   * @throws InputException if it does not; names each value that differs and the remedy
   */
  void requireSince(StateManifest before, Manifest manifest, String checkpoints) {
    List<InputException> problems = new ArrayList<>();
    for (Difference difference : refusedSince(before)) {
      String place =
          difference.path().equals(LAYOUT_KEY)
              ? checkpoints
              : manifest.places().of(difference.path());
      problems.add(
          new InputException(
              place,
              "the job's state was made with %s: %s; now it is %s"
                  .formatted(difference.path(), difference.before(), difference.now()),
              ""));
    }
    if (!problems.isEmpty()) {
      problems.add(
          new InputException(
              checkpoints, "the job cannot go on from this state", LiveStart.REMEDY));
      throw InputException.all(problems);
    }
  }
}
