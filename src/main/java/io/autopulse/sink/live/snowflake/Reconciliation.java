package io.autopulse.sink.live.snowflake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a table's staged files.
 *
 * @param table the table
 * @param staged how many files were compared
 * @param loaded how many of them Snowflake has loaded
 * @param missing those that it has not loaded, or could not load, oldest first
 * @param uncompared how many files are too old or too young to be compared
 */
public record Reconciliation(
    String table, int staged, int loaded, List<Missing> missing, int uncompared) {
  /** Copies the list. */
  public Reconciliation {
    missing = List.copyOf(missing);
  }

  /**
   * A file that was not loaded.
   *
   * @param name from its pipe's location on
   * @param staged when it was complete
   * @param error why Snowflake could not load it; empty if it never tried
   */
  public record Missing(String name, Instant staged, Optional<String> error) {}

  /**
   * A complete file in the stage.
   *
   * @param name from its pipe's location on
   * @param identity see {@link OwnFolder#identity}
   * @param staged when it was complete
   */
  record Staged(String name, String identity, Instant staged) {}

  /**
   * What Snowflake did with a file.
   *
   * @param loaded whether its rows are in the table
   * @param error why not
   */
  record Load(boolean loaded, Optional<String> error) {
    /** A file that was tried twice is loaded if it was once. */
    Load or(Load other) {
      return loaded ? this : other;
    }
  }

  /**
   * Compares files with what was loaded.
   *
   * @param loads by the file's identity
   * @param from files staged before it are not compared: what was loaded may be forgotten
   * @param until files staged after it are not compared: they may be on their way
   */
  static Reconciliation of(
      String table, List<Staged> files, Map<String, Load> loads, Instant from, Instant until) {
    int staged = 0;
    int loaded = 0;
    int uncompared = 0;
    List<Missing> missing = new ArrayList<>();
    for (Staged file : files) {
      Load load = loads.get(file.identity());
      boolean isLoaded = load != null && load.loaded();
      if (!isLoaded && (file.staged().isBefore(from) || file.staged().isAfter(until))) {
        uncompared++;
        continue;
      }
      staged++;
      if (isLoaded) {
        loaded++;
      } else {
        missing.add(
            new Missing(
                file.name(), file.staged(), load == null ? Optional.empty() : load.error()));
      }
    }
    missing.sort(java.util.Comparator.comparing(Missing::staged).thenComparing(Missing::name));
    return new Reconciliation(table, staged, loaded, missing, uncompared);
  }
}
