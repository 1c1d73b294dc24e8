package io.autopulse.domain.market;

import java.io.Serializable;

/**
 * How the names of market feeds are mapped to our members.
 *
 * @param makes of makes
 * @param models of make and model, such as {@code RENAULT CLIO}
 * @param regions of regions
 * @param powertrains of powertrains
 * @param fuels of fuels
 * @param topics of topics: makes, or make and model
 */
public record MarketNames(
    NameMapping makes,
    NameMapping models,
    NameMapping regions,
    NameMapping powertrains,
    NameMapping fuels,
    NameMapping topics)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Leaves every name as it is. */
  public static final MarketNames NONE =
      new MarketNames(
          NameMapping.NONE,
          NameMapping.NONE,
          NameMapping.NONE,
          NameMapping.NONE,
          NameMapping.NONE,
          NameMapping.NONE);
}
