package io.autopulse.web.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of the overview.
 *
 * @param key its name in files and in the API
 * @param title what it is
 * @param value written for people
 * @param raw the value as a number; null if there is none
 * @param deltas against the period before, the year before and, of some, the target
 * @param sparkline how it went: a picture, or nothing
 */
public record Card(
    String key,
    String title,
    String value,
    @Nullable Number raw,
    List<Delta> deltas,
    String sparkline) {
  /**
   * What a figure is compared with.
   *
   * @param base what: the end of its message's key
   * @param label what, written for people
   * @param change written for people
   * @param direction 1 if it is better, -1 if it is worse, 0 if it is neither
   * @param raw the change as a number; null if there is nothing to compare with
   */
  public record Delta(
      String base, String label, String change, int direction, @Nullable Double raw) {
    /** Returns the sign that says the direction without a colour. */
    public String sign() {
      return raw == null || raw == 0 ? "" : raw > 0 ? "▲" : "▼";
    }

    /** Returns its class in the style sheet. */
    public String style() {
      return direction > 0 ? "better" : direction < 0 ? "worse" : "same";
    }
  }

  /** Copies the comparisons. */
  public Card {
    deltas = List.copyOf(deltas);
  }

  /** Returns the change against one of some bases; null if there is none. */
  @Nullable Double against(String... bases) {
    for (Delta delta : deltas) {
      if (List.of(bases).contains(delta.base)) {
        return delta.raw;
      }
    }
    return null;
  }
}
