package io.autopulse.generate.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The vehicles on offer: real makes, plausible models, invented prices; one vehicle for each
 * powertrain of a model.
 */
public final class Catalogue {
  private static final Map<String, Double> PRICE_FACTOR =
      Map.of("ICE", 1.0, "HEV", 1.09, "PHEV", 1.27, "BEV", 1.31, "FCEV", 1.7);

  private final List<Vehicle> vehicles;

  private Catalogue(List<Vehicle> vehicles) {
    this.vehicles = List.copyOf(vehicles);
  }

  /**
   * Returns the given number of vehicles, makes and models of the greatest weight first. Beyond the
   * known models the list goes on with later series of them.
   */
  static Catalogue of(int size, SplittableRandom random) {
    List<Nameplate> nameplates = nameplates();
    List<Vehicle> vehicles = new ArrayList<>(size);
    for (int series = 1; vehicles.size() < size; series++) {
      for (Nameplate nameplate : nameplates) {
        for (int p = 0; p < nameplate.powertrains.size() && vehicles.size() < size; p++) {
          vehicles.add(vehicle(vehicles.size(), nameplate, p, series, random));
        }
      }
    }
    return new Catalogue(vehicles);
  }

  /** Returns all vehicles. */
  public List<Vehicle> vehicles() {
    return vehicles;
  }

  private static Vehicle vehicle(
      int index, Nameplate nameplate, int powertrain, int series, SplittableRandom random) {
    String kind = nameplate.powertrains.get(powertrain);
    double factor = factor(kind) / factor(nameplate.powertrains.get(0));
    long euros =
        Math.round(nameplate.euros * factor * (0.98 + 0.04 * random.nextDouble()) / 50) * 50;
    return new Vehicle(
        index,
        String.format("M%05d", index + 1),
        nameplate.make,
        series == 1 ? nameplate.model : nameplate.model + " Series " + series,
        nameplate.segment,
        kind,
        Math.toIntExact(euros * 100),
        random.nextDouble() >= 0.04,
        1
            / StrictMath.pow(nameplate.makeRank + 1, 0.8)
            / StrictMath.pow(nameplate.modelRank + 1, 0.6)
            / series);
  }

  private static double factor(String powertrain) {
    Double factor = PRICE_FACTOR.get(powertrain);
    if (factor == null) {
      throw new IllegalStateException("models.txt has an unknown powertrain: " + powertrain);
    }
    return factor;
  }

  /**
   * Returns every make's first model, then every make's second, and so on, so that a short
   * catalogue has many makes.
   */
  private static List<Nameplate> nameplates() {
    Map<String, List<String[]>> byMake = new LinkedHashMap<>();
    for (String[] row : ResourceTable.read("models.txt")) {
      byMake.computeIfAbsent(row[0], make -> new ArrayList<>()).add(row);
    }
    List<Nameplate> nameplates = new ArrayList<>();
    boolean more = true;
    for (int rank = 0; more; rank++) {
      more = false;
      int makeRank = 0;
      for (List<String[]> models : byMake.values()) {
        if (rank < models.size()) {
          nameplates.add(Nameplate.of(models.get(rank), makeRank, rank));
          more = true;
        }
        makeRank++;
      }
    }
    return nameplates;
  }

  private record Nameplate(
      String make,
      String model,
      String segment,
      int euros,
      List<String> powertrains,
      int makeRank,
      int modelRank) {
    static Nameplate of(String[] row, int makeRank, int modelRank) {
      return new Nameplate(
          row[0],
          row[1],
          row[2],
          Integer.parseInt(row[3]),
          List.of(row[4].split("\\|")),
          makeRank,
          modelRank);
    }
  }
}
