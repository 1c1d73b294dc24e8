package io.autopulse.domain.forecast.smoothing;

import java.util.List;

/** The search for the most likely parameters of one form on one history. */
final class EtsFit {
  private final EtsLikelihood likelihood;
  private final NelderMead search;
  private final int size;

  /**
   * Begins the search.
   *
   * @param likelihood of the form
   * @param start where the search starts, as many values as there are parameters
   * @param lower the smallest value of each parameter
   * @param upper the largest value of each parameter
   */
  EtsFit(EtsLikelihood likelihood, double[] start, double[] lower, double[] upper) {
    this.likelihood = likelihood;
    this.size = start.length;
    this.search = new NelderMead(size);
    search.begin(start, lower, upper, size);
  }

  /** Returns how many parameters the form has. */
  int size() {
    return size;
  }

  /**
   * Searches to the end of each fit, two at a time where they can go side by side. They end where
   * each ends alone.
   *
   * @param fits of one history
   */
  static void run(List<EtsFit> fits) {
    double[] values = new double[2];
    EtsFit one = null;
    for (EtsFit next : fits) {
      if (one == null || !next.likelihood.goesWithOthers()) {
        if (next.likelihood.goesWithOthers()) {
          one = next;
        } else {
          next.run();
        }
        continue;
      }
      NelderMead first = one.search;
      NelderMead second = next.search;
      while (first.isSearching() && second.isSearching()) {
        one.likelihood.values(first.asked(), next.likelihood, second.asked(), values);
        first.answer(values[0]);
        second.answer(values[1]);
      }
      one = first.isSearching() ? one : next;
    }
    if (one != null) {
      one.run();
    }
  }

  private void run() {
    while (search.isSearching()) {
      search.answer(likelihood.value(search.asked()));
    }
  }

  /** Returns the smallest value of the likelihood that was found. */
  double minimum() {
    return search.minimum();
  }

  /** Returns the states of the most likely parameters after the history. */
  EtsState state() {
    return likelihood.after(search.asked());
  }
}
