package io.autopulse.generate.world;

import java.util.List;
import java.util.SplittableRandom;

/**
 * All that sales are drawn from: the same for every block of sales.
 *
 * @param spec what to generate
 * @param catalogue the vehicles
 * @param network the dealers and regions
 * @param calendar when vehicles are sold
 * @param choice which vehicle is sold in a month
 * @param spellings how each region is written
 */
public record World(
    GenerateSpec spec,
    Catalogue catalogue,
    DealerNetwork network,
    SaleCalendar calendar,
    ModelChoice choice,
    List<SpellingVariants> spellings) {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** Makes the world of a specification: the same one each time. */
  public static World of(GenerateSpec spec) {
    Catalogue catalogue = Catalogue.of(spec.models(), random(spec, -1));
    DealerNetwork network = DealerNetwork.of(spec.dealers(), random(spec, -2));
    SaleCalendar calendar = new SaleCalendar(spec.period(), spec.timezone());
    return new World(
        spec,
        catalogue,
        network,
        calendar,
        new ModelChoice(catalogue, calendar),
        network.regions().stream().map(SpellingVariants::of).toList());
  }

  /**
   * Returns the source of chance of a part of the data: its own, so that parts can be made in any
   * order.
   */
  public SplittableRandom random(long part) {
    return random(spec, part);
  }

  private static SplittableRandom random(GenerateSpec spec, long part) {
    return new SplittableRandom(new SplittableRandom(spec.seed() + GOLDEN * part).nextLong());
  }
}
