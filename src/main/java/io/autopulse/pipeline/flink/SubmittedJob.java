package io.autopulse.pipeline.flink;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.jspecify.annotations.Nullable;

/**
 * The Flink job that a submission makes. Beam's own result knows neither its id nor why it failed;
 * Flink gives both to a listener that it makes itself, by its class name under {@link #KEY}, in the
 * thread that submits.
 */
public final class SubmittedJob implements JobListener {
  /** The key of Flink's configuration that names listeners. */
  public static final String KEY = "execution.job-listeners";

  private static final ThreadLocal<@Nullable JobClient> SUBMITTED = new ThreadLocal<>();

  /** Is called by Flink. */
  public SubmittedJob() {}

  /** Submits, and returns the job that Flink made of it in this thread. */
  static JobClient of(Runnable submission) {
    SUBMITTED.remove();
    try {
      submission.run();
      JobClient client = SUBMITTED.get();
      if (client == null) {
        throw new IllegalStateException("no job was submitted");
      }
      return client;
    } finally {
      SUBMITTED.remove();
    }
  }

  @Override
  public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable problem) {
    SUBMITTED.set(client);
  }

  @Override
  public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable problem) {
    // The client tells.
  }
}
