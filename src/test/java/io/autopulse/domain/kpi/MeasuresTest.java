package io.autopulse.domain.kpi;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
  @ParameterizedTest
  @CsvSource({
    "100, 1, 100",
    "5, 2, 3",
    "7, 2, 4",
    "1, 2, 1",
    "1, 3, 0",
    "2, 3, 1",
    "10, 4, 3",
    "9, 4, 2",
    "11, 4, 3",
    "0, 5, 0",
    "9223372036854775807, 2, 4611686018427387904"
  })
  void averagePriceRoundsHalfUp(long revenue, long units, long average) {
    assertThat(Measures.averagePrice(revenue, units), is(average));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 500000",
    "1, 3, 333333",
    "2, 3, 666667",
    "1, 64, 15625",
    // 1/128 = 0.0078125: a tie at the seventh decimal.
    "1, 128, 7813",
    "3, 128, 23438",
    "5, 5, 1000000",
    "0, 5, 0",
    // Beyond 64 bits on the way.
    "3000000000000000, 9000000000000000, 333333",
    "6000000000000000, 9000000000000000, 666667",
    "1, 4611686018427387904, 0",
    "2305843009213693952, 4611686018427387904, 500000",
    "7, 2000001, 3",
    "7, 2000000, 4"
  })
  void shareIsInMillionths(long part, long whole, long share) {
    assertThat(Measures.share(part, whole), is(share));
  }

  @ParameterizedTest
  @CsvSource({
    "90, 100, 100000",
    "110, 100, -100000",
    "100, 100, 0",
    // -1/128: half up is away from zero.
    "129, 128, -7813",
    "127, 128, 7813",
    "9223372036854775807, 3, -3074457345618258601666667",
  })
  void discountIsAgainstTheListPrice(long net, long list, String discount) {
    if (discount.length() > 19) {
      org.junit.jupiter.api.Assertions.assertThrows(
          ArithmeticException.class, () -> Measures.averageDiscount(net, list));
    } else {
      assertThat(Measures.averageDiscount(net, list), is(Long.parseLong(discount)));
    }
  }

  @Test
  void largeNegativePartRoundsAwayFromZero() {
    assertThat(
        Measures.averageDiscount(13_500_000_000_000_000L, 9_000_000_000_000_000L), is(-500_000L));
    // -1.5 millionths exactly.
    assertThat(Measures.averageDiscount(9_000_013_500_000_000L, 9_000_000_000_000_000L), is(-2L));
  }

  @Test
  void nothingDividedByNothingIsAbsent() {
    assertThat(Measures.averagePrice(0, 0), is(Measures.ABSENT));
    assertThat(Measures.averageDiscount(0, 0), is(Measures.ABSENT));
    assertThat(Measures.share(0, 0), is(Measures.ABSENT));
  }
}
