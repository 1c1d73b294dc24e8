package io.autopulse.domain.kpi.rollup;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.sale.block.Dictionary;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of several dimensions that sales belong to, by the vehicle and the outlet of the
 * sale: a look-up of arrays once both are known. Not safe for use by several threads.
 */
public final class DimensionMembers {
  private final FactTable terms = new FactTable();
  private final List<MemberNames> names = new ArrayList<>();

  /** Prepares for the dimensions; a dimension is asked for by its place in the list. */
  public DimensionMembers(List<Dimension> dimensions) {
    MemberCodes members = new MemberCodes(terms);
    dimensions.forEach(dimension -> names.add(new MemberNames(members, dimension)));
  }

  /** Returns what the codes of vehicles mean; entries may be added at any time. */
  public Dictionary vehicles() {
    return terms.vehicles;
  }

  /** Returns what the codes of outlets mean; entries may be added at any time. */
  public Dictionary outlets() {
    return terms.outlets;
  }

  /** Returns the number of dimensions. */
  public int dimensions() {
    return names.size();
  }

  /** Returns the member of a dimension that a vehicle sold by an outlet belongs to. */
  public String of(int dimension, int vehicle, int outlet) {
    return names.get(dimension).of(vehicle, outlet);
  }
}
