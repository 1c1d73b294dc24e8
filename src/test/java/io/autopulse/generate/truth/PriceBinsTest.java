package io.autopulse.generate.truth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

/**
 * Values worked out with 60 decimal digits: the smallest i with gamma^i >= c, then 2 gamma^i /
 * (gamma + 1).
 */
class PriceBinsTest {
  private final PriceBins bins = new PriceBins(1_000_000_000);

  @Test
  void smallPricesAreTheirOwnBins() {
    assertThat(bins.valueOf(1), is(1L));
    assertThat(bins.valueOf(2), is(2L));
    assertThat(bins.valueOf(3), is(3L));
  }

  @Test
  void pricesOfOneBinShareItsValue() {
    assertThat(bins.valueOf(100), is(100L));
    assertThat(bins.valueOf(101), is(100L));
    assertThat(bins.valueOf(102), is(103L));
    assertThat(bins.valueOf(103), is(103L));
  }

  @Test
  void valuesOfVehiclePricesAreWithinOnePercent() {
    assertThat(bins.valueOf(1_999_000), is(2_003_555L));
    assertThat(bins.valueOf(2_349_000), is(2_351_206L));
    assertThat(bins.valueOf(1_000_000_000), is(1_007_402_466L));
  }
}
