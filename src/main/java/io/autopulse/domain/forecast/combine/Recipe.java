package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import io.autopulse.domain.forecast.simple.YearOverYear;
import io.autopulse.domain.forecast.smoothing.Ets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is combined into a forecast.
 *
 * @param methods the methods that see one series each
 * @param globalMethods the methods that see the panel
 * @param windows how many windows the backtest has where the history allows it, at least 3
 */
public record Recipe(List<Method> methods, List<GlobalMethod> globalMethods, int windows) {
  /** Checks that there is something to combine, and the number of windows. */
  public Recipe {
    if (windows < 3) {
      throw new IllegalArgumentException("a backtest has at least 3 windows, not " + windows);
    }
    if (methods.isEmpty() && globalMethods.isEmpty()) {
      throw new IllegalArgumentException("a recipe has at least one method");
    }
    methods = List.copyOf(methods);
    globalMethods = List.copyOf(globalMethods);
  }

  /** Returns the recipe of a weekly or monthly panel when nothing else is asked for. */
  public static Recipe standard() {
    return new Recipe(
        List.of(new SeasonalNaive(), new YearOverYear(), Ets.automatic()),
        List.of(new PooledSeason(Ets.automatic(), 0.5), new PooledSeason(Ets.holtDamped(), 0.5)),
        8);
  }

  /** Returns the names of all methods, in the order of their forecasts. */
  public List<String> names() {
    return Stream.concat(
            methods.stream().map(Method::name), globalMethods.stream().map(GlobalMethod::name))
        .toList();
  }

  /**
   * Returns the recipe with another number of windows.
   *
   * @param others the most windows of a backtest, at least 3
   */
  public Recipe withWindows(int others) {
    return new Recipe(methods, globalMethods, others);
  }

  /** Returns how many methods there are. */
  int size() {
    return methods.size() + globalMethods.size();
  }
}
