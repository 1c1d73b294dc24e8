package io.autopulse.sink.publish;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.domain.run.PublishedRun;

/**
 * Another run has published some of the same windows since this one began, from what may be newer.
 * Nothing was published; the run can be computed again.
 */
public final class OvertakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String overtaking;

  OvertakenException(String runId, PublishedRun overtaking) {
    this(
        new TransientException(
            "run " + runId,
            overtaking
                + " has published some of the same weeks and months since this run began, and may have read newer data. Nothing was published",
            "Run it again: it reads what is there now"),
        overtaking.runId());
  }

  private OvertakenException(InputException problem, String overtaking) {
    super(problem.getMessage(), problem);
    this.overtaking = overtaking;
  }

  /** Returns the id of the run that has published. */
  public String overtaking() {
    return overtaking;
  }
}
