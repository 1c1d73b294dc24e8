package io.autopulse.generate;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The versions of sales that happen now, in the order in which they are sent, without an end. A
 * sale's life is that of {@link SaleHistory}, but a day of it passes in five seconds, so that
 * corrections, cancellations and returns can be watched. Not for several threads.
 */
final class LiveStream {
  private static final double MILLIS_A_DAY = 5_000;
  private static final double DAY_MILLIS = 86_400_000;
  private static final int MOST_VERSIONS = 10;
  private static final int SOLD_WITHIN_SECONDS = 600;
  private static final int LEAST_DELAY_MILLIS = 2_000;
  private static final int MOST_DELAY_MILLIS = 60_000;

  private final World world;
  private final SaleHistory history;
  private final SplittableRandom random;
  private final String series;
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
  private long sales;
  private long queued;
  private long corrections;
  private long duplicates;
  private long late;

  /**
   * A version that is to be sent.
   *
   * @param at not before, epoch milliseconds
   * @param number tells versions of one instant apart, first come first
   */
  private record Due(long at, long number, SaleVersion version) {}

  /**
   * Makes a stream.
   *
   * @param world whose period ends today
   * @param series what its sales' keys begin with: another for every stream of a topic
   */
  LiveStream(World world, String series) {
    this.world = world;
    this.series = series;
    history = new SaleHistory(world);
    random = world.random(1);
  }

  /** Returns what is sent next: what is due, else a new sale. */
  SaleVersion next(long nowMillis) {
    while (true) {
      Due due = waiting.peek();
      if (due != null && due.at <= nowMillis) {
        waiting.remove();
        return due.version;
      }
      sell(nowMillis);
    }
  }

  long sales() {
    return sales;
  }

  /** Returns how many corrections, cancellations and returns there are, sent or waiting. */
  long corrections() {
    return corrections;
  }

  long duplicates() {
    return duplicates;
  }

  /** Returns how many versions are sent late, behind newer ones of other sales or their own. */
  long late() {
    return late;
  }

  private void sell(long now) {
    // Four in five happen now; the others were forgotten for days or weeks.
    double share = random.nextInt(5) > 0 ? 1 : random.nextDouble();
    List<SaleVersion> versions = history.versions(sales, share, MOST_VERSIONS, random);
    String id = series + "-" + sales;
    sales++;
    corrections += versions.size() - 1;
    SaleVersion first = versions.get(0);
    long justSold = now / 1000 - random.nextInt(SOLD_WITHIN_SECONDS);
    for (SaleVersion version : versions) {
      long after = (long) ((version.updatedAt() - first.updatedAt()) / DAY_MILLIS * MILLIS_A_DAY);
      boolean today = version.day() == world.calendar().days() - 1;
      long soldAt = today ? justSold : version.soldAt();
      send(version.withSaleId(id).at(now + after, soldAt), now + after);
    }
  }

  private void send(SaleVersion version, long at) {
    boolean delayed = random.nextDouble() < world.spec().rates().late();
    long sent = delayed ? at + delay() : at;
    late += delayed ? 1 : 0;
    waiting.add(new Due(sent, queued++, version));
    if (random.nextDouble() < world.spec().rates().duplicates()) {
      duplicates++;
      waiting.add(new Due(sent + delay(), queued++, version));
    }
  }

  private int delay() {
    return random.nextInt(LEAST_DELAY_MILLIS, MOST_DELAY_MILLIS);
  }
}
