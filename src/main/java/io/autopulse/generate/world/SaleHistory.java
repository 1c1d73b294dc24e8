package io.autopulse.generate.world;

import io.autopulse.domain.sale.SaleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the versions of one sale: the sale, its corrections, and perhaps its cancellation or
 * return.
 */
public final class SaleHistory {
  private static final double DAY_MILLIS = 86_400_000;
  private static final int MOST_CORRECTIONS = 6;
  private static final double MEDIAN_DISCOUNT = 0.06;
  private static final double GREATEST_DISCOUNT = 0.18;

  private final World world;
  private final SaleRates rates;

  /** Makes the histories of sales in a world. */
  public SaleHistory(World world) {
    this.world = world;
    this.rates = world.spec().rates();
  }

  /**
   * Returns the versions of a sale, oldest first: the last one is the one that counts.
   *
   * @param number the sale's number
   * @param share where among all sales in order of time it lies, 0 to 1
   * @param most how many versions at most
   */
  public List<SaleVersion> versions(long number, double share, int most, SplittableRandom random) {
    List<SaleVersion> versions = new ArrayList<>(1);
    SaleVersion version = first(number, share, random);
    versions.add(version);
    int corrections = random.nextDouble() < rates.updates() ? 1 : 0;
    while (corrections > 0 && corrections < MOST_CORRECTIONS && random.nextInt(4) == 0) {
      corrections++;
    }
    for (int i = 0; i < corrections; i++) {
      version = corrected(version, random);
      versions.add(version);
    }
    double fate = random.nextDouble();
    if (fate < rates.cancellations()) {
      version = next(version, SaleStatus.CANCELLED, 9, random);
      versions.add(version);
      if (random.nextInt(20) == 0) {
        versions.add(next(version, SaleStatus.SOLD, 3, random));
      }
    } else if (fate < rates.cancellations() + rates.returns()) {
      versions.add(next(version, SaleStatus.RETURNED, 25, random));
    }
    return versions.size() > most ? versions.subList(0, most) : versions;
  }

  private SaleVersion first(long number, double share, SplittableRandom random) {
    int day = world.calendar().dayAt(share);
    double way = random.nextDouble();
    String channel = way < 0.7 ? "showroom" : way < 0.88 ? "fleet" : "online";
    boolean online = channel.equals("online");
    Vehicle vehicle = vehicle(day, random);
    Dealer dealer = online && random.nextInt(12) == 0 ? null : world.network().draw(random);
    long soldAt = world.calendar().instant(day, online, random);
    SaleVersion blank =
        new SaleVersion(
            SalesFeed.saleId(0, number),
            soldAt * 1000 + random.nextInt(6 * 3_600_000),
            1,
            SaleStatus.SOLD,
            day,
            soldAt,
            vehicle,
            dealer,
            -1,
            "",
            -1,
            0,
            channel,
            online ? "WEB" : random.nextInt(3) == 0 ? "CRM" : "ERP",
            Customers.name(random),
            Customers.phone(random));
    return priced(located(blank, dealer, random), vehicle, random);
  }

  /** Returns a newer version with another price, dealer, vehicle or date. */
  private SaleVersion corrected(SaleVersion v, SplittableRandom random) {
    SaleVersion next = next(v, v.status(), 6, random);
    int what = random.nextInt(20);
    if (what < 9) {
      return priced(next, next.vehicle(), random);
    }
    if (what < 13) {
      return located(next, world.network().draw(random), random);
    }
    if (what < 16) {
      return priced(next, vehicle(next.day(), random), random);
    }
    int moved = next.day() + random.nextInt(-20, 21);
    int day = Math.max(0, Math.min(world.calendar().days() - 1, moved));
    return next.on(day, world.calendar().instant(day, v.source().equals("WEB"), random));
  }

  private SaleVersion next(SaleVersion v, SaleStatus status, double days, SplittableRandom random) {
    // Two changes within one tick of the ERP's clock: only the sequence tells which is the newer.
    long later =
        random.nextInt(12) == 0
            ? 0
            : 1 + (long) (-StrictMath.log(1 - random.nextDouble()) * days * DAY_MILLIS);
    return v.next(later, status);
  }

  private Vehicle vehicle(int day, SplittableRandom random) {
    return world.choice().draw(world.calendar().month(day), random);
  }

  /**
   * Gives the version a dealer and, for one in seven, a region of its own, which need not be the
   * dealer's.
   */
  private SaleVersion located(SaleVersion v, @Nullable Dealer dealer, SplittableRandom random) {
    int region = dealer == null ? -1 : dealer.region();
    String text = "";
    if (random.nextInt(7) == 0) {
      if (region < 0 || random.nextInt(5) == 0) {
        region = random.nextInt(world.spellings().size());
      }
      text = world.spellings().get(region).draw(random);
    }
    return v.by(dealer, region, text);
  }

  /**
   * Gives the version a vehicle and its prices: options on the list price, and a discount of 0 to
   * 18 %.
   */
  private static SaleVersion priced(SaleVersion v, Vehicle vehicle, SplittableRandom random) {
    int kind = random.nextInt(1000);
    boolean listed = kind >= 120;
    long options = listed ? vehicle.priceCents() * (long) random.nextInt(16) / 100 : 0;
    int list = vehicle.priceCents() + Math.toIntExact(options - options % 5000);
    double discount = 0;
    if (random.nextInt(25) > 0) {
      double usual = v.channel().equals("fleet") ? MEDIAN_DISCOUNT * 1.7 : MEDIAN_DISCOUNT;
      discount = Math.min(GREATEST_DISCOUNT, usual * StrictMath.exp(0.55 * random.nextGaussian()));
    }
    int net = (int) (list * (1 - discount));
    // Most prices are round; some carry cents.
    net -= random.nextInt(4) == 0 ? 0 : net % 1000;
    // An ERP that knows no list price leaves the field blank, or writes zero.
    int written = kind < 118 ? -1 : kind < 120 ? 0 : list;
    return v.of(vehicle, written, net);
  }
}
