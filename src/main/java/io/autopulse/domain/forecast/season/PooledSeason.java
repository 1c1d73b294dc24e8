package io.autopulse.domain.forecast.season;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.GlobalMethod;
import io.autopulse.domain.forecast.Method;
import io.autopulse.domain.forecast.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Forecasts series without their season by another method, where series of one step and season
 * share what they know of it: half of a series' seasonal indices are its own, half those of all
 * (Bunn, Vassilopoulos, <i>Comparison of seasonal estimation methods in multi-item short-term
 * forecasting</i>, International Journal of Forecasting 15, 1999). The panel should hold siblings:
 * the makes of one country, the models of one make.
 *
 * <p>Indices are sums of sales by sums of levels (centred moving averages) by phase, so zeros do no
 * harm and those of all are those of the total. Of a phase that a series has seen once a quarter is
 * its own; of one never seen, nothing. A series that differs from all by more than chance keeps
 * more of its own.
 *
 * <p>A series whose numbers exceed what a double holds is forecast by the other method as it is.
 */
public final class PooledSeason implements GlobalMethod {
  private static final double HALF = .5;

  private final Method method;
  private final double own;

  /**
   * Shares half of what is known.
   *
   * @param method forecasts the adjusted series; it gets a season of 1
   */
  public PooledSeason(Method method) {
    this(method, HALF);
  }

  /**
   * Makes the method.
   *
   * @param method forecasts the adjusted series; it gets a season of 1
   * @param own the least part of a series' own indices, from 0 for none to 1 for no sharing
   */
  public PooledSeason(Method method, double own) {
    if (!(own >= 0 && own <= 1)) {
      throw new IllegalArgumentException("a part lies between 0 and 1, not " + own);
    }
    this.method = method;
    this.own = own;
  }

  @Override
  public String name() {
    return "pooled_" + method.name();
  }

  @Override
  public double[][] forecast(List<Series> panel, int horizon) {
    List<SeasonIndices> indices = indices(panel, own);
    double[][] means = new double[panel.size()][];
    IntStream.range(0, means.length)
        .parallel()
        .forEach(i -> means[i] = forecast(panel.get(i), indices.get(i), horizon));
    return means;
  }

  private double[] forecast(Series series, SeasonIndices indices, int horizon) {
    double[] adjusted = indices.adjust(series.values());
    double[] mean =
        allFinite(adjusted)
            ? indices.season(method.forecast(adjusted, 1, horizon), series.length())
            : adjusted;
    return allFinite(mean) ? mean : method.forecast(series.values(), 1, horizon);
  }

  /**
   * Returns the indices of each series of a panel, in their order.
   *
   * @param panel the series; those of one step and season share
   * @param own the least part of a series' own indices, from 0 to 1
   */
  public static List<SeasonIndices> indices(List<Series> panel, double own) {
    List<OwnSeason> owns = panel.parallelStream().map(OwnSeason::new).toList();
    Map<Group, List<OwnSeason>> siblings = new LinkedHashMap<>();
    IntStream.range(0, panel.size())
        .boxed()
        .sorted(Comparator.comparing(i -> panel.get(i).key())) // sums depend on the order
        .forEach(
            i ->
                siblings
                    .computeIfAbsent(Group.of(panel.get(i)), group -> new ArrayList<>())
                    .add(owns.get(i)));
    Map<Group, double[]> pools = new LinkedHashMap<>();
    siblings.forEach((group, all) -> pools.put(group, OwnSeason.pool(all, group.season())));
    List<SeasonIndices> indices = new ArrayList<>();
    for (int i = 0; i < panel.size(); i++) {
      double[] pool = Objects.requireNonNull(pools.get(Group.of(panel.get(i))));
      indices.add(owns.get(i).shared(pool, own));
    }
    return indices;
  }

  private static boolean allFinite(double[] values) {
    return Arrays.stream(values).allMatch(Double::isFinite);
  }

  private record Group(Step step, int season) {
    static Group of(Series series) {
      return new Group(series.step(), series.season());
    }
  }
}
