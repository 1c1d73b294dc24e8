package io.autopulse.domain.forecast.life;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts a launch by the launches of siblings. Two answers are averaged: the siblings' mean
 * curve, each divided by its own mean, scaled to the level so far; and a regression, over the
 * siblings, of the logarithm of a later period on that of the level so far, which learns how much
 * the first periods say. The regression is raised half of the way to the siblings' mean, as it
 * forecasts medians.
 *
 * <p>Its bounds are as far away as siblings were, so long after their launch, from what the others
 * said of them.
 *
 * @param mean units
 * @param spreads for each period, how far sales may be from the mean
 * @param siblings how many siblings were used
 */
@SuppressWarnings("ArrayRecordComponent") // the numbers of a forecast are read, never compared
record LaunchCurve(double[] mean, List<Spread> spreads, int siblings) {
  /** Fewer siblings than this say nothing of a period: the last period that has enough goes on. */
  static final int FEWEST = 3;

  static final double RIDGE = 1;

  /**
   * A launch that is known.
   *
   * @param weight above 0; more for a nearer sibling
   * @param units its units since its launch
   */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  record Sibling(double weight, double[] units) {}

  /**
   * Forecasts a launch. With fewer siblings than {@value #FEWEST} the level so far goes on; that is
   * 0 before the launch.
   *
   * @param own the units since the launch, none before it
   * @param horizon how many periods are forecast
   */
  static LaunchCurve of(Pace pace, double[] own, List<Sibling> siblings, int horizon) {
    int known = own.length;
    double level = pace.level(own, known);
    List<Sibling> whole =
        siblings.stream().filter(s -> s.units().length >= known + horizon).toList();
    double[] curve = new double[horizon];
    double[] regression = new double[horizon];
    double sold = 0;
    double fitted = 0;
    SiblingErrors[] errors = new SiblingErrors[horizon];
    int used = 0;
    int last = -1;
    for (int h = 0; h < horizon; h++) {
      int at = known + h;
      List<Sibling> enough =
          whole.size() >= FEWEST
              ? whole
              : siblings.stream().filter(s -> s.units().length > at).toList();
      if (enough.size() < FEWEST) {
        break;
      }
      used = Math.max(used, enough.size());
      last = h;
      Line line = Line.fit(pace, enough, known, at);
      regression[h] = line.at(level);
      double growth = growth(pace, enough, known, at, known + horizon);
      curve[h] = level * growth;
      errors[h] = SiblingErrors.of(pace, enough, known, at, known + horizon);
      for (Sibling sibling : enough) {
        sold += sibling.weight() * sibling.units()[at];
        fitted += sibling.weight() * line.at(pace.level(sibling.units(), known));
      }
    }
    double raised = fitted > 0 && sold > 0 ? Math.sqrt(sold / fitted) : 1;
    double part = known == 0 ? 1 : 0.5;
    double[] mean = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      mean[h] =
          h <= last
              ? part * regression[h] * raised + (1 - part) * curve[h]
              : last < 0 ? level : mean[last];
    }
    List<Spread> spreads = new ArrayList<>();
    for (int h = 0; h < horizon; h++) {
      spreads.add(
          h <= last
              ? errors[h].spread(part, raised, pace.offset())
              : last < 0 ? Spread.OF_FEW : spreads.get(last));
    }
    return new LaunchCurve(mean, spreads, used);
  }

  /**
   * Returns what the siblings sold in a period, by their level before, all divided by their size.
   */
  private static double growth(Pace pace, List<Sibling> siblings, int known, int at, int end) {
    double later = 0;
    double before = 0;
    for (Sibling sibling : siblings) {
      int length = Math.min(end, sibling.units().length);
      double size = Arrays.stream(sibling.units(), 0, length).average().orElse(0);
      if (size > 0) {
        later += sibling.weight() * sibling.units()[at] / size;
        before += sibling.weight() * pace.level(sibling.units(), known) / size;
      }
    }
    return before > 0 ? later / before : 1;
  }

  static double log(Pace pace, double units) {
    return Math.log(Math.max(0, units) + pace.offset());
  }

  /** The regression of the logarithm of a period on the logarithm of the level before. */
  private record Line(double offset, double meanBefore, double meanLater, double slope) {
    static Line fit(Pace pace, List<Sibling> siblings, int known, int at) {
      double weights = 0;
      double before = 0;
      double later = 0;
      for (Sibling sibling : siblings) {
        weights += sibling.weight();
        before += sibling.weight() * log(pace, pace.level(sibling.units(), known));
        later += sibling.weight() * log(pace, sibling.units()[at]);
      }
      before /= weights;
      later /= weights;
      double squares = RIDGE;
      double products = 0;
      for (Sibling sibling : siblings) {
        double difference = log(pace, pace.level(sibling.units(), known)) - before;
        squares += sibling.weight() * difference * difference;
        products += sibling.weight() * difference * (log(pace, sibling.units()[at]) - later);
      }
      return new Line(pace.offset(), before, later, known == 0 ? 0 : products / squares);
    }

    double at(double level) {
      double log = meanLater + slope * (Math.log(Math.max(0, level) + offset) - meanBefore);
      return Math.max(0, Math.exp(log) - offset);
    }
  }
}
