package io.autopulse.transform.trend;

import io.autopulse.domain.kpi.Dimension;
import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.domain.kpi.rollup.DimensionMembers;
import io.autopulse.domain.sale.BusinessClock;
import io.autopulse.domain.sale.SaleStatus;
import io.autopulse.domain.sale.block.SaleLayout;
import io.autopulse.domain.sale.block.Terms;
import io.autopulse.domain.trend.KnownVersions;
import io.autopulse.domain.trend.MemberTrend;
import io.autopulse.domain.trend.TrendWeek;
import io.autopulse.domain.trend.Vintages;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums what the versions of sales add to the weeks, by dimension and member, before it travels. Not
 * safe for use by several threads.
 */
final class MemberVintages {
  private static final int SOLD = SaleStatus.SOLD.ordinal();

  private final DimensionMembers members;
  private final KnownVersions rule;
  private final List<Map<String, Vintages>> sums = new ArrayList<>();
  private final List<String> items = new ArrayList<>();
  private Vintages all = new Vintages();
  private int[] vehicles = {};
  private int[] outlets = {};
  private int sign = 1;

  /** Takes the sums of a member. */
  @FunctionalInterface
  interface Consumer {
    void accept(int dimension, String member, Vintages vintages);
  }

  /**
   * Makes the sums of nothing.
   *
   * @param timezone of the weeks
   */
  MemberVintages(List<Dimension> dimensions, ZoneId timezone) {
    members = new DimensionMembers(dimensions);
    dimensions.forEach(dimension -> sums.add(new HashMap<>()));
    rule = new KnownVersions(new BusinessClock(timezone), this::add);
  }

  DimensionMembers members() {
    return members;
  }

  /**
   * Says how the versions that follow are read.
   *
   * @param vehicleCodes the codes that their vehicles have in {@link #members}
   * @param outletCodes the codes that their outlets have there
   * @param factor 1 to add them, -1 to take them back
   */
  void read(int[] vehicleCodes, int[] outletCodes, int factor) {
    vehicles = vehicleCodes;
    outlets = outletCodes;
    sign = factor;
  }

  /** Adds the next higher version of a sale. */
  void version(byte[] bytes, int at) {
    rule.add(bytes, at);
  }

  /** Ends a sale. */
  void endSale() {
    rule.end();
  }

  private void add(byte[] bytes, int at, int week, int change) {
    int vehicle = vehicles[SaleLayout.code(bytes, at, SaleLayout.VEHICLE)];
    int outlet = outlets[SaleLayout.code(bytes, at, SaleLayout.OUTLET)];
    int soldWeek = TrendWeek.of(SaleLayout.soldOn(bytes, at));
    int records = sign * change;
    int units = SaleLayout.status(bytes, at) == SOLD ? records : 0;
    long revenue = units * SaleLayout.netPrice(bytes, at);
    String item = item(vehicle);
    all.add("", soldWeek, week, records, units, 0);
    for (int d = 0; d < sums.size(); d++) {
      sums.get(d)
          .computeIfAbsent(members.of(d, vehicle, outlet), member -> new Vintages())
          .add(item, soldWeek, week, records, units, revenue);
    }
  }

  // What has one price: make, model and powertrain, whatever its model id.
  private String item(int vehicle) {
    while (items.size() <= vehicle) {
      List<String> parts = Terms.split(members.vehicles().entry(items.size()));
      items.add(
          String.join(String.valueOf(Terms.SEPARATOR), parts.get(1), parts.get(2), parts.get(4)));
    }
    return items.get(vehicle);
  }

  /** Hands out the sums of each member that has some, and starts again. */
  void drain(Consumer out) {
    for (int d = 0; d < sums.size(); d++) {
      int dimension = d;
      sums.get(d)
          .forEach(
              (member, vintages) -> {
                if (!vintages.isEmpty()) {
                  out.accept(dimension, member, vintages);
                }
              });
      sums.get(d).clear();
    }
    all = new Vintages();
  }

  /** Returns the sums over all sales, without items and revenue, since the last {@link #drain}. */
  Vintages all() {
    return all;
  }

  /** Returns what computes the features of a member. */
  static MemberTrend trend(Dimension dimension, String member) {
    List<Attribute> attributes = dimension.attributes();
    int region = attributes.indexOf(Attribute.REGION);
    boolean isTopic =
        attributes.equals(List.of(Attribute.MAKE)) || attributes.equals(List.of(Attribute.MODEL));
    return new MemberTrend(
        dimension.toString(),
        member,
        region < 0 ? null : part(member, attributes.size(), region),
        isTopic ? member : null);
  }

  private static String part(String member, int parts, int place) {
    if (parts == 1) {
      return member;
    }
    return place == 0
        ? member.substring(0, member.indexOf(Dimension.PAIR))
        : member.substring(member.lastIndexOf(Dimension.PAIR) + Dimension.PAIR.length());
  }
}
