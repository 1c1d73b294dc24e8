package io.autopulse.generate.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which vehicle a customer takes: by popularity, with the powertrains' shares moving to battery
 * cars from month to month.
 */
public final class ModelChoice {
  private final List<Vehicle> vehicles;
  private final List<AliasTable> byMonth;

  ModelChoice(Catalogue catalogue, SaleCalendar calendar) {
    vehicles = catalogue.vehicles();
    byMonth = new ArrayList<>(calendar.months());
    double firstYear = calendar.date(0).getYear() + (calendar.date(0).getMonthValue() - 0.5) / 12;
    Map<String, Double> popularity = new HashMap<>();
    for (Vehicle vehicle : vehicles) {
      popularity.merge(vehicle.powertrain(), vehicle.popularity(), Double::sum);
    }
    for (int month = 0; month < calendar.months(); month++) {
      byMonth.add(table(firstYear + month / 12.0, popularity));
    }
  }

  /** Draws a vehicle of the month, counted from the period's first. */
  Vehicle draw(int month, SplittableRandom random) {
    return vehicles.get(byMonth.get(month).draw(random));
  }

  private AliasTable table(double year, Map<String, Double> popularity) {
    double[] weights = new double[vehicles.size()];
    for (Vehicle vehicle : vehicles) {
      weights[vehicle.index()] =
          share(vehicle.powertrain(), year)
              * vehicle.popularity()
              / popularity.getOrDefault(vehicle.powertrain(), 1.0);
    }
    return new AliasTable(weights);
  }

  /**
   * Returns the powertrain's share of the market at the year, roughly; shares need not add to one.
   */
  public static double share(String powertrain, double year) {
    double battery = 0.75 / (1 + StrictMath.exp(-0.4 * (year - 2027)));
    double hybrid = 0.38 / (1 + StrictMath.exp(-0.45 * (year - 2022)));
    double plugIn = 0.09 / (1 + StrictMath.exp(-0.9 * (year - 2020)));
    return switch (powertrain) {
      case "BEV" -> battery;
      case "HEV" -> hybrid;
      case "PHEV" -> plugIn;
      case "FCEV" -> 0.002;
      default -> Math.max(0.03, 1 - battery - hybrid - plugIn);
    };
  }
}
