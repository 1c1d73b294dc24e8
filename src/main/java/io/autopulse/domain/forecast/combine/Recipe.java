package io.autopulse.domain.forecast.combine;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.intermittent.CrostonSba;
import io.autopulse.domain.forecast.intermittent.Tsb;
import io.autopulse.domain.forecast.season.PooledSeason;
import io.autopulse.domain.forecast.season.StlWith;
import io.autopulse.domain.forecast.season.StrongSeason;
import io.autopulse.domain.forecast.simple.Drift;
import io.autopulse.domain.forecast.simple.SeasonalNaive;
import io.autopulse.domain.forecast.simple.YearOverYear;
import io.autopulse.domain.forecast.smoothing.ComplexSmoothing;
import io.autopulse.domain.forecast.smoothing.Ets;
import io.autopulse.domain.forecast.smoothing.SimpleSmoothing;
import io.autopulse.domain.forecast.smoothing.Theta;
import io.autopulse.domain.forecast.smoothing.ThetaForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is combined into a forecast.
 *
 * @param methods the methods that see one series each
 * @param globalMethods the methods that see the panel
 * @param windows how many windows the backtest has where the history allows it, at least 3
 * @param sellingDays the selling days of the panel's country, whose effect is taken out before the
 *     methods see a series and put into their forecasts; empty for none
 */
public record Recipe(
    List<Method> methods,
    List<GlobalMethod> globalMethods,
    int windows,
    Optional<SellingDays> sellingDays) {
  /** The most growth that is carried into the next season, as by default. */
  private static final double MOST_GROWTH = 1.2;

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
    Theta theta = Theta.of(ThetaForm.DYNAMIC_OPTIMISED, new StrongSeason());
    PooledSeason pooledSmoothing = new PooledSeason(new SimpleSmoothing());
    PooledSeason pooledTheta = new PooledSeason(theta);
    return new Recipe(
        List.of(
            new SeasonalNaive(),
            new YearOverYear(),
            new YearOverYear(6, MOST_GROWTH),
            new YearOverYear(12, MOST_GROWTH),
            Ets.ofLast(260),
            new ComplexSmoothing(),
            theta,
            StlWith.logs(Ets.ofLast(260)),
            StlWith.plain(Ets.automatic()).last(260),
            new Clipped(theta),
            new Clipped(StlWith.plain(Ets.automatic()).last(260)),
            OnlyFor.intermittent(new CrostonSba()),
            OnlyFor.intermittent(new Tsb()),
            OnlyFor.shortHistories(new Drift())),
        List.of(
            pooledSmoothing,
            pooledTheta,
            new PooledSeason(Ets.ofLast(260)),
            new RecentSeasons(pooledSmoothing, 3),
            new RecentSeasons(pooledSmoothing, 4),
            new RecentSeasons(pooledTheta, 4)),
        8,
        Optional.empty());
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
    return new Recipe(methods, globalMethods, others, sellingDays);
  }

  /**
   * Returns the recipe with the selling days of a country.
   *
   * @param days its selling days
   */
  public Recipe withSellingDays(SellingDays days) {
    return new Recipe(methods, globalMethods, windows, Optional.of(days));
  }

  /** Returns how many methods there are. */
  int size() {
    return methods.size() + globalMethods.size();
  }
}
