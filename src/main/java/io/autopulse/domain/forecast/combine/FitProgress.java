package io.autopulse.domain.forecast.combine;

/**
 * Told how far a forecast is: fits of all methods to one series up to one moment, of which there is
 * one now and one for each window of the past. Threads call it.
 */
public interface FitProgress {
  /** Told by nobody. */
  FitProgress NONE =
      new FitProgress() {
        @Override
        public void expected(long fits) {}

        @Override
        public void done(long fits) {}
      };

  /** Told how many fits a forecast will make. */
  void expected(long fits);

  /** Told how many more have been made. */
  void done(long fits);
}
