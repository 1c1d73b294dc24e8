package io.autopulse.generate.truth;

import io.autopulse.domain.kpi.Dimension;
import java.util.List;

/** One dimension of the truth: which member each version belongs to, and the members' texts. */
final class TruthDimension {
  private final Dimension dimension;
  private final List<TruthAttribute> attributes;

  TruthDimension(Dimension dimension, List<TruthAttribute> attributes) {
    this.dimension = dimension;
    this.attributes = List.copyOf(attributes);
  }

  /** Returns how many members there can be. */
  int size() {
    int size = 1;
    for (TruthAttribute attribute : attributes) {
      size *= attribute.members().size();
    }
    return size;
  }

  /**
   * Returns the member that the row belongs to: a pair's are numbered by the first member, then the
   * second.
   */
  int member(TruthRows rows, int row) {
    int member = 0;
    for (TruthAttribute attribute : attributes) {
      member = member * attribute.members().size() + attribute.member(rows, row);
    }
    return member;
  }

  /** Returns the member's text. */
  String text(int member) {
    if (attributes.isEmpty()) {
      return Dimension.ALL;
    }
    if (attributes.size() == 1) {
      return attributes.get(0).members().names().get(member);
    }
    int seconds = attributes.get(1).members().size();
    return attributes.get(0).members().names().get(member / seconds)
        + Dimension.PAIR
        + attributes.get(1).members().names().get(member % seconds);
  }

  @Override
  public String toString() {
    return dimension.toString();
  }
}
