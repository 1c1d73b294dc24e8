package io.autopulse.domain.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of a service level objective is used up: the time in which it did not hold, of the time
 * in which it may not hold. An objective of 99 % over 30 days allows 7.2 hours.
 *
 * @param objective the share of the time in which it holds, below 1
 * @param bad the time of the last 30 days in which it did not hold
 */
public record ErrorBudget(double objective, Duration bad) {
  /** The days that count. */
  public static final Duration WINDOW = Duration.ofDays(30);

  /**
   * What a look at the health saw; it counts until the next look.
   *
   * @param at when
   * @param good whether the objective held
   */
  public record Look(Instant at, boolean good) {}

  /** Checks the objective. */
  public ErrorBudget {
    if (!(objective > 0 && objective < 1)) {
      throw new IllegalArgumentException("an objective is above 0 and below 1");
    }
  }

  /**
   * Returns the budget at an instant.
   *
   * @param objective the share of the time in which the objective holds
   * @param looks the oldest first
   * @param at the end of the 30 days
   */
  public static ErrorBudget of(double objective, List<Look> looks, Instant at) {
    Instant begin = at.minus(WINDOW);
    Duration bad = Duration.ZERO;
    for (int i = 0; i < looks.size(); i++) {
      Look look = looks.get(i);
      Instant from = look.at().isBefore(begin) ? begin : look.at();
      Instant next = i + 1 < looks.size() ? looks.get(i + 1).at() : at;
      Instant to = next.isAfter(at) ? at : next;
      if (!look.good() && from.isBefore(to)) {
        bad = bad.plus(Duration.between(from, to));
      }
    }
    return new ErrorBudget(objective, bad);
  }

  /**
   * Returns looks with one more, without those that no later budget needs: of looks that saw the
   * same, one after the other, the first is enough.
   */
  public static List<Look> with(List<Look> looks, Look latest) {
    Instant begin = latest.at().minus(WINDOW);
    List<Look> kept = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      boolean isOver = i + 1 < looks.size() && !looks.get(i + 1).at().isAfter(begin);
      if (!isOver) {
        kept.add(looks.get(i));
      }
    }
    if (kept.isEmpty() || kept.get(kept.size() - 1).good() != latest.good()) {
      kept.add(latest);
    }
    return List.copyOf(kept);
  }

  /** Returns the time in which the objective may not hold. */
  public Duration allowed() {
    return Duration.ofSeconds(Math.round(WINDOW.toSeconds() * (1 - objective)));
  }

  /** Returns the share of the allowed time that is used; above 1 the objective is missed. */
  public double used() {
    return (double) bad.toSeconds() / allowed().toSeconds();
  }
}
