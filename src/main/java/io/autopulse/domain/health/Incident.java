package io.autopulse.domain.health;

import java.util.List;

/**
 * A cause and what follows from it: one alert, however much stopped.
 *
 * @param cause the finding that nothing upstream explains
 * @param followed what it explains, the nearest first
 */
public record Incident(Finding cause, List<Finding> followed) {
  /** Keeps its own copy. */
  public Incident {
    followed = List.copyOf(followed);
  }
}
