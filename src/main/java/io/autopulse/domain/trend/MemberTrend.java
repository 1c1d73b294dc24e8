package io.autopulse.domain.trend;

import java.math.BigDecimal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The trend features of one member in every week: from the first week of which a sale is on record,
 * to the last closed one. A week's features use only what was known by its end.
 *
 * @param dimension the dimension's name
 * @param member the member
 * @param region the region whose fuel prices count; null for those of all regions
 * @param topic the topic whose attention counts; null for none
 */
public record MemberTrend(
    String dimension, String member, @Nullable String region, @Nullable String topic) {
  /**
   * Computes.
   *
   * @param vintages the member's sales
   * @param total the units that shares are taken of
   * @param market fuel prices and attention
   * @param from the first week asked for
   * @param lastClosed the last week asked for
   * @param out takes the features, week by week
   */
  public void compute(
      Vintages vintages,
      TotalUnits total,
      MarketHistory market,
      int from,
      int lastClosed,
      Consumer<TrendFeatures> out) {
    KnownWeeks weeks = new KnownWeeks(vintages, lastClosed);
    while (weeks.advance()) {
      if (weeks.week() >= from) {
        int firstKnown = weeks.firstKnown();
        if (firstKnown != KnownWeeks.NONE) {
          out.accept(features(weeks, firstKnown, total, market));
        }
      }
    }
  }

  private TrendFeatures features(
      KnownWeeks weeks, int firstKnown, TotalUnits total, MarketHistory market) {
    int week = weeks.week();
    long units = weeks.units(week, week);
    Long lag1 = lag(weeks, firstKnown, 1);
    Long lag52 = lag(weeks, firstKnown, TrendFormulas.LONGEST_LAG);
    MarketHistory.Fuel fuel = market.fuel(region, week);
    BigDecimal attention = topic == null ? null : market.attention(topic, week, week);
    BigDecimal attentionBefore = topic == null ? null : market.attention(topic, week - 1, week);
    return new TrendFeatures(
        TrendWeek.start(week),
        dimension,
        member,
        units,
        lag1,
        lag(weeks, firstKnown, 2),
        lag(weeks, firstKnown, TrendFormulas.SHORT),
        lag(weeks, firstKnown, TrendFormulas.LONG),
        lag52,
        average(weeks, firstKnown, TrendFormulas.SHORT),
        average(weeks, firstKnown, TrendFormulas.LONG),
        change(units, lag1),
        change(units, lag52),
        shareChange(weeks, total),
        TrendFormulas.rounded(priceIndex(weeks, firstKnown), TrendFormulas.RATIO_DECIMALS),
        fuel.price(),
        fuel.change4(),
        TrendFormulas.rounded(attention, TrendFormulas.RATIO_DECIMALS),
        TrendFormulas.rounded(
            TrendFormulas.relativeChange(attention, attentionBefore),
            TrendFormulas.RATIO_DECIMALS));
  }

  private static @Nullable Long lag(KnownWeeks weeks, int firstKnown, int back) {
    int week = weeks.week() - back;
    return week < firstKnown ? null : weeks.units(week, week);
  }

  private static @Nullable BigDecimal average(KnownWeeks weeks, int firstKnown, int length) {
    int from = weeks.week() - length + 1;
    return from < firstKnown ? null : TrendFormulas.ratio(weeks.units(from, weeks.week()), length);
  }

  private static @Nullable BigDecimal change(long units, @Nullable Long before) {
    return before == null || before <= 0 ? null : TrendFormulas.ratio(units - before, before);
  }

  private static @Nullable BigDecimal shareChange(KnownWeeks weeks, TotalUnits total) {
    int week = weeks.week();
    return total.known(week)
        ? TrendFormulas.shareChange(
            weeks.units(week - TrendFormulas.SHORT + 1, week),
            total.recent(week),
            weeks.units(week - 2 * TrendFormulas.SHORT + 1, week - TrendFormulas.SHORT),
            total.before(week))
        : null;
  }

  private static @Nullable BigDecimal priceIndex(KnownWeeks weeks, int firstKnown) {
    return weeks.week() - TrendFormulas.LONG < firstKnown
        ? null
        : TrendFormulas.priceIndex(weeks.pricedAgainst(TrendFormulas.LONG));
  }
}
