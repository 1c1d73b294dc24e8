package io.autopulse.operations.job;

import io.autopulse.operations.schedule.Step;
import java.io.IOException;

/** Starts steps. */
@FunctionalInterface
public interface Programs {
  /**
   * Starts a step in the working folder of this process.
   *
   * @param step the step, its placeholders filled
   * @param output where what it says goes
   * @throws IOException if it cannot be started
   */
  StepProcess start(Step step, StepOutput output) throws IOException;
}
