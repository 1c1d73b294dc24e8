package io.autopulse.cli;

import io.autopulse.operations.job.StepOutput;
import io.autopulse.operations.job.StepProcess;
import io.autopulse.operations.schedule.Step;
import io.autopulse.testing.AutopulseJar.Result;
import java.time.Duration;

/** A step of a job in this JVM: it has ended when it is looked at. */
record InProcessStep(int exitCode) implements StepProcess {
  static InProcessStep start(Step step, StepOutput output) {
    if (step.program()) {
      throw new IllegalArgumentException("only steps of our own run in this JVM: " + step);
    }
    Result result = InProcessCli.run(step.words().toArray(String[]::new));
    result.out().lines().forEach(output::print);
    result.err().lines().forEach(output::printError);
    return new InProcessStep(result.exitCode());
  }

  @Override
  public boolean ends(Duration within) {
    return true;
  }

  @Override
  public void stop() {}
}
