package io.autopulse.domain.forecast.hierarchy;

import io.autopulse.domain.forecast.MemberForecast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Intervals of reconciled forecasts. Each bound of a node keeps its ratio to the mean, where upper
 * bounds take means below {@value #LEAST_MEAN} for {@value #LEAST_MEAN}, and is moved to the
 * published mean where that lies outside. Then, from fine to coarse, the distance of a parent's
 * bound from its mean is at least that of its widest child and at most that of all children
 * together, as if they all erred the same way.
 */
final class Bounds {
  private static final double LEAST_MEAN = 1;

  private final Hierarchy hierarchy;
  private final List<int[]> nested = new ArrayList<>();

  Bounds(Hierarchy hierarchy) {
    this.hierarchy = hierarchy;
    List<Integer> fineToCoarse = new ArrayList<>();
    for (int d = 0; d < hierarchy.dimensions().size(); d++) {
      fineToCoarse.add(d);
    }
    fineToCoarse.sort(Comparator.comparingInt(d -> -hierarchy.size(d)));
    for (int coarser : fineToCoarse) {
      for (int finer : fineToCoarse) {
        if (hierarchy.size(finer) > hierarchy.size(coarser) && hierarchy.refines(finer, coarser)) {
          nested.add(new int[] {coarser, finer});
        }
      }
    }
  }

  /**
   * Returns one bound of all nodes in a period.
   *
   * @param own the bounds of the base forecasts
   * @param ownMeans their means
   * @param exact the reconciled means before rounding
   * @param whole the published means
   * @param upper whether it is an upper bound
   */
  double[] scaled(double[] own, double[] ownMeans, double[] exact, double[] whole, boolean upper) {
    double[] widths = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      double bound =
          upper ? upper(own[i], ownMeans[i], exact[i]) : lower(own[i], ownMeans[i], exact[i]);
      widths[i] = Math.max(0, upper ? bound - whole[i] : whole[i] - bound);
    }
    limit(widths);
    double[] bounds = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      bounds[i] = upper ? whole[i] + widths[i] : Math.max(0, whole[i] - widths[i]);
    }
    return bounds;
  }

  private static double lower(double own, double ownMean, double exact) {
    return ownMean > 0 ? exact * Math.max(0, own / ownMean) : 0;
  }

  // Of a mean that is all but nothing, the ratio of its bound says nothing: it has no limit.
  private static double upper(double own, double ownMean, double exact) {
    double ratio = Math.max(LEAST_MEAN, exact) / Math.max(LEAST_MEAN, ownMean);
    return exact + (own - ownMean) * ratio;
  }

  private void limit(double[] widths) {
    double[] least = new double[widths.length];
    double[] most = new double[widths.length];
    for (int p = 0; p < nested.size(); p++) {
      int coarser = nested.get(p)[0];
      if (p == 0 || nested.get(p - 1)[0] != coarser) {
        for (int i = hierarchy.firstNode(coarser); i < hierarchy.firstNode(coarser + 1); i++) {
          least[i] = 0;
          most[i] = Double.POSITIVE_INFINITY;
        }
      }
      measure(nested.get(p), widths, least, most);
      if (p == nested.size() - 1 || nested.get(p + 1)[0] != coarser) {
        for (int i = hierarchy.firstNode(coarser); i < hierarchy.firstNode(coarser + 1); i++) {
          widths[i] = Math.min(most[i], Math.max(least[i], widths[i]));
        }
      }
    }
  }

  private void measure(int[] pair, double[] widths, double[] least, double[] most) {
    int[] parents = hierarchy.parents(pair[1], pair[0]);
    int first = hierarchy.firstNode(pair[1]);
    double[] sums = new double[widths.length];
    for (int child = 0; child < parents.length; child++) {
      sums[parents[child]] += widths[first + child];
      least[parents[child]] = Math.max(least[parents[child]], widths[first + child]);
    }
    for (int i = hierarchy.firstNode(pair[0]); i < hierarchy.firstNode(pair[0] + 1); i++) {
      most[i] = Math.min(most[i], sums[i]);
    }
  }

  /** Returns a forecast with other means and bounds. */
  static MemberForecast with(
      MemberForecast base,
      double[] mean,
      double[] lower80,
      double[] upper80,
      double[] lower95,
      double[] upper95) {
    return new MemberForecast(
        base.key(),
        base.method(),
        base.reason(),
        mean,
        lower80,
        upper80,
        lower95,
        upper95,
        base.naive(),
        base.seasonalNaive());
  }
}
