package io.autopulse.domain.kpi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.autopulse.domain.sale.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KpiSumsTest {
  private static final int AT = 3;

  private final long[] sums = new long[AT + KpiSums.LENGTH + 1];

  @Test
  void factsAddToTheirCellAndToNoOther() {
    KpiSums.add(sums, AT, Fact.SOLD, 20_000_00, 25_000_00);
    KpiSums.add(sums, AT, Fact.SOLD, 30_000_00, -1);
    KpiSums.add(sums, AT, Fact.CANCELLED, 7, 8);
    KpiSums.add(sums, AT, Fact.RETURNED, 7, 8);
    KpiSums.add(sums, AT, Fact.RETURNED, 7, 8);
    KpiSums.add(sums, AT, Fact.SUPERSEDED, 7, 8);

    // Five that entered, and one that entered and left.
    assertThat(sums, is(new long[] {0, 0, 0, 2, 1, 2, 50_000_00, 20_000_00, 25_000_00, 7, 0}));
  }

  @Test
  void versionThatLeavesTakesWithItWhatItBrought() {
    KpiSums.add(sums, AT, Change.ENTERS, Fact.SOLD, 20_000_00, 25_000_00);
    KpiSums.add(sums, AT, Change.LEAVES, Fact.SOLD, 20_000_00, 25_000_00);
    KpiSums.add(sums, AT, Change.ENTERS, Fact.RETURNED, 20_000_00, 25_000_00);
    KpiSums.add(sums, AT, Change.PASSED, Fact.CANCELLED, 1, 1);

    assertThat(sums, is(new long[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 5, 0}));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void streamThatHasSeenAllChangesInAnyOrderIsTheBatch(long seed) {
    Random random = new Random(seed);
    long[] batch = new long[KpiSums.LENGTH];
    List<Runnable> changes = new ArrayList<>();
    long[] stream = new long[KpiSums.LENGTH];
    for (int i = 0; i < 200; i++) {
      int kind = random.nextInt(3);
      long net = random.nextInt(1_000_000);
      long list = random.nextInt(1_000_000) - 200_000L;
      boolean superseded = random.nextBoolean();
      KpiSums.add(batch, 0, superseded ? Fact.SUPERSEDED : kind, net, list);
      if (superseded && random.nextBoolean()) {
        changes.add(() -> KpiSums.add(stream, 0, Change.PASSED, kind, net, list));
      } else {
        changes.add(() -> KpiSums.add(stream, 0, Change.ENTERS, kind, net, list));
        if (superseded) {
          changes.add(() -> KpiSums.add(stream, 0, Change.LEAVES, kind, net, list));
        }
      }
    }
    Collections.shuffle(changes, random);
    changes.forEach(Runnable::run);

    assertThat("seed " + seed, stream, is(batch));
  }

  @Test
  void rowHasTheMeasuresOfItsSums() {
    KpiSums.add(sums, AT, Fact.SOLD, 20_000_00, 25_000_00);
    KpiSums.add(sums, AT, Fact.SOLD, 30_000_01, 0);
    KpiSums.add(sums, AT, Fact.CANCELLED, 7, 8);
    byte[] row = new byte[KpiLayout.LENGTH];

    KpiSums.putMeasures(row, 0, sums, AT, 8, 1, 2, 3);

    assertThat(KpiLayout.unitsSold(row, 0), is(2));
    assertThat(KpiLayout.unitsCancelled(row, 0), is(1));
    assertThat(KpiLayout.unitsReturned(row, 0), is(0));
    assertThat(KpiLayout.revision(row, 0), is(3));
    assertThat(KpiLayout.revenue(row, 0), is(50_000_01L));
    // 25,000.005 is rounded away from zero; a fifth off the one that has a list price.
    assertThat(KpiLayout.averagePrice(row, 0), is(25_000_01L));
    assertThat(KpiLayout.averageDiscount(row, 0), is(200_000));
    assertThat(KpiLayout.salesMix(row, 0), is(250_000));
    assertThat(KpiLayout.medianPrice(row, 0), is(1L));
    assertThat(KpiLayout.p10Price(row, 0), is(2L));
    assertThat(KpiLayout.p90Price(row, 0), is(3L));
  }

  @Test
  void rowOfAStreamHasNoSalesMixAndOneWithoutUnitsNoPrice() {
    byte[] row = new byte[KpiLayout.LENGTH];
    KpiSums.putMeasures(
        row, 0, sums, AT, Measures.ABSENT, Measures.ABSENT, Measures.ABSENT, Measures.ABSENT);

    assertThat(KpiLayout.salesMix(row, 0), is(KpiLayout.NO_SHARE));
    assertThat(KpiLayout.averageDiscount(row, 0), is(KpiLayout.NO_SHARE));
    assertThat(KpiLayout.averagePrice(row, 0), is(Measures.ABSENT));
    assertThat(KpiLayout.revenue(row, 0), is(0L));
  }
}
