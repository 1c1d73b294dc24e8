package io.autopulse.operations.job;

import io.autopulse.operations.schedule.Step;
import java.io.IOException;
import java.util.List;

/** Starts steps. */
@FunctionalInterface
public interface Programs {
  /**
   * Starts a step in the working folder of this process.
   *
   * @param words the step's words, without placeholders
   * @param output where what it says goes
   * @throws IOException if it cannot be started
   */
  StepProcess start(Step step, List<String> words, StepOutput output) throws IOException;
}
