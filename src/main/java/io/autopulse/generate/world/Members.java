package io.autopulse.generate.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The members of one attribute in the order of their text, and which member each vehicle, dealer or
 * region belongs to.
 *
 * @param names the members' texts, ascending
 * @param of the member of each source index, shifted by one: the first is that of index -1, the
 *     unknown
 */
@SuppressWarnings("ArrayRecordComponent") // A table: never compared.
public record Members(List<String> names, int[] of) {

  /**
   * Makes the members of names by source index; the same name in another case is the same member.
   */
  public static Members of(List<String> sourceNames) {
    List<String> upper = new ArrayList<>();
    upper.add("UNKNOWN");
    sourceNames.forEach(name -> upper.add(name.toUpperCase(Locale.ROOT)));
    List<String> names = List.copyOf(new TreeSet<>(upper));
    int[] of = upper.stream().mapToInt(name -> Collections.binarySearch(names, name)).toArray();
    return new Members(names, of);
  }

  /** Returns how many members there are. */
  public int size() {
    return names.size();
  }

  /** Returns the member of the source index, which is -1 for none. */
  public int member(int source) {
    return of[source + 1];
  }
}
