package io.autopulse.domain.forecast.hierarchy;

import java.util.List;

/**
 * A finest cell: one combination of members that history shows, or that is expected to sell. It
 * needs no forecast of its own; its weight says which part of a node it takes.
 *
 * @param members one member for each attribute of the hierarchy
 * @param weight units in the recent past, such as the last year; at least 0. Of cells whose weights
 *     are all 0, each takes an equal part
 */
public record Cell(List<String> members, double weight) {
  /** Checks the weight. */
  public Cell {
    members = List.copyOf(members);
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "the weight of cell " + members + " must be at least 0, not " + weight);
    }
  }
}
