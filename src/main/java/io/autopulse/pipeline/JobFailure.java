package io.autopulse.pipeline;

import io.autopulse.domain.quality.InputException;
import org.apache.flink.util.SerializedThrowable;

/**
 * Why a job failed, for the person who can mend it. What a worker of Flink throws reaches the
 * launching process as an exception, or, if its own causes cannot be serialized, as text.
 */
final class JobFailure {
  private JobFailure() {}

  /** Returns what the person can mend, if that is among the causes; else the problem itself. */
  static RuntimeException explained(RuntimeException problem) {
    for (Throwable e = problem; e != null; e = e.getCause()) {
      if (e instanceof InputException toMend) {
        return toMend;
      }
      if (e instanceof SerializedThrowable text
          && text.getOriginalErrorClassName().equals(InputException.class.getName())) {
        String message = String.valueOf(text.getMessage());
        return new InputException(
            "", message.replaceFirst("^" + InputException.class.getName() + ": ", ""), "", problem);
      }
    }
    return problem;
  }
}
