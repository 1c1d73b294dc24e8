package io.autopulse.domain.forecast.life;

import io.autopulse.domain.calendar.Step;
import io.autopulse.domain.forecast.MemberForecast;
import io.autopulse.domain.forecast.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of models that begin or end. A model younger than 26 weeks (6 months) is forecast by
 * the launches of its siblings and by its own history: the weight of the launches falls in equal
 * steps from 1 at the launch to 0. A model that has a last day is sold as usual until then, and
 * runs out after it. What it leaves goes to its successor while that is young: the successor is
 * raised towards it, by half of the weight of the launches.
 *
 * <p>Siblings are all models that have been sold and whose launch lies in the history, nearer ones
 * by segment, powertrain and price with more weight. A model without a launch date, or whose first
 * sale comes 26 weeks (6 months) after it or later, is launched with its first sale, unless that
 * lies in the first period of the whole panel. Periods without a sale count as 0.
 */
public final class LifeCycles {
  /** How fast the weight of a sibling falls with its distance. */
  private static final double NEARNESS = 2;

  private final Step step;
  private final LocalDate end;
  private final Pace pace;
  private final Map<String, Model> models = new TreeMap<>();
  private final Map<String, double[]> sinceLaunch = new TreeMap<>();
  private final Map<String, Integer> launches = new TreeMap<>();
  private final Map<String, Series> history = new TreeMap<>();
  private final RunOut runOut;

  /**
   * Learns the launches and ends.
   *
   * @param step the length of a period
   * @param firstForecast the first day of the first period that is forecast
   * @param models what is known of them, with distinct keys
   * @param panel the series of the models that have been sold, each until the first forecast
   */
  public LifeCycles(
      Step step, LocalDate firstForecast, Collection<Model> models, Collection<Series> panel) {
    this.step = step;
    this.end = firstForecast;
    this.pace = Pace.of(step);
    models.forEach(model -> this.models.put(model.key(), model));
    panel.forEach(series -> history.put(series.key(), series));
    LocalDate start =
        panel.stream().map(Series::start).min(LocalDate::compareTo).orElse(firstForecast);
    List<RunOut.Ended> ended = new ArrayList<>();
    for (Model model : this.models.values()) {
      LocalDate launch = launch(model, start);
      if (launch != null) {
        launches.put(model.key(), Math.max(0, Pace.periods(step, end, launch)));
        sinceLaunch.put(model.key(), since(model.key(), launch));
      }
      LocalDate last = model.discontinuedOn();
      if (last != null && history.containsKey(model.key())) {
        ended.add(new RunOut.Ended(levelBefore(model.key(), last), since(model.key(), last)));
      }
    }
    runOut = RunOut.of(pace, ended);
  }

  /** Returns the day of the launch or of the first sale, if that is earlier; null if not known. */
  private @Nullable LocalDate launch(Model model, LocalDate panelStart) {
    Series series = history.get(model.key());
    LocalDate launched = model.launchedOn();
    LocalDate first = series == null ? null : series.start();
    // Who begins to sell a model long after others did has a launch of its own.
    boolean isLate =
        launched != null && first != null && Pace.periods(step, launched, first) >= pace.mature();
    if (launched == null || isLate) {
      return first != null && first.isAfter(panelStart) ? first : null;
    }
    if (first != null && first.isBefore(launched)) {
      return first.isAfter(panelStart) ? first : null;
    }
    return launched.isBefore(panelStart) ? null : launched;
  }

  /** Returns the units of the periods from that of a day to the end of the history. */
  private double[] since(String key, LocalDate day) {
    Series series = history.get(key);
    LocalDate start = series == null ? end : series.start();
    int from = Pace.periods(step, start, day);
    int known = Math.max(0, Pace.periods(step, start, end) - from);
    double[] units = new double[known];
    for (int i = 0; i < known; i++) {
      int index = from + i;
      units[i] =
          series != null && index >= 0 && index < series.length() ? series.values()[index] : 0;
    }
    return units;
  }

  private double levelBefore(String key, LocalDate day) {
    Series series = history.get(key);
    if (series == null) {
      return 0;
    }
    int last = Math.min(series.length(), Pace.periods(step, series.start(), day));
    int first = Math.max(0, last - pace.before());
    return last <= first ? 0 : Arrays.stream(series.values(), first, last).average().orElse(0);
  }

  /**
   * Returns the forecasts with those of beginning and ending models replaced: their method is
   * {@code launch_curve} or {@code run_out}, and the reason says how. Models that have no forecast
   * yet follow, in the order of their keys: those that are launched within the horizon, and young
   * ones that have not been sold; not those that have ended before it.
   *
   * @param base forecasts by history alone
   * @param horizon how many periods are forecast
   */
  public List<MemberForecast> apply(List<MemberForecast> base, int horizon) {
    Map<String, MemberForecast> own = new LinkedHashMap<>();
    base.forEach(forecast -> own.put(forecast.key(), forecast));
    for (Model model : models.values()) {
      LocalDate last = model.discontinuedOn();
      if (isYoung(model.key())
          && launches.getOrDefault(model.key(), 0) < horizon
          && (last == null || last.isAfter(end))) {
        own.computeIfAbsent(model.key(), key -> Paths.nothing(key, horizon));
      }
    }
    Map<String, MemberForecast> lived = new LinkedHashMap<>();
    own.forEach((key, forecast) -> lived.put(key, launched(forecast, horizon)));
    Map<String, double[]> left = new LinkedHashMap<>();
    for (Model model : models.values()) {
      MemberForecast before = lived.get(model.key());
      LocalDate last = model.discontinuedOn();
      if (before != null && last != null) {
        MemberForecast after = ended(before, last, horizon);
        lived.put(model.key(), after);
        String successor = model.successor();
        if (successor != null) {
          left.merge(successor, left(before, after, last), LifeCycles::sum);
        }
      }
    }
    left.forEach(
        (key, units) -> {
          MemberForecast successor = lived.get(key);
          if (successor != null && isYoung(key)) {
            lived.put(key, raised(successor, units));
          }
        });
    return List.copyOf(lived.values());
  }

  private boolean isYoung(String key) {
    double[] units = sinceLaunch.get(key);
    return units != null && units.length < pace.mature();
  }

  private MemberForecast launched(MemberForecast base, int horizon) {
    double[] units = sinceLaunch.get(base.key());
    if (units == null || !isYoung(base.key())) {
      return base;
    }
    int from = launches.getOrDefault(base.key(), 0);
    LaunchCurve curve = LaunchCurve.of(pace, units, siblings(base.key()), horizon);
    if (curve.siblings() == 0 && units.length > 0) {
      return base;
    }
    double weight = 1 - (double) units.length / pace.mature();
    String reason =
        curve.siblings() == 0
            ? "not sold yet, and no launch of a sibling is known"
            : Math.round(100 * weight)
                + " % by the launches of "
                + curve.siblings()
                + " siblings, the rest by its own "
                + (units.length == 1 ? "period" : units.length + " periods");
    return Paths.blended(
        base, units.length == 0 ? reason.split(", the rest", 2)[0] : reason, curve, weight, from);
  }

  private List<LaunchCurve.Sibling> siblings(String key) {
    Model own = models.get(key);
    List<LaunchCurve.Sibling> siblings = new ArrayList<>();
    sinceLaunch.forEach(
        (other, units) -> {
          Model model = models.get(other);
          if (own != null
              && model != null
              && !other.equals(key)
              && units.length > 0
              && history.containsKey(other)) {
            int known = units.length;
            LocalDate last = model.discontinuedOn();
            if (last != null) {
              // A run-out is no part of a launch.
              known = Math.max(0, known - since(other, last).length);
            }
            double weight = Math.exp(-NEARNESS * own.distance(model));
            siblings.add(new LaunchCurve.Sibling(weight, Arrays.copyOf(units, known)));
          }
        });
    return siblings;
  }

  private MemberForecast ended(MemberForecast base, LocalDate last, int horizon) {
    int at = Pace.periods(step, end, last);
    if (at >= horizon) {
      return base;
    }
    double[] since = since(base.key(), last);
    double level = levelBefore(base.key(), last);
    double scale = runOut.scale(level, since);
    double[] mean = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      double usual = at >= 0 ? base.mean()[h] : level * scale;
      mean[h] = usual * runOut.part(h - at);
    }
    return Paths.scaled(base, "run_out", "runs out from " + last, mean);
  }

  /** Returns what is sold less from the last day on. */
  private double[] left(MemberForecast before, MemberForecast after, LocalDate last) {
    int at = Pace.periods(step, end, last);
    double level = levelBefore(before.key(), last);
    double[] left = new double[after.mean().length];
    for (int h = 0; h < left.length; h++) {
      left[h] = h < at ? 0 : Math.max(0, (at >= 0 ? before.mean()[h] : level) - after.mean()[h]);
    }
    return left;
  }

  private MemberForecast raised(MemberForecast successor, double[] left) {
    double[] units = sinceLaunch.getOrDefault(successor.key(), new double[0]);
    int from = launches.getOrDefault(successor.key(), 0);
    double weight = (1 - (double) units.length / pace.mature()) / 2;
    double[] mean = successor.mean().clone();
    boolean raised = false;
    for (int h = from; h < mean.length; h++) {
      double more = weight * Math.max(0, left[h] - mean[h]);
      mean[h] += more;
      raised |= more > 0;
    }
    return raised
        ? Paths.scaled(
            successor,
            successor.method(),
            successor.reason() + "; raised towards what its predecessor leaves",
            mean)
        : successor;
  }

  private static double[] sum(double[] one, double[] other) {
    double[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
