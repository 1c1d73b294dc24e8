package io.autopulse.domain.forecast.hierarchy;

import java.util.List;

/**
 * A finest cell: one combination of members that history shows, or that is expected to sell. It
 * needs no forecast of its own; its weight says which part of a node it takes.
 *
 * @param members one member for each attribute of the hierarchy
 * @param weight units in the recent past, such as the last year; at least 0. Of cells whose weights
 *     are all 0, each takes an equal part
 * @param launch the period of the horizon, 0 for the first, in which a cell begins to sell that has
 *     never sold: it has nothing before, and nothing in the past; -1 for a cell that has sold
 */
public record Cell(List<String> members, double weight, int launch) {
  /** Makes a cell that has sold. */
  public Cell(List<String> members, double weight) {
    this(members, weight, -1);
  }

  /** Checks the weight. */
  public Cell {
    members = List.copyOf(members);
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "the weight of cell " + members + " must be at least 0, not " + weight);
    }
  }

  /** Returns the cell of the same members with the weights of both. */
  Cell and(Cell other) {
    return new Cell(members, weight + other.weight, Math.min(launch, other.launch));
  }

  /**
   * Returns whether nothing is sold in a period.
   *
   * @param period the period of the horizon, 0 for the first; -1 for the past
   */
  boolean isClosed(int period) {
    return launch >= 0 && period < launch;
  }
}
