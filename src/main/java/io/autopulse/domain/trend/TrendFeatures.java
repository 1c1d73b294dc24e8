package io.autopulse.domain.trend;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trend features of a member in a week, all as known at the end of that week. A unit feature is
 * null if it looks at a week before the member's first known one; within its history a week without
 * sales has zero units. Market figures that are not known are null.
 *
 * @param weekStart the week's Monday
 * @param dimension the dimension's name
 * @param member the member
 * @param units units sold in the week
 * @param unitsLag1 units sold one week before
 * @param unitsLag2 units sold two weeks before
 * @param unitsLag4 units sold four weeks before
 * @param unitsLag13 units sold thirteen weeks before
 * @param unitsLag52 units sold 52 weeks before
 * @param unitsAverage4 mean units of the week and the three before
 * @param unitsAverage13 mean units of the week and the twelve before
 * @param weekOverWeek units / units one week before - 1; null also without units then
 * @param yearOverYear units / units 52 weeks before - 1; null also without units then
 * @param shareChange the member's share of all units in the week and the three before, minus its
 *     share in the four weeks before those; null if all sales are known for less than eight weeks
 * @param priceIndex Fisher's index of prices against the thirteen weeks before, 100 for equal
 *     prices
 * @param fuelPrice mean price of a litre of fuel in the week, in the member's region if it has one
 * @param fuelPriceChange4 fuelPrice / fuelPrice four weeks before - 1
 * @param attention views and mentions of the make or model on a day of the week, in the mean
 * @param attentionChange attention / attention one week before - 1
 */
public record TrendFeatures(
    LocalDate weekStart,
    String dimension,
    String member,
    long units,
    @Nullable Long unitsLag1,
    @Nullable Long unitsLag2,
    @Nullable Long unitsLag4,
    @Nullable Long unitsLag13,
    @Nullable Long unitsLag52,
    @Nullable BigDecimal unitsAverage4,
    @Nullable BigDecimal unitsAverage13,
    @Nullable BigDecimal weekOverWeek,
    @Nullable BigDecimal yearOverYear,
    @Nullable BigDecimal shareChange,
    @Nullable BigDecimal priceIndex,
    @Nullable BigDecimal fuelPrice,
    @Nullable BigDecimal fuelPriceChange4,
    @Nullable BigDecimal attention,
    @Nullable BigDecimal attentionChange) {
  private static final int TEXTS = 19;

  /** Checks that the week begins on its Monday and that units are not negative. */
  public TrendFeatures {
    if (!TrendWeek.start(TrendWeek.of(weekStart)).equals(weekStart)) {
      throw new IllegalArgumentException(weekStart + " is no Monday");
    }
    if (units < 0) {
      throw new IllegalArgumentException("units below zero: " + units);
    }
  }

  /** Returns the texts of the components, in their order: that of the columns of the table. */
  public List<@Nullable String> texts() {
    return Arrays.<@Nullable String>asList(
        weekStart.toString(),
        dimension,
        member,
        String.valueOf(units),
        text(unitsLag1),
        text(unitsLag2),
        text(unitsLag4),
        text(unitsLag13),
        text(unitsLag52),
        text(unitsAverage4),
        text(unitsAverage13),
        text(weekOverWeek),
        text(yearOverYear),
        text(shareChange),
        text(priceIndex),
        text(fuelPrice),
        text(fuelPriceChange4),
        text(attention),
        text(attentionChange));
  }

  private static @Nullable String text(@Nullable Long value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String text(@Nullable BigDecimal value) {
    return value == null ? null : value.toPlainString();
  }

  /** Returns the features that {@link #texts} gave. */
  public static TrendFeatures of(List<? extends @Nullable String> texts) {
    if (texts.size() != TEXTS) {
      throw new IllegalArgumentException(texts.size() + " texts, not " + TEXTS);
    }
    return new TrendFeatures(
        LocalDate.parse(required(texts, 0)),
        required(texts, 1),
        required(texts, 2),
        Long.parseLong(required(texts, 3)),
        number(texts.get(4)),
        number(texts.get(5)),
        number(texts.get(6)),
        number(texts.get(7)),
        number(texts.get(8)),
        decimal(texts.get(9)),
        decimal(texts.get(10)),
        decimal(texts.get(11)),
        decimal(texts.get(12)),
        decimal(texts.get(13)),
        decimal(texts.get(14)),
        decimal(texts.get(15)),
        decimal(texts.get(16)),
        decimal(texts.get(17)),
        decimal(texts.get(18)));
  }

  private static String required(List<? extends @Nullable String> texts, int column) {
    String text = texts.get(column);
    if (text == null) {
      throw new IllegalArgumentException("column " + column + " is missing");
    }
    return text;
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  private static @Nullable BigDecimal decimal(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
