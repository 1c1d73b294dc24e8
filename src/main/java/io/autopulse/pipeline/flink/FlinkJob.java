package io.autopulse.pipeline.flink;

import io.autopulse.domain.problem.InputException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;

/**
 * A live job that this process submitted to Flink. One in an embedded Flink ends with this process;
 * one on a cluster goes on without it.
 */
public final class FlinkJob implements LiveJob {
  private static final long CANCEL_SECONDS = 3;

  private final JobClient client;
  private final boolean embedded;
  private final Optional<String> restoredFrom;
  private final CompletableFuture<JobExecutionResult> result;
  private boolean cancelled;

  private FlinkJob(JobClient client, boolean embedded, Optional<String> restoredFrom) {
    this.client = client;
    this.embedded = embedded;
    this.restoredFrom = restoredFrom;
    result = client.getJobExecutionResult();
  }

  /**
   * Submits a pipeline, whose options must be those of a live job.
   *
   * @param embedded whether it runs in this process
   * @param restoredFrom the checkpoint that the options name
   * @throws InputException if the pipeline cannot go on from that checkpoint
   */
  public static FlinkJob submit(
      Pipeline pipeline, boolean embedded, Optional<String> restoredFrom) {
    try {
      return new FlinkJob(SubmittedJob.of(pipeline::run), embedded, restoredFrom);
    } catch (RuntimeException e) {
      throw explained(e, restoredFrom);
    }
  }

  /** Returns Flink's id of the job. */
  public String id() {
    return client.getJobID().toString();
  }

  @Override
  public boolean runs() {
    return !result.isDone();
  }

  @Override
  public void cancel() {
    if (embedded && !cancelled && runs()) {
      cancelled = true;
      try {
        client.cancel().get(CANCEL_SECONDS, TimeUnit.SECONDS);
        result.handle((done, problem) -> done).get(CANCEL_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // It ends with this process.
      }
    }
  }

  @Override
  public Optional<RuntimeException> failure() {
    if (cancelled || !result.isCompletedExceptionally()) {
      return Optional.empty();
    }
    try {
      result.join();
      return Optional.empty();
    } catch (CompletionException e) {
      return causedBy(e, JobCancellationException.class)
          ? Optional.empty()
          : Optional.of(explained(e, restoredFrom));
    }
  }

  private static boolean causedBy(Throwable problem, Class<? extends Throwable> type) {
    for (Throwable e = problem; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return true;
      }
    }
    return false;
  }

  private static RuntimeException explained(RuntimeException problem, Optional<String> checkpoint) {
    for (Throwable e = problem; e != null; e = e.getCause()) {
      String message = String.valueOf(e.getMessage());
      if (checkpoint.isPresent()
          && message.contains("Failed to rollback to checkpoint/savepoint")) {
        return new InputException(
            checkpoint.get(),
            "the job cannot go on from this checkpoint: " + message.lines().findFirst().orElse(""),
            "Use the release of Autopulse that wrote it; or move the job's checkpoints away and start anew (docs/runbooks/live-sales.md)",
            problem);
      }
    }
    return problem;
  }
}
