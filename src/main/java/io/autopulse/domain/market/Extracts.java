package io.autopulse.domain.market;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When a period and region of a registrations feed was extracted. An extract has every row that the
 * source then had of them, so a record that a later extract lacks is withdrawn: the source has
 * renamed it, folded it into another or taken it back.
 *
 * <p>Rows of one extract have times of their own, and a sync may cross midnight or wait for a rate
 * limit. So a record counts if it came within {@link #TOLERANCE_MICROS} before the last row that is
 * known of its period and region, or before the last row of an extract that spans its period and
 * lacks it ({@link ExtractGaps}). Records without a time of extraction are never withdrawn, and
 * feeds that send events or changes only have no extracts.
 */
public final class Extracts {
  /** How long before the last row of an extract its first may have come: twelve hours. */
  public static final long TOLERANCE_MICROS = 12L * 60 * 60 * 1_000_000;

  /**
   * How far apart two rows of one key are in one extract at most: ten minutes. A file that is
   * appended to has several extracts, and nobody makes them as often.
   */
  static final long REPETITION_MICROS = 10L * 60 * 1_000_000;

  /** Of feeds that send events or changes only. */
  public static final Extracts NONE = new Extracts();

  private final NavigableMap<Integer, Long> lastOfDay = new TreeMap<>();

  private Extracts() {}

  /**
   * Returns the extracts of a scope, by all its observations ({@link Observation#scope()}) and
   * gaps.
   */
  public static Extracts of(Iterable<Observation> scope) {
    Extracts extracts = new Extracts();
    for (Observation observation : scope) {
      if (observation.dated()
          && observation.extent() != Observation.Extent.CHANGES
          && observation.extractedAt() != ExtractGaps.NONE) {
        extracts.lastOfDay.merge(observation.knownOn(), observation.extractedAt(), Math::max);
      }
    }
    return extracts;
  }

  /** Returns the business dates with an extract, days since 1970-01-01, the earliest first. */
  Collection<Integer> days() {
    return lastOfDay.keySet();
  }

  /**
   * Tells whether two records of one key are rows of one extract: of one file, and extracted within
   * minutes. Two syncs within minutes write two files.
   */
  static boolean share(Observation earlier, Observation later) {
    return earlier.dated()
        && later.dated()
        && earlier.origin() == later.origin()
        && earlier.extent() != Observation.Extent.CHANGES
        && later.extent() != Observation.Extent.CHANGES
        && later.extractedAt() - earlier.extractedAt() < REPETITION_MICROS;
  }

  /** Tells whether a record of the scope is withdrawn as of the evening of a day. */
  boolean withdraw(Observation observation, int day) {
    var last = lastOfDay.floorEntry(day);
    return last != null
        && observation.dated()
        && observation.extractedAt() < last.getValue() - TOLERANCE_MICROS;
  }
}
