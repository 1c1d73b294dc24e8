package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code forecasts}: what one method says of a member in a period.
 *
 * @param dimension the dimension's name
 * @param member the member
 * @param period the first day of the period that is forecast
 * @param horizon how many periods ahead, from 1
 * @param method {@link #FORECAST}, {@link #NAIVE} or {@link #SEASONAL_NAIVE}
 * @param mean units, at least 0
 * @param bounds of {@link #FORECAST} lower 80 %, upper 80 %, lower 95 %, upper 95 %; of the others
 *     none
 * @param madeBy what gave the number of {@link #FORECAST}: {@code combination}, the simple method
 *     that was better for the member, or {@code launch_curve} of a young model
 * @param reason why it is not the combination, and what bias is taken out; null if it is the
 *     combination as it is
 * @param words what {@link #FORECAST} is made of; null of the others
 * @param bias of {@link #FORECAST}, what the last vintages lay above what was sold, as a share of
 *     it, where that is marked; null otherwise
 */
public record LedgerRow(
    String dimension,
    String member,
    LocalDate period,
    int horizon,
    String method,
    BigDecimal mean,
    List<BigDecimal> bounds,
    String madeBy,
    @Nullable String reason,
    @Nullable Words words,
    @Nullable BigDecimal bias) {
  /**
   * What a forecast is made of, in numbers and in words.
   *
   * @param parts level, trend, season, reconciliation, calendar, features and bias, units; they add
   *     up to the mean
   * @param sentence what is forecast for the member over the whole horizon, and why
   */
  public record Words(List<BigDecimal> parts, String sentence) {
    /** Copies the parts. */
    public Words {
      parts = List.copyOf(parts);
    }
  }

  /** The method whose numbers are published. */
  public static final String FORECAST = "forecast";

  /** The last value, carried forward: what a forecast must beat. */
  public static final String NAIVE = "naive";

  /** The last season, carried forward: what a forecast must beat. */
  public static final String SEASONAL_NAIVE = "seasonal_naive";

  /** Of an earlier forecast, what it was before forecasts were made to add up. */
  public static final String MODEL = "model";

  /** Of an earlier forecast, what it was before a bias was taken out. */
  public static final String RECONCILED = "reconciled";

  /** Decimals of a published number. */
  public static final int SCALE = 6;

  /** Where the parts are among {@link #texts}. */
  private static final int[] PART_COLUMNS = {13, 14, 15, 16, 18, 19, 20};

  /** Copies the bounds. */
  public LedgerRow {
    bounds = List.copyOf(bounds);
  }

  /**
   * Returns the rows of a member: one a method and period.
   *
   * @param series the member's history
   * @param forecast what is published
   * @param words of each period, what the forecast is made of
   * @param bias what its last vintages lay above what was sold, where that is marked
   */
  static List<LedgerRow> of(
      String dimension,
      Series series,
      MemberForecast forecast,
      List<Words> words,
      @Nullable BigDecimal bias) {
    List<LedgerRow> rows = new ArrayList<>();
    for (int h = 0; h < forecast.mean().length; h++) {
      LocalDate period = series.day(series.length() + h);
      rows.add(
          new LedgerRow(
              dimension,
              series.key(),
              period,
              h + 1,
              FORECAST,
              decimal(forecast.mean()[h]),
              List.of(
                  decimal(forecast.lower80()[h]),
                  decimal(forecast.upper80()[h]),
                  decimal(forecast.lower95()[h]),
                  decimal(forecast.upper95()[h])),
              forecast.method(),
              forecast.reason().isEmpty() ? null : forecast.reason(),
              words.get(h),
              bias));
      rows.add(baseline(dimension, series.key(), period, h, NAIVE, forecast.naive()));
      rows.add(
          baseline(dimension, series.key(), period, h, SEASONAL_NAIVE, forecast.seasonalNaive()));
    }
    return rows;
  }

  private static LedgerRow baseline(
      String dimension, String member, LocalDate period, int h, String method, double[] values) {
    return new LedgerRow(
        dimension,
        member,
        period,
        h + 1,
        method,
        decimal(values[h]),
        List.of(),
        method,
        null,
        null,
        null);
  }

  static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value).setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Returns the texts of the row, in the order of the columns that a run gives of the table. */
  public List<@Nullable String> texts() {
    return Arrays.<@Nullable String>asList(
        dimension,
        member,
        period.toString(),
        String.valueOf(horizon),
        method,
        mean.toPlainString(),
        bound(0),
        bound(1),
        bound(2),
        bound(3),
        String.valueOf(method.equals(FORECAST)),
        madeBy,
        reason,
        part(0),
        part(1),
        part(2),
        part(3),
        words == null ? null : words.sentence(),
        part(4),
        part(5),
        part(6),
        bias == null ? null : bias.toPlainString());
  }

  private @Nullable String part(int index) {
    return words == null ? null : words.parts().get(index).toPlainString();
  }

  private @Nullable String bound(int index) {
    return bounds.isEmpty() ? null : bounds.get(index).toPlainString();
  }

  /** Returns the row that {@link #texts} gave. */
  public static LedgerRow of(List<? extends @Nullable String> texts) {
    List<BigDecimal> bounds = new ArrayList<>();
    for (int i = 6; i < 10 && texts.get(6) != null; i++) {
      bounds.add(new BigDecimal(text(texts, i)));
    }
    return new LedgerRow(
        text(texts, 0),
        text(texts, 1),
        LocalDate.parse(text(texts, 2)),
        Integer.parseInt(text(texts, 3)),
        text(texts, 4),
        new BigDecimal(text(texts, 5)),
        bounds,
        text(texts, 11),
        texts.get(12),
        words(texts),
        texts.get(21) == null ? null : new BigDecimal(text(texts, 21)));
  }

  private static @Nullable Words words(List<? extends @Nullable String> texts) {
    if (texts.get(13) == null) {
      return null;
    }
    List<BigDecimal> parts = new ArrayList<>();
    for (int i : PART_COLUMNS) {
      parts.add(new BigDecimal(text(texts, i)));
    }
    return new Words(parts, text(texts, 17));
  }

  private static String text(List<? extends @Nullable String> texts, int column) {
    String text = texts.get(column);
    if (text == null) {
      throw new IllegalArgumentException("text " + column + " of a forecast is missing");
    }
    return text;
  }
}
