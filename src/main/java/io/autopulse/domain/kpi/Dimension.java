package io.autopulse.domain.kpi;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What KPIs are cut by: nothing ({@code total}), one attribute, or a pair of attributes.
 *
 * @param attributes none, one or two different attributes, in the order that the member is written
 *     in
 */
public record Dimension(List<Attribute> attributes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The whole business: one member, {@code ALL}. */
  public static final Dimension TOTAL = new Dimension(List.of());

  /** Between the names of a pair, and between the members of a pair. */
  public static final String PAIR = " x ";

  /** The only member of {@link #TOTAL}. */
  public static final String ALL = "ALL";

  /** An attribute of a sale that KPIs can be cut by. */
  public enum Attribute {
    /** The make, such as {@code RENAULT}. */
    MAKE,
    /** The make and model, such as {@code Renault Clio}: model names repeat across makes. */
    MODEL,
    /** The market segment, such as {@code SUV}. */
    SEGMENT,
    /** The powertrain, such as {@code BEV}. */
    POWERTRAIN,
    /** The sales region: the sale's own, else its dealer's. */
    REGION,
    /** The dealer's id. */
    DEALER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the number of attributes and that a pair's differ. */
  public Dimension {
    attributes = List.copyOf(attributes);
    if (attributes.size() > 2) {
      throw new IllegalArgumentException("a dimension has at most two attributes: " + attributes);
    }
    if (attributes.size() == 2 && attributes.get(0) == attributes.get(1)) {
      throw new IllegalArgumentException("a pair needs two different attributes: " + attributes);
    }
  }

  /** Returns a dimension of one attribute. */
  public static Dimension of(Attribute attribute) {
    return new Dimension(List.of(attribute));
  }

  /** Returns a pair of attributes. */
  public static Dimension of(Attribute first, Attribute second) {
    return new Dimension(List.of(first, second));
  }

  /**
   * Returns the {@code dimension} column's value: {@code total}, {@code make}, {@code region x
   * powertrain}.
   */
  @Override
  public String toString() {
    return attributes.isEmpty()
        ? "total"
        : attributes.stream().map(Attribute::toString).collect(Collectors.joining(PAIR));
  }
}
