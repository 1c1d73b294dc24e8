package io.autopulse.domain.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name that a mistyped one probably means. Names are compared without regard to case, by
 * the number of letters to insert, delete, change or swap with their neighbour (Damerau and
 * Levenshtein's distance, optimal string alignment).
 */
public final class NearestName {
  private static final int LISTED = 20;

  private NearestName() {}

  /**
   * Returns the nearest known name, if it is near enough to be meant: at most 2 edits, 1 in a name
   * of up to 3 letters, or a third of a longer name's letters.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    return sorted(given, known).stream()
        .findFirst()
        .filter(name -> distance(fold(given), fold(name)) <= tolerance(given));
  }

  /**
   * Returns the known names, the nearest first, names at the same distance in alphabetical order.
   */
  public static List<String> sorted(String given, Collection<String> known) {
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(fold(given), fold(name)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /**
   * Returns the sentence that tells what may be meant: {@code Did you mean "lookback"?}, or else
   * the known names; of more than a line of them, the nearest.
   */
  public static String hint(String given, Collection<String> known) {
    return of(given, known)
        .map(name -> "Did you mean \"" + name + "\"?")
        .orElseGet(
            () ->
                known.size() <= LISTED
                    ? "Known: " + String.join(", ", known)
                    : "Nearest: " + String.join(", ", sorted(given, known).subList(0, 5)));
  }

  /**
   * Returns how many letters must be inserted, deleted, changed or swapped with their neighbour to
   * turn one text into the other.
   */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(Math.min(edits[i - 1][j], edits[i][j - 1]) + 1, edits[i - 1][j - 1] + change);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }

  private static String fold(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static int tolerance(String given) {
    return given.length() <= 3 ? 1 : Math.max(2, given.length() / 3);
  }
}
