package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Method;
import java.util.List;

/**
 * What is combined into a forecast.
 *
 * @param methods the methods that see one series each
 * @param globalMethods the methods that see the panel
 * @param windows how many windows the backtest has where the history allows it, at least 3
 */
public record Recipe(List<Method> methods, List<GlobalMethod> globalMethods, int windows) {
  /** Checks the number of windows. */
  public Recipe {
    if (windows < 3) {
      throw new IllegalArgumentException("a backtest has at least 3 windows, not " + windows);
    }
    methods = List.copyOf(methods);
    globalMethods = List.copyOf(globalMethods);
  }

  /** Returns the recipe of a weekly or monthly panel when nothing else is asked for. */
  public static Recipe standard() {
    return new Recipe(List.of(), List.of(), 8);
  }
}
