package io.autopulse.pipeline.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;

class SubmittedJobTest {
  private static JobClient job() {
    return (JobClient)
        Proxy.newProxyInstance(
            JobClient.class.getClassLoader(),
            new Class<?>[] {JobClient.class},
            (proxy, method, arguments) -> null);
  }

  // Flink makes a listener for each submission.
  private static void submit(JobClient job) {
    new SubmittedJob().onJobSubmitted(job, null);
  }

  @Test
  void jobIsThatOfTheSubmissionThoughAnotherThreadSubmitsMeanwhile() {
    JobClient own = job();

    assertThat(
        SubmittedJob.of(
            () -> {
              submit(own);
              CompletableFuture.runAsync(() -> submit(job())).join();
            }),
        sameInstance(own));
  }

  @Test
  void submissionThatMakesNoJobDoesNotTakeAnEarlierOne() {
    submit(job());

    assertThrows(IllegalStateException.class, () -> SubmittedJob.of(() -> {}));
  }
}
