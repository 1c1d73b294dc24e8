package io.autopulse.domain.forecast.smoothing;

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

  /** Searches to the end. */
  void run() {
    while (search.isSearching()) {
      search.answer(likelihood.value(search.asked()));
    }
  }

  /** Tells whether the search can go on side by side with another one. */
  boolean goesWith(EtsFit other) {
    return likelihood.goesWith(other.likelihood);
  }

  /**
   * Searches to the end, and so does another search, with the same results as alone.
   *
   * @param other one that this one goes with
   */
  void runWith(EtsFit other) {
    double[] values = new double[2];
    while (search.isSearching() && other.search.isSearching()) {
      likelihood.values(search.asked(), other.likelihood, other.search.asked(), values);
      search.answer(values[0]);
      other.search.answer(values[1]);
    }
    run();
    other.run();
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
