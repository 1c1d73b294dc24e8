package io.autopulse.domain.trend;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemberTrendTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);
  private static final int W0 = TrendWeek.of(MONDAY);
  private static final MarketHistory NO_MARKET = new MarketHistory(List.of(), List.of());

  /** Adds units of one price, known in their own week. */
  private static void sell(Vintages vintages, int week, long units, long price) {
    vintages.add("A", W0 + week, W0 + week, units, units, units * price);
  }

  private static List<TrendFeatures> compute(Vintages member, Vintages all, int from, int last) {
    List<TrendFeatures> rows = new ArrayList<>();
    new MemberTrend("make", "RENAULT", null, "RENAULT")
        .compute(
            member, new TotalUnits(all, W0 + last), NO_MARKET, W0 + from, W0 + last, rows::add);
    return rows;
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @Test
  void unitsBeforeTheFirstKnownWeekAreNullAndMissingWeeksAreZero() {
    Vintages sales = new Vintages();
    sell(sales, 0, 4, 100);
    sell(sales, 2, 6, 100);
    List<TrendFeatures> rows = compute(sales, sales, 0, 3);
    assertThat(rows.stream().map(TrendFeatures::units).toList(), is(List.of(4L, 0L, 6L, 0L)));
    assertThat(
        rows.stream().map(TrendFeatures::unitsLag1).toList(), is(Arrays.asList(null, 4L, 0L, 6L)));
    assertThat(
        rows.stream().map(TrendFeatures::unitsLag2).toList(),
        is(Arrays.asList(null, null, 4L, 0L)));
    assertThat(
        "6 on nothing has no ratio",
        rows.stream().map(TrendFeatures::weekOverWeek).toList(),
        is(Arrays.asList(null, number("-1.000000"), null, number("-1.000000"))));
    assertThat(
        "a mean of four whole weeks",
        rows.stream().map(TrendFeatures::unitsAverage4).toList(),
        is(Arrays.asList(null, null, null, number("2.500000"))));
    assertThat(rows.get(3).weekStart(), is(LocalDate.of(2024, 1, 22)));
  }

  @Test
  void lagsReachBackToTheSameWeekOfTheYearBefore() {
    Vintages sales = new Vintages();
    for (int week = 0; week <= 52; week++) {
      sell(sales, week, week + 10, 100);
    }
    TrendFeatures last = compute(sales, sales, 52, 52).get(0);
    assertThat(last.units(), is(62L));
    assertThat(last.unitsLag4(), is(58L));
    assertThat(last.unitsLag13(), is(49L));
    assertThat(last.unitsLag52(), is(10L));
    assertThat(last.yearOverYear(), is(number("5.200000")));
    assertThat(last.unitsAverage4(), is(number("60.500000")));
    assertThat(last.unitsAverage13(), is(number("56.000000")));
    assertThat(last.priceIndex(), is(number("100.000000")));
    assertThat("the whole has the whole share", last.shareChange(), is(number("0.000000")));
  }

  @Test
  void priceIndexComparesWithTheQuarterBefore() {
    Vintages sales = new Vintages();
    for (int week = 0; week < 13; week++) {
      sell(sales, week, 1, 200_00);
    }
    sell(sales, 13, 2, 230_00);
    List<TrendFeatures> rows = compute(sales, sales, 12, 13);
    assertThat("twelve weeks are no quarter", rows.get(0).priceIndex(), is(nullValue()));
    assertThat(rows.get(1).priceIndex(), is(number("115.000000")));
  }

  @Test
  void shareIsTakenOverFourWeeksAgainstTheFourBefore() {
    Vintages member = new Vintages();
    Vintages all = new Vintages();
    for (int week = 0; week < 8; week++) {
      sell(all, week, 10, 100);
    }
    // Launched in the fifth week: its share before is zero, which is known.
    for (int week = 4; week < 8; week++) {
      sell(member, week, 3, 100);
    }
    List<TrendFeatures> rows = compute(member, all, 0, 7);
    assertThat("no row before its first sale", rows.size(), is(4));
    assertThat("seven weeks of the business", rows.get(2).shareChange(), is(nullValue()));
    assertThat(rows.get(3).shareChange(), is(number("0.300000")));
  }

  @Test
  void whatBecomesKnownLaterLeavesEarlierWeeksAsTheyWere() {
    Vintages sales = new Vintages();
    for (int week = 0; week < 10; week++) {
      sell(sales, week, 5, 100);
    }
    List<TrendFeatures> before = compute(sales, sales, 0, 9);
    // A sale of the third week that was told in the eighth, and one that was cancelled then.
    sales.add("A", W0 + 2, W0 + 7, 1, 1, 100);
    sales.add("A", W0 + 5, W0 + 7, 0, -1, -100);
    List<TrendFeatures> after = compute(sales, sales, 0, 9);
    assertThat(after.subList(0, 7), is(before.subList(0, 7)));
    assertThat("lag 2 of the eighth week is the sixth", after.get(7).unitsLag2(), is(4L));
    assertThat(before.get(7).unitsLag2(), is(5L));
    assertThat(
        "5 + 4 + 5 + 5 over four weeks", after.get(7).unitsAverage4(), is(number("4.750000")));
  }

  @Test
  void memberWhoseOnlySaleMovedAwayHasNoRowsFromThen() {
    Vintages sales = new Vintages();
    sell(sales, 0, 1, 100);
    sales.add("A", W0, W0 + 2, -1, -1, -100);
    assertThat(compute(sales, sales, 0, 4).size(), is(2));
  }

  @Test
  void cancelledSaleIsOnRecordWithoutUnits() {
    Vintages sales = new Vintages();
    sales.add("A", W0, W0, 1, 0, 0);
    List<TrendFeatures> rows = compute(sales, sales, 0, 1);
    assertThat(rows.stream().map(TrendFeatures::units).toList(), is(List.of(0L, 0L)));
    assertThat(rows.get(1).unitsLag1(), is(0L));
  }

  @Test
  void forgettingWhatNoOpenWeekLooksAtChangesNothing() {
    long seed = 20_240_501;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Vintages sales = new Vintages();
      for (int i = 0; i < 60; i++) {
        int week = random.nextInt(90);
        int known = week + random.nextInt(6);
        long units = 1L + random.nextInt(3);
        sales.add("AB".substring(i % 2, i % 2 + 1), W0 + week, W0 + known, units, units, 90L + i);
      }
      int open = 60 + random.nextInt(20);
      List<TrendFeatures> whole = compute(sales, sales, open, 90);
      Vintages kept = Vintages.decode(sales.from(W0 + open).encode());
      assertThat("seed " + seed + ", round " + round, compute(kept, kept, open, 90), is(whole));
    }
  }

  @Test
  void changesThatCancelOutAreNothing() {
    Vintages sales = new Vintages();
    sell(sales, 3, 2, 100);
    assertThat(sales.firstWeekTouched(), is(W0 + 3));
    sell(sales, 3, -2, 100);
    assertThat(sales.isEmpty(), is(true));
    assertThat(sales.encode().length, is(0));
    assertThat(compute(sales, sales, 0, 5), is(List.of()));
  }

  @Test
  void featuresRefuseWhatNoWeekCanHave() {
    List<String> texts =
        new ArrayList<>(
            Arrays.asList("2024-01-02", "make", "RENAULT", "1", null, null, null, null));
    while (texts.size() < 19) {
      texts.add(null);
    }
    assertThrows(IllegalArgumentException.class, () -> TrendFeatures.of(texts));
    texts.set(0, "2024-01-01");
    assertThat(TrendFeatures.of(texts).texts(), is(texts));
    texts.set(3, "-1");
    assertThrows(IllegalArgumentException.class, () -> TrendFeatures.of(texts));
  }
}
