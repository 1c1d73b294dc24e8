package io.autopulse.domain.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A market figure as known on a day, as texts: the columns of its table.
 *
 * @param table whose row it is
 * @param slice the parts of its key, joined by U+001F
 * @param knownOn the business date on whose evening it was known
 * @param dated whether its source told when it was extracted
 * @param records how many records it is made of
 * @param revision how many observations were known: of two rows of one vintage the one of more is
 *     the later
 * @param conflicts how many of its records contradict another one of their key and moment
 * @param values its measures; all null if its records are withdrawn
 */
public record Figure(
    MarketTable table,
    String slice,
    LocalDate knownOn,
    boolean dated,
    long records,
    long revision,
    long conflicts,
    List<@Nullable String> values) {
  /** Copies the values. */
  public Figure {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** Returns the same figure with another number of conflicts. */
  Figure withConflicts(long number) {
    return new Figure(table, slice, knownOn, dated, records, revision, number, values);
  }

  /** Returns the parts of the key. */
  public List<String> key() {
    return List.of(slice.split(String.valueOf(Observation.SEPARATOR), -1));
  }
}
