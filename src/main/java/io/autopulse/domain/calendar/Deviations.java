package io.autopulse.domain.calendar;

/** What is left of a series when its trend and season are taken out. */
final class Deviations {
  private Deviations() {}

  /**
   * Returns the logs of values as deviations from their centred moving average. Values that are not
   * used are bridged by a straight line, so that the average is one of a whole window. The first
   * and last half of a window are 0.
   *
   * @param values the values; those that are used are positive
   * @param used which are used, at least one
   * @param window the length of the average; an even one is centred by half weights at its ends
   */
  static double[] ofLogs(double[] values, boolean[] used, int window) {
    double[] logs = bridged(values, used);
    double[] deviations = new double[logs.length];
    int half = window / 2;
    for (int i = half; i < logs.length - half; i++) {
      double sum = 0;
      for (int j = i - half; j <= i + half; j++) {
        boolean end = window % 2 == 0 && (j == i - half || j == i + half);
        sum += end ? logs[j] / 2 : logs[j];
      }
      deviations[i] = logs[i] - sum / window;
    }
    return deviations;
  }

  private static double[] bridged(double[] values, boolean[] used) {
    double[] logs = new double[used.length];
    int before = -1;
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        logs[i] = Math.log(values[i]);
        for (int j = before + 1; j < i; j++) {
          double share = before < 0 ? 1 : (j - before) / (double) (i - before);
          logs[j] = before < 0 ? logs[i] : logs[before] + share * (logs[i] - logs[before]);
        }
        before = i;
      }
    }
    for (int j = before + 1; j < used.length; j++) {
      logs[j] = logs[before];
    }
    return logs;
  }

  /**
   * Returns deviations without their mean at each position of the season; 0 where they are not
   * used.
   */
  static double[] fromSeason(double[] deviations, boolean[] used, int season) {
    double[] left = new double[deviations.length];
    for (int position = 0; position < season; position++) {
      double sum = 0;
      int count = 0;
      for (int i = position; i < left.length; i += season) {
        sum += used[i] ? deviations[i] : 0;
        count += used[i] ? 1 : 0;
      }
      for (int i = position; i < left.length; i += season) {
        left[i] = used[i] ? deviations[i] - sum / count : 0;
      }
    }
    return left;
  }
}
