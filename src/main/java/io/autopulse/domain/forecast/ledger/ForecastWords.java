package io.autopulse.domain.forecast.ledger;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.explain.Explanation;
import io.autopulse.domain.forecast.explain.MethodPath;
import io.autopulse.domain.forecast.explain.Part;
import io.autopulse.domain.forecast.explain.Sentence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says what a published forecast is made of: what selling days made of the forecast of the member
 * alone, a straight line through the rest, what that rest adds to the line by the time of the year,
 * what changed so that all forecasts add up, and the bias that was taken out. No method of the
 * recipe tells what a regressor adds, so that features are 0.
 */
final class ForecastWords {
  /** The parts, in the order of their columns. */
  static final List<Part> PARTS =
      List.of(
          Part.LEVEL,
          Part.TREND,
          Part.SEASON,
          Part.RECONCILIATION,
          Part.CALENDAR,
          Part.FEATURES,
          Part.BIAS);

  private static final double MILLIONTH = 0.000001;

  private ForecastWords() {}

  /**
   * Returns the words of each period.
   *
   * @param series the member's history
   * @param alone what was forecast for it before the forecasts were made to add up
   * @param coherent what adds up with the others while the bias is in it
   * @param published what is published
   * @param sellingDays the selling days, if any are known
   */
  static List<LedgerRow.Words> of(
      Series series,
      MemberForecast alone,
      MemberForecast coherent,
      MemberForecast published,
      Optional<SellingDays> sellingDays) {
    double[] calendar = alone.calendar();
    double[] path = alone.mean().clone();
    for (int h = 0; h < path.length; h++) {
      path[h] /= calendar[h];
    }
    Explanation explanation =
        Explanation.of(
            List.of(MethodPath.plain(1, path)), calendar, coherent.mean(), published.mean());
    boolean daysMatter = Arrays.stream(calendar).anyMatch(factor -> factor != 1);
    String sentence =
        Sentence.of(
            series.key(),
            series.step(),
            explanation,
            lastYear(series, path.length),
            sellingDays
                .filter(days -> daysMatter)
                .map(days -> moreDays(days, series, path.length))
                .orElse(Double.NaN));
    List<LedgerRow.Words> words = new ArrayList<>();
    for (int h = 0; h < path.length; h++) {
      double[] rounded = explanation.rounded(h, MILLIONTH);
      List<BigDecimal> parts =
          PARTS.stream().map(part -> LedgerRow.decimal(rounded[part.ordinal()])).toList();
      words.add(new LedgerRow.Words(parts, sentence));
    }
    return words;
  }

  /** Returns how many selling days more the next periods have than those of the last season. */
  private static double moreDays(SellingDays days, Series series, int horizon) {
    int first = series.length();
    return Arrays.stream(days.of(series.day(first), series.step(), horizon)).sum()
        - Arrays.stream(days.of(series.day(first - series.season()), series.step(), horizon)).sum();
  }

  /** Returns the units of the same periods of the last year; NaN if not all are known. */
  private static double lastYear(Series series, int horizon) {
    int first = series.length() - series.season();
    if (first < 0 || horizon > series.season() || series.season() == 1) {
      return Double.NaN;
    }
    double units = 0;
    for (int h = 0; h < horizon; h++) {
      units += series.values()[first + h];
    }
    return units;
  }
}
