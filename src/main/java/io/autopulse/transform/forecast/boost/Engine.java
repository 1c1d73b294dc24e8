package io.autopulse.transform.forecast.boost;

/** What trains trees and predicts by them. */
interface Engine {
  /**
   * Makes it ready; called before the first training.
   *
   * @throws LinkageError if its native library is not there or does not load
   */
  void load();

  /**
   * Trains a model and predicts by it.
   *
   * @param training the features of the training rows
   * @param targets the target of each training row
   * @param wanted the features of the rows to predict
   * @param rounds how many trees are trained at most
   * @return a prediction for each wanted row
   * @throws IllegalStateException if the training fails
   */
  double[] fitAndPredict(Rows training, float[] targets, Rows wanted, int rounds);
}
