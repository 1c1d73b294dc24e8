package io.autopulse.domain.kpi.cell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.block.Version;
import io.autopulse.testing.Nightly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@link LiveParityTest} at scale: over 200,000 versions, in two orders each build and in twenty by
 * {@code mvn verify -Pnightly}.
 */
class LiveParityIT {
  private static final long SEED = 2024;
  private static final int SALES = 170_000;
  private static final int ORDERS = Nightly.size(2, 20);
  private static final int MOST_IN_BUNDLE = 20_000;

  @Test
  void ordersOfTwoHundredThousandVersionsEqualTheBatch() {
    List<Version> events = StreamAndBatch.events(new Random(SEED), SALES);
    assertThat(events.size(), greaterThan(200_000));
    Map<String, String> batch = StreamAndBatch.batch(events);
    assertThat(batch.size(), greaterThan(100_000));
    IntStream.range(0, ORDERS).parallel().forEach(order -> assertSame(batch, events, SEED + order));
  }

  private static void assertSame(Map<String, String> batch, List<Version> events, long seed) {
    Random random = new Random(seed);
    List<Version> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    assertThat(
        "seed " + seed,
        StreamAndBatch.difference(batch, StreamAndBatch.stream(shuffled, random, MOST_IN_BUNDLE)),
        is(""));
  }
}
