package io.autopulse.domain.trend;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.autopulse.domain.trend.TrendFormulas.PricedItem;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendFormulasTest {
  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  private static BigDecimal rounded(BigDecimal value) {
    return TrendFormulas.rounded(value, 6);
  }

  @Test
  void relativeChangeIsOfTheBase() {
    assertThat(
        rounded(TrendFormulas.relativeChange(number("12"), number("8"))), is(number("0.500000")));
    assertThat(
        rounded(TrendFormulas.relativeChange(number("0"), number("8"))), is(number("-1.000000")));
  }

  @Test
  void relativeChangeOfNothingIsNull() {
    assertThat(TrendFormulas.relativeChange(number("12"), number("0")), is(nullValue()));
    assertThat(TrendFormulas.relativeChange(number("12"), null), is(nullValue()));
    assertThat(TrendFormulas.relativeChange(null, number("8")), is(nullValue()));
  }

  @Test
  void shareChangeIsInPartsOfTheWhole() {
    // 30 of 120 is a quarter, 20 of 100 a fifth.
    assertThat(TrendFormulas.shareChange(30, 120, 20, 100), is(number("0.050000")));
    assertThat(TrendFormulas.shareChange(0, 120, 20, 100), is(number("-0.200000")));
    assertThat(TrendFormulas.shareChange(1, 1, 0, 0), is(nullValue()));
  }

  @Test
  void priceIndexIsFishers() {
    // A: 2 units at 110, once 1 at 100. B: 1 unit at 190, once 3 at 200.
    // Laspeyres (110 * 1 + 190 * 3) / (100 + 600) = 680 / 700, Paasche (220 + 190) / (200 + 200)
    // = 410 / 400; the root of their product is 0.99785...
    assertThat(
        rounded(
            TrendFormulas.priceIndex(
                List.of(
                    new PricedItem(2, 220_00, 1, 100_00), new PricedItem(1, 190_00, 3, 600_00)))),
        is(number("99.785484")));
  }

  @Test
  void priceIndexDoesNotSeeTheMix() {
    // Equal prices; the dear item sells nine times as much as before.
    assertThat(
        rounded(
            TrendFormulas.priceIndex(
                List.of(new PricedItem(1, 10_00, 9, 90_00), new PricedItem(9, 900_00, 1, 100_00)))),
        is(number("100.000000")));
  }

  @Test
  void priceIndexOfNothingIsNull() {
    assertThat(TrendFormulas.priceIndex(List.of()), is(nullValue()));
    assertThrows(IllegalArgumentException.class, () -> new PricedItem(0, 0, 1, 1));
  }

  @Test
  void roundingIsHalfUpAwayFromZeroAlsoAfterADivision() {
    assertThat(TrendFormulas.rounded(number("0.0078125"), 6), is(number("0.007813")));
    assertThat(TrendFormulas.rounded(number("-0.0078125"), 6), is(number("-0.007813")));
    // 1/3 + 1/6 = 1/2, of which 34 digits fall short.
    BigDecimal half = TrendFormulas.mean(number("1"), 3).add(TrendFormulas.mean(number("1"), 6));
    assertThat(TrendFormulas.rounded(half, 0), is(number("1")));
  }

  @Test
  void ratioOfWholeNumbersIsRoundedLikeAnyOther() {
    assertThat(TrendFormulas.ratio(2, 3), is(number("0.666667")));
    assertThat(TrendFormulas.ratio(1, 128), is(number("0.007813")));
    assertThat(TrendFormulas.ratio(-1, 128), is(number("-0.007813")));
    assertThat(TrendFormulas.ratio(Long.MAX_VALUE, 13), is(number("709490156681136600.538462")));
    for (long units = -40; units <= 40; units++) {
      for (long before = 1; before <= 130; before++) {
        assertThat(
            units + " / " + before,
            TrendFormulas.ratio(units, before),
            is(rounded(TrendFormulas.mean(BigDecimal.valueOf(units), before))));
      }
    }
  }
}
