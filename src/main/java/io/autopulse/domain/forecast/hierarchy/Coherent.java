package io.autopulse.domain.forecast.hierarchy;

import io.autopulse.domain.forecast.MemberForecast;
import java.util.List;

/**
 * Forecasts that add up, in whole units.
 *
 * @param nodes the forecast of each node, in the order of {@link Hierarchy#nodes}: the mean is a
 *     whole number and the sum of the node's cells
 * @param exact for each node the reconciled means before rounding, units
 * @param cells for each cell, in the order of {@link Hierarchy#cells}, its units in each period
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of a forecast are read, never compared
public record Coherent(List<MemberForecast> nodes, double[][] exact, long[][] cells) {
  /** Copies the list. */
  public Coherent {
    nodes = List.copyOf(nodes);
  }
}
