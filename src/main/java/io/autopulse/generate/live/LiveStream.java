package io.autopulse.generate.live;

import io.autopulse.generate.world.SaleHistory;
import io.autopulse.generate.world.SaleVersion;
import io.autopulse.generate.world.World;
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
  private long begun;
  private long queued;
  private long sales;
  private long corrections;
  private long duplicates;
  private long late;

  /**
   * A version that is to be sent.
   *
   * @param at not before, epoch milliseconds
   * @param number tells versions of one instant apart, first come first
   * @param late whether it waits for longer than its moment
   */
  private record Due(long at, long number, SaleVersion version, Kind kind, boolean late) {}

  /** What a record is of its sale. */
  private enum Kind {
    SALE,
    CORRECTION,
    DUPLICATE
  }

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
        count(due);
        return due.version;
      }
      sell(nowMillis);
    }
  }

  // As it is sent: what still waits when the stream ends never comes.
  private void count(Due due) {
    switch (due.kind) {
      case SALE -> sales++;
      case CORRECTION -> corrections++;
      case DUPLICATE -> duplicates++;
    }
    late += due.late ? 1 : 0;
  }

  /** Returns how many sales' first versions were sent. */
  long sales() {
    return sales;
  }

  /** Returns how many corrections, cancellations and returns were sent. */
  long corrections() {
    return corrections;
  }

  /** Returns how many versions were sent a second time. */
  long duplicates() {
    return duplicates;
  }

  /** Returns how many versions were sent late, behind newer ones of other sales or their own. */
  long late() {
    return late;
  }

  private void sell(long now) {
    // Four in five happen now; the others were forgotten for days or weeks.
    double share = random.nextInt(5) > 0 ? 1 : random.nextDouble();
    List<SaleVersion> versions = history.versions(begun, share, MOST_VERSIONS, random);
    String id = series + "-" + begun;
    begun++;
    SaleVersion first = versions.get(0);
    long justSold = now / 1000 - random.nextInt(SOLD_WITHIN_SECONDS);
    Kind kind = Kind.SALE;
    for (SaleVersion version : versions) {
      long after = (long) ((version.updatedAt() - first.updatedAt()) / DAY_MILLIS * MILLIS_A_DAY);
      boolean today = version.day() == world.calendar().days() - 1;
      long soldAt = today ? justSold : version.soldAt();
      send(version.withSaleId(id).at(now + after, soldAt), now + after, kind);
      kind = Kind.CORRECTION;
    }
  }

  private void send(SaleVersion version, long at, Kind kind) {
    boolean delayed = random.nextDouble() < world.spec().rates().late();
    long sent = delayed ? at + delay() : at;
    waiting.add(new Due(sent, queued++, version, kind, delayed));
    if (random.nextDouble() < world.spec().rates().duplicates()) {
      waiting.add(new Due(sent + delay(), queued++, version, Kind.DUPLICATE, false));
    }
  }

  private int delay() {
    return random.nextInt(LEAST_DELAY_MILLIS, MOST_DELAY_MILLIS);
  }
}
