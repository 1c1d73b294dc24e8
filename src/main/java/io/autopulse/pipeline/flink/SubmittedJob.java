package io.autopulse.pipeline.flink;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.jspecify.annotations.Nullable;

/**
 * The Flink job that this process submitted last. Beam's own result knows neither its id nor why it
 * failed; Flink tells both to a listener that it makes itself, by its class name under {@link
 * #KEY}.
 */
public final class SubmittedJob implements JobListener {
  /** The key of Flink's configuration that names listeners. */
  public static final String KEY = "execution.job-listeners";

  private static final AtomicReference<@Nullable JobClient> LAST = new AtomicReference<>();

  /** Is called by Flink. */
  public SubmittedJob() {}

  /** Returns the job submitted last by this process. */
  static JobClient last() {
    JobClient client = LAST.get();
    if (client == null) {
      throw new IllegalStateException("no job was submitted");
    }
    return client;
  }

  @Override
  public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable problem) {
    LAST.set(client);
  }

  @Override
  public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable problem) {
    // The client tells.
  }
}
