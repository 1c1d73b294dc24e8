package io.autopulse.domain.forecast.life;

import java.util.Arrays;
import java.util.List;

/**
 * How far siblings of a launch were, in one period after it, from what the other siblings said of
 * them: each is left out of the regression and of the curve once.
 *
 * @param sold what each sold
 * @param lines what the regression of the others says
 * @param curves what the curve of the others says
 */
@SuppressWarnings("ArrayRecordComponent") // read in place
record SiblingErrors(double[] sold, double[] lines, double[] curves) {
  /** Fewer siblings give no bounds of their own. */
  private static final int FEWEST = 5;

  /** Lower 95, lower 80, upper 80, upper 95. */
  private static final double[] PARTS = {0.025, 0.1, 0.9, 0.975};

  /**
   * Measures them.
   *
   * @param known how many periods since the launch are known
   * @param at the period
   * @param end so many periods tell the size of a sibling
   */
  static SiblingErrors of(
      Pace pace, List<LaunchCurve.Sibling> siblings, int known, int at, int end) {
    int count = siblings.size();
    double[] levels = new double[count];
    double[] sizes = new double[count];
    double weights = 0;
    double before = 0;
    double after = 0;
    double meanLevel = 0;
    double meanSold = 0;
    for (int i = 0; i < count; i++) {
      LaunchCurve.Sibling sibling = siblings.get(i);
      levels[i] = pace.level(sibling.units(), known);
      sizes[i] =
          Arrays.stream(sibling.units(), 0, Math.min(end, sibling.units().length))
              .average()
              .orElse(0);
      if (sizes[i] > 0) {
        before += sibling.weight() * levels[i] / sizes[i];
        after += sibling.weight() * sibling.units()[at] / sizes[i];
      }
      weights += sibling.weight();
      meanLevel += sibling.weight() * LaunchCurve.log(pace, levels[i]);
      meanSold += sibling.weight() * LaunchCurve.log(pace, sibling.units()[at]);
    }
    meanLevel /= weights;
    meanSold /= weights;
    double squares = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      LaunchCurve.Sibling sibling = siblings.get(i);
      double x = LaunchCurve.log(pace, levels[i]) - meanLevel;
      squares += sibling.weight() * x * x;
      products += sibling.weight() * x * (LaunchCurve.log(pace, sibling.units()[at]) - meanSold);
    }
    double[] sold = new double[count];
    double[] lines = new double[count];
    double[] curves = new double[count];
    for (int i = 0; i < count; i++) {
      LaunchCurve.Sibling sibling = siblings.get(i);
      double weight = sibling.weight();
      double others = weights - weight;
      sold[i] = sibling.units()[at];
      double x = LaunchCurve.log(pace, levels[i]) - meanLevel;
      double y = LaunchCurve.log(pace, sold[i]) - meanSold;
      double moved = weight / others;
      double slope =
          known == 0
              ? 0
              : (products - weight * x * y * weights / others)
                  / (squares - weight * x * x * weights / others + LaunchCurve.RIDGE);
      double log = meanSold - moved * y + slope * (x + moved * x);
      lines[i] = Math.max(0, Math.exp(log) - pace.offset());
      double own = sizes[i] > 0 ? weight / sizes[i] : 0;
      double base = before - own * levels[i];
      curves[i] = base > 0 ? levels[i] * Math.max(0, after - own * sold[i]) / base : levels[i];
    }
    return new SiblingErrors(sold, lines, curves);
  }

  /**
   * Returns how far they were, as ratios to which the mean of what was said is added.
   *
   * @param part the weight of the regression, 0 to 1; the curve has the rest
   * @param raised what the regression is multiplied by
   * @param least at least so many units are added
   */
  Spread spread(double part, double raised, double least) {
    int count = sold.length;
    if (count < FEWEST) {
      return Spread.OF_FEW;
    }
    double[] said = new double[count];
    for (int i = 0; i < count; i++) {
      said[i] = part * lines[i] * raised + (1 - part) * curves[i];
    }
    double added = Math.max(least, Arrays.stream(said).average().orElse(0));
    double[] sorted = new double[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = (sold[i] + added) / (said[i] + added);
    }
    Arrays.sort(sorted);
    double[] ratios = new double[PARTS.length];
    for (int b = 0; b < ratios.length; b++) {
      // Any rank among the siblings is as likely for the next launch.
      double rank = PARTS[b] * (count + 1);
      int index = (int) (b < 2 ? Math.floor(rank) : Math.ceil(rank)) - 1;
      double ratio = sorted[Math.max(0, Math.min(count - 1, index))];
      ratios[b] = b < 2 ? Math.min(1, ratio) : Math.max(1, ratio);
    }
    return new Spread(added, ratios);
  }
}
