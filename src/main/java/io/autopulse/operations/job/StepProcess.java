package io.autopulse.operations.job;

import java.time.Duration;

/** A step that was started. */
public interface StepProcess {
  /** Waits for the end; false if it has not come in time. */
  boolean ends(Duration within) throws InterruptedException;

  /** Returns the exit code of a step that has ended. */
  int exitCode();

  /** Ends the step, and waits for its end. */
  void stop() throws InterruptedException;
}
