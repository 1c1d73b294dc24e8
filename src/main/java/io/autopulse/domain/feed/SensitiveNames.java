package io.autopulse.domain.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The headers and JSON keys whose values must not be kept. A name is one of them whatever its case,
 * blanks and marks: it is better to mask a column more.
 */
public final class SensitiveNames {
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> byLikeness = new HashMap<>();

  /** Makes the rule of a manifest's list. */
  public SensitiveNames(List<String> texts) {
    for (String text : texts) {
      if (byLikeness.putIfAbsent(ColumnNames.likeness(text), names.size()) == null) {
        names.add(text);
      }
    }
  }

  /** Tells whether nothing is sensitive. */
  public boolean isEmpty() {
    return byLikeness.isEmpty();
  }

  /** Returns the names as the manifest has them, each once. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Returns which of the names a header or key is; -1 if it is none. */
  public int find(String header) {
    return isEmpty() ? -1 : byLikeness.getOrDefault(ColumnNames.likeness(header), -1);
  }

  /** Tells whether the values of a header or key are sensitive. */
  public boolean hold(String header) {
    return find(header) >= 0;
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
