package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What each method of a recipe forecasts from a panel, now and as it would have some periods ago.
 * Forecasts are made once for each cut of the panel.
 */
final class Candidates {
  private static final int LEAST_HISTORY = 2;
  private static final double[] NONE = {};

  private final Recipe recipe;
  private final List<Series> panel;
  private final int horizon;
  private final FitProgress progress;
  private final Map<Integer, Cut> cuts = new HashMap<>();

  /**
   * A panel without its last periods.
   *
   * @param forecasts by series, method and period
   * @param calendar by what they are multiplied for selling days, by series and period
   */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  private record Cut(double[][][] forecasts, double[][] calendar) {}

  Candidates(Recipe recipe, List<Series> panel, int horizon, FitProgress progress) {
    this.recipe = recipe;
    this.panel = List.copyOf(panel);
    this.horizon = horizon;
    this.progress = progress;
  }

  List<Series> panel() {
    return panel;
  }

  int horizon() {
    return horizon;
  }

  Recipe recipe() {
    return recipe;
  }

  /**
   * Returns the forecasts from the panel without its last periods.
   *
   * @param shift how many periods each series lacks
   * @return by series, method and period; a series that has no history left has no methods, and a
   *     method that does not suit a history has no periods
   */
  synchronized double[][][] at(int shift) {
    return cut(shift).forecasts();
  }

  /**
   * Returns by what the forecasts of {@link #at} were multiplied for the selling days of their
   * periods, by series and period; 1 without a calendar.
   */
  synchronized double[][] calendar(int shift) {
    return cut(shift).calendar();
  }

  private Cut cut(int shift) {
    return cuts.computeIfAbsent(shift, this::forecast);
  }

  private Cut forecast(int shift) {
    List<Integer> places = new ArrayList<>();
    List<Series> cut = new ArrayList<>();
    for (int i = 0; i < panel.size(); i++) {
      int length = panel.get(i).length() - shift;
      if (length >= LEAST_HISTORY || shift == 0) {
        places.add(i);
        cut.add(shift == 0 ? panel.get(i) : panel.get(i).first(length));
      }
    }
    progress.done(panel.size() - cut.size());
    Optional<TradingCalendar> calendar =
        recipe.sellingDays().map(days -> TradingCalendar.of(days, cut));
    List<Series> adjusted = calendar.map(c -> cut.stream().map(c::adjust).toList()).orElse(cut);
    double[][][] forecasts = new double[panel.size()][0][];
    double[][][] global = new double[recipe.globalMethods().size()][][];
    // Methods of the panel and series are tasks alike; each writes its own place.
    IntStream.range(0, global.length + cut.size())
        .parallel()
        .forEach(
            task -> {
              if (task < global.length) {
                global[task] = recipe.globalMethods().get(task).forecast(adjusted, horizon);
              } else {
                int place = task - global.length;
                forecasts[places.get(place)] = own(adjusted.get(place));
                progress.done(1);
              }
            });
    double[][] factors = new double[panel.size()][horizon];
    for (double[] ordinary : factors) {
      Arrays.fill(ordinary, 1);
    }
    int ownMethods = recipe.methods().size();
    for (int i = 0; i < places.size(); i++) {
      double[][] all = forecasts[places.get(i)];
      for (int m = 0; m < global.length; m++) {
        all[ownMethods + m] = global[m][i];
      }
      if (calendar.isPresent()) {
        factors[places.get(i)] = calendar.get().future(cut.get(i), horizon);
      }
      finish(all, factors[places.get(i)]);
    }
    return new Cut(forecasts, factors);
  }

  private double[][] own(Series series) {
    List<Method> methods = recipe.methods();
    boolean[] suits = new boolean[methods.size()];
    boolean anySuits = !recipe.globalMethods().isEmpty();
    for (int m = 0; m < suits.length; m++) {
      suits[m] = methods.get(m).suits(series.values(), series.season());
      anySuits |= suits[m];
    }
    double[][] own = new double[recipe.size()][];
    for (int m = 0; m < suits.length; m++) {
      own[m] =
          suits[m] || !anySuits
              ? methods.get(m).forecast(series.values(), series.season(), horizon)
              : NONE;
    }
    return own;
  }

  // Nothing sells less than never.
  private static void finish(double[][] forecasts, double[] factors) {
    for (double[] forecast : forecasts) {
      for (int h = 0; h < forecast.length; h++) {
        forecast[h] = Math.max(0, forecast[h] * factors[h]);
      }
    }
  }
}
