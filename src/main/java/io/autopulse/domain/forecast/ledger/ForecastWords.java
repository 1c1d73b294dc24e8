package io.autopulse.domain.forecast.ledger;

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

/**
 * Says what a published forecast is made of: a straight line through what was forecast for the
 * member alone, what that forecast adds to the line by the time of the year, selling days included,
 * and what changed so that all forecasts add up.
 */
final class ForecastWords {
  private static final List<Part> PARTS =
      List.of(Part.LEVEL, Part.TREND, Part.SEASON, Part.RECONCILIATION);
  private static final double MILLIONTH = 0.000001;

  private ForecastWords() {}

  /**
   * Returns the words of each period.
   *
   * @param series the member's history
   * @param alone what was forecast for it before the forecasts were made to add up
   * @param published what is published
   */
  static List<LedgerRow.Words> of(Series series, MemberForecast alone, MemberForecast published) {
    double[] usual = new double[published.mean().length];
    Arrays.fill(usual, 1);
    Explanation explanation =
        Explanation.of(List.of(MethodPath.plain(1, alone.mean())), usual, published.mean());
    String sentence =
        Sentence.of(series.key(), series.step(), explanation, lastYear(series, usual.length));
    List<LedgerRow.Words> words = new ArrayList<>();
    for (int h = 0; h < usual.length; h++) {
      double[] rounded = explanation.rounded(h, MILLIONTH);
      List<BigDecimal> parts =
          PARTS.stream().map(part -> LedgerRow.decimal(rounded[part.ordinal()])).toList();
      words.add(new LedgerRow.Words(parts, sentence));
    }
    return words;
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
