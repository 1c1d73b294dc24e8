package io.autopulse.generate.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The dealers and their regions: a few large dealers and many small ones, more of them where more
 * people live.
 */
public final class DealerNetwork {
  private static final double ZIPF = 0.75;

  private final List<String> regions;
  private final List<Dealer> dealers;
  private final AliasTable bySize;

  private DealerNetwork(List<String> regions, List<Dealer> dealers) {
    this.regions = List.copyOf(regions);
    this.dealers = List.copyOf(dealers);
    this.bySize = new AliasTable(dealers.stream().mapToDouble(Dealer::weight).toArray());
  }

  static DealerNetwork of(int size, SplittableRandom random) {
    List<String[]> rows = ResourceTable.read("regions.txt");
    AliasTable regionOf =
        new AliasTable(rows.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray());
    List<Dealer> dealers = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      // The first dealers take the regions in turn, so that no region is without one.
      int region = i < rows.size() ? i : regionOf.draw(random);
      String[] towns = rows.get(region)[2].split("\\|");
      String name =
          Customers.lastName(random) + " Automobiles " + towns[random.nextInt(towns.length)];
      // Which dealers are the large ones has nothing to do with their ids.
      double weight = 1 / StrictMath.pow(1 + random.nextInt(size), ZIPF);
      dealers.add(new Dealer(i, String.format("D%05d", i + 1), name, region, weight));
    }
    return new DealerNetwork(rows.stream().map(row -> row[0]).toList(), dealers);
  }

  /** Returns the regions' names in the reference's spelling. */
  public List<String> regions() {
    return regions;
  }

  /** Returns all dealers. */
  public List<Dealer> dealers() {
    return dealers;
  }

  Dealer draw(SplittableRandom random) {
    return dealers.get(bySize.draw(random));
  }
}
