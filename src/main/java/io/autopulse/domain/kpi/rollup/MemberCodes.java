package io.autopulse.domain.kpi.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.sale.block.Dictionary;
import io.autopulse.domain.sale.block.SaleEnricher;
import io.autopulse.domain.sale.block.Terms;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The members that each vehicle and each outlet of a {@link FactTable} belongs to, as codes: one
 * look-up a distinct vehicle, not a sale. Not safe for use by several threads.
 */
final class MemberCodes {
  private final FactTable facts;
  private final Map<Attribute, Dictionary> members = new EnumMap<>(Attribute.class);
  private final Map<Attribute, int[]> codes = new EnumMap<>(Attribute.class);
  private final Map<Attribute, Integer> known = new EnumMap<>(Attribute.class);

  MemberCodes(FactTable facts) {
    this.facts = facts;
    for (Attribute attribute : Attribute.values()) {
      members.put(attribute, new Dictionary());
      codes.put(attribute, new int[0]);
      known.put(attribute, 0);
    }
  }

  /** Returns the distinct members of an attribute. */
  Dictionary members(Attribute attribute) {
    return get(members, attribute);
  }

  /**
   * Returns the member's code by the code of the vehicle (of the outlet, for region and dealer).
   */
  int[] of(Attribute attribute) {
    Dictionary owners = ofOutlet(attribute) ? facts.outlets : facts.vehicles;
    int[] result = get(codes, attribute);
    int from = get(known, attribute);
    if (from < owners.size()) {
      result = java.util.Arrays.copyOf(result, owners.size());
      for (int owner = from; owner < owners.size(); owner++) {
        String member = member(attribute, Terms.split(owners.entry(owner)));
        result[owner] = members(attribute).code(member.getBytes(UTF_8));
      }
      codes.put(attribute, result);
      known.put(attribute, owners.size());
    }
    return result;
  }

  /** Tells whether the attribute is the outlet's, not the vehicle's. */
  static boolean ofOutlet(Attribute attribute) {
    return attribute == Attribute.REGION || attribute == Attribute.DEALER;
  }

  private static String member(Attribute attribute, List<String> parts) {
    return switch (attribute) {
      case MAKE -> parts.get(1);
      case MODEL -> model(parts.get(1), parts.get(2));
      case SEGMENT -> parts.get(3);
      case POWERTRAIN -> parts.get(4);
      case DEALER -> parts.get(0);
      case REGION -> parts.get(1);
    };
  }

  /**
   * Model names repeat across makes: the member is both; {@code UNKNOWN} alone if neither is known.
   */
  private static String model(String make, String model) {
    return make.equals(SaleEnricher.UNKNOWN) ? model : make + " " + model;
  }

  private static <T> T get(Map<Attribute, T> map, Attribute attribute) {
    T value = map.get(attribute);
    if (value == null) {
      throw new IllegalStateException("no " + attribute);
    }
    return value;
  }
}
