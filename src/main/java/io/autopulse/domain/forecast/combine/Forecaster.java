package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import io.autopulse.domain.forecast.interval.Bounds;
import io.autopulse.domain.forecast.interval.Intervals;
import io.autopulse.domain.forecast.interval.Past;
import io.autopulse.domain.forecast.simple.Naive;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Forecasts a panel of series by a recipe. Threads may share it. */
public final class Forecaster {
  private static final Naive NAIVE = new Naive();
  private static final SeasonalNaive SEASONAL_NAIVE = new SeasonalNaive();

  private final Recipe recipe;
  private final FitProgress progress;

  /**
   * Makes a forecaster.
   *
   * @param recipe what is combined
   */
  public Forecaster(Recipe recipe) {
    this(recipe, FitProgress.NONE);
  }

  /**
   * Makes a forecaster.
   *
   * @param recipe what is combined
   * @param progress told how far it is
   */
  public Forecaster(Recipe recipe, FitProgress progress) {
    this.recipe = recipe;
    this.progress = progress;
  }

  /** Returns what is combined. */
  public Recipe recipe() {
    return recipe;
  }

  /**
   * Forecasts the periods that follow each series. The result depends on the panel alone, whatever
   * the number of threads.
   *
   * @param panel the series, with distinct keys, of one step and season; each ends where it ends
   * @param horizon how many periods are forecast, at least 1
   * @return the forecast of each series, in their order
   */
  public List<MemberForecast> forecast(List<Series> panel, int horizon) {
    return forecast(new Candidates(recipe, panel, horizon, progress), 0);
  }

  /**
   * Forecasts a panel as it would have been forecast some time ago, several times. What a forecast
   * sees ends at its origin.
   *
   * @param panel the series as they are today
   * @param horizon how many periods are forecast
   * @param shifts how many of the last periods each forecast does not see, in any order
   * @param taker gets each shift with the forecasts of all series, the largest shift first; a
   *     series without history then has a forecast of zeros
   */
  public void roll(
      List<Series> panel,
      int horizon,
      List<Integer> shifts,
      BiConsumer<Integer, List<MemberForecast>> taker) {
    Candidates candidates = new Candidates(recipe, panel, horizon, progress);
    shifts.stream()
        .sorted((a, b) -> Integer.compare(b, a))
        .forEach(shift -> taker.accept(shift, forecast(candidates, shift)));
  }

  List<MemberForecast> forecast(Candidates candidates, int base) {
    List<Series> panel = candidates.panel();
    int horizon = candidates.horizon();
    if (panel.isEmpty()) {
      return List.of();
    }
    int[] lengths = Windows.lengths(panel, base);
    Windows layout = Windows.of(lengths, panel.get(0).season(), horizon, recipe.windows());
    progress.expected((long) panel.size() * (layout.count() + 1));
    List<Backtest> backtests = new ArrayList<>();
    for (int i = 0; i < panel.size(); i++) {
      backtests.add(new Backtest(candidates, i, base, layout));
    }
    Combination combination = new Combination(backtests, recipe.size(), layout.count());
    List<Choice> choices =
        backtests.stream().map(b -> Choice.of(Trial.of(b, combination))).toList();
    List<Past> pasts = choices.stream().map(choice -> choice.past(layout, horizon)).toList();
    Intervals intervals = Intervals.of(pasts, horizon);
    double[][][] now = candidates.at(base);
    List<MemberForecast> forecasts = new ArrayList<>();
    for (int i = 0; i < panel.size(); i++) {
      Series series = panel.get(i).first(lengths[i]);
      double[] naive = carried(NAIVE.forecast(series.values(), series.season(), horizon));
      double[] seasonal =
          carried(SEASONAL_NAIVE.forecast(series.values(), series.season(), horizon));
      Choice choice = choices.get(i);
      double[] mean =
          switch (choice.kind()) {
            case NAIVE -> naive;
            case SEASONAL_NAIVE -> seasonal;
            case COMBINATION ->
                Weights.mix(now[i], combination.weights(backtests.get(i), now[i]), horizon);
          };
      Bounds bounds = intervals.bounds(mean, pasts.get(i));
      MemberForecast forecast =
          new MemberForecast(
              series.key(),
              choice.kind().text(),
              choice.reason(),
              mean,
              bounds.lower80(),
              bounds.upper80(),
              bounds.lower95(),
              bounds.upper95(),
              naive,
              seasonal);
      // Simple methods carry values forward as they are, with the selling days that they had.
      forecasts.add(
          choice.kind() == Choice.Kind.COMBINATION
              ? forecast.withCalendar(candidates.calendar(base)[i])
              : forecast);
    }
    return forecasts;
  }

  private static double[] carried(double[] values) {
    for (int h = 0; h < values.length; h++) {
      values[h] = Math.max(0, values[h]);
    }
    return values;
  }
}
