package io.autopulse.domain.quality;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The headers and JSON keys whose values must not be kept. A name is one of them whatever its case,
 * blanks and marks: it is better to mask a column more.
 */
public final class SensitiveNames {
  private final Map<String, String> byLikeness = new LinkedHashMap<>();

  /** Makes the rule of a manifest's list. */
  public SensitiveNames(List<String> names) {
    names.forEach(name -> byLikeness.putIfAbsent(ColumnNames.likeness(name), name));
  }

  /** Tells whether nothing is sensitive. */
  public boolean isEmpty() {
    return byLikeness.isEmpty();
  }

  /** Returns the names as the manifest has them, each once. */
  public List<String> names() {
    return List.copyOf(byLikeness.values());
  }

  /** Returns which of the names a header or key is; -1 if it is none. */
  public int find(String header) {
    return isEmpty() ? -1 : List.copyOf(byLikeness.keySet()).indexOf(ColumnNames.likeness(header));
  }

  /** Tells whether the values of a header or key are sensitive. */
  public boolean hold(String header) {
    return !isEmpty() && byLikeness.containsKey(ColumnNames.likeness(header));
  }

  /**
   * Tells whether a header names every sensitive column. Of a file where it does not, nothing may
   * be shown: it spells such a column otherwise, or has no header and begins with a record.
   */
  public boolean areAllIn(Collection<String> header) {
    Set<String> named = new HashSet<>();
    header.forEach(name -> named.add(ColumnNames.likeness(name)));
    return named.containsAll(byLikeness.keySet());
  }
}
