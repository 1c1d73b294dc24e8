package io.autopulse.domain.kpi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceHistogramTest {
  @ParameterizedTest
  @CsvSource({
    // gamma = 101/99 = 1.0202...: gamma^34 = 1.9739..., gamma^35 = 2.0138...
    "1, 0, 1",
    "2, 35, 2",
    // gamma^54 = 2.9450..., gamma^55 = 3.0045...
    "3, 55, 3",
    // gamma^116 = 10.1770..., gamma^115 = 9.9755...
    "10, 116, 10",
    // ln(100)/ln(gamma) = 230.25...: the bin 231 stands for 2 * 1.0202^231 / (gamma + 1) = 100.5
    // cents.
    "100, 231, 100",
    // ln(2,000,000)/ln(gamma) = 725.40..., bin 726.
    "2000000, 726, 2003555"
  })
  void priceHasItsBin(long cents, int bin, long value) {
    assertThat(PriceHistogram.bin(cents), is(bin));
    assertThat(PriceHistogram.value(bin), is(value));
  }

  @Test
  void binOfEachPriceIsTheFirstWhoseBoundHoldsIt() {
    double logGamma = Math.log(1.01 / 0.99);
    long seed = 31;
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      long cents = (long) Math.exp(random.nextDouble() * Math.log(1e10));
      double exact = Math.log((double) cents) / logGamma;
      if (Math.abs(exact - Math.rint(exact)) > 1e-6) {
        assertThat(
            "seed " + seed + ", " + cents, PriceHistogram.bin(cents), is((int) Math.ceil(exact)));
      }
    }
  }

  @Test
  void valueIsAtMostOnePercentFromEveryPriceOfItsBin() {
    long seed = 32;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long cents = 1 + (long) Math.exp(random.nextDouble() * Math.log(1e10));
      long value = PriceHistogram.value(PriceHistogram.bin(cents));
      // Half a cent is the rounding of the value.
      assertThat(
          "seed " + seed + ", " + cents,
          Math.abs(value - cents) - 0.5,
          is(lessThanOrEqualTo(cents * 0.01 + 1e-6)));
    }
  }

  @Test
  void binsAscend() {
    int before = -1;
    for (long cents = 1; cents < 100_000; cents++) {
      int bin = PriceHistogram.bin(cents);
      assertThat(bin >= before, is(true));
      before = bin;
    }
    for (int bin = 1; bin < PriceHistogram.bins(); bin++) {
      assertThat(PriceHistogram.value(bin) >= PriceHistogram.value(bin - 1), is(true));
    }
    assertThat(PriceHistogram.bin(10_000_000_000L), is(greaterThan(before)));
    // ln(10^11)/ln(gamma) = 1266.4
    assertThat(PriceHistogram.bins(), is(1267));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50, 0",
    "2, 50, 0",
    "3, 50, 1",
    "4, 50, 1",
    "5, 50, 2",
    "1, 10, 0",
    "10, 10, 0",
    "11, 10, 1",
    "1, 90, 0",
    "10, 90, 8",
    "11, 90, 9",
    "2000000000, 90, 1799999999",
    "7, 100, 6"
  })
  void rankIsTheNearest(int n, int percent, int rank) {
    assertThat(PriceHistogram.rank(n, percent), is(rank));
  }
}
