package io.autopulse.generate.truth;

import io.autopulse.domain.kpi.Dimension.Attribute;
import io.autopulse.generate.world.Catalogue;
import io.autopulse.generate.world.Dealer;
import io.autopulse.generate.world.DealerNetwork;
import io.autopulse.generate.world.Members;
import io.autopulse.generate.world.Vehicle;
import java.util.List;

/**
 * One attribute of the truth.
 *
 * @param attribute which one
 * @param members its members, by index of vehicle, dealer or region
 */
record TruthAttribute(Attribute attribute, Members members) {

  static TruthAttribute of(Attribute attribute, Catalogue catalogue, DealerNetwork network) {
    List<Vehicle> vehicles = catalogue.vehicles();
    List<String> names =
        switch (attribute) {
          case MAKE -> vehicles.stream().map(Vehicle::make).toList();
          case MODEL -> vehicles.stream().map(v -> v.make() + " " + v.model()).toList();
          case SEGMENT -> vehicles.stream().map(Vehicle::segment).toList();
          case POWERTRAIN -> vehicles.stream().map(Vehicle::powertrain).toList();
          case REGION -> network.regions();
          case DEALER -> network.dealers().stream().map(Dealer::dealerId).toList();
        };
    return new TruthAttribute(attribute, Members.of(names));
  }

  int member(TruthRows rows, int row) {
    return members.member(
        switch (attribute) {
          case MAKE, MODEL, SEGMENT, POWERTRAIN -> rows.vehicle()[row];
          case REGION -> rows.region()[row];
          case DEALER -> rows.dealer()[row];
        });
  }
}
