package io.autopulse.domain.kpi.cell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.block.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same versions through the bounded rules and, in several orders and bundles, through those of
 * the stream: the same cells in every measure, the revision included. At scale: {@link
 * LiveParityIT}.
 */
class LiveParityTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void streamInAnyOrderEqualsTheBatch(long seed) {
    List<Version> events = StreamAndBatch.events(new Random(seed), 3_000);
    Map<String, String> batch = StreamAndBatch.batch(events);
    assertThat(batch.size(), greaterThan(10_000));
    for (int order = 0; order < 3; order++) {
      List<Version> shuffled = new ArrayList<>(events);
      Collections.shuffle(shuffled, new Random(seed * 31 + order));
      assertThat(
          "seed " + seed + ", order " + order,
          StreamAndBatch.difference(batch, StreamAndBatch.stream(shuffled, new Random(seed), 200)),
          is(""));
    }
  }
}
