package io.autopulse.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import io.autopulse.domain.quality.InputException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class JobFailureTest {
  /** As some libraries' exceptions are. */
  private static final class Unserializable extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "unused"})
    private final Object response = new Object();
  }

  @Test
  void whatAWorkerToldOfIsFoundThoughItsCauseCannotTravel() {
    InputException told =
        new InputException("pipe P", "no such pipe", "Make it", new Unserializable());

    RuntimeException explained =
        JobFailure.explained(
            new IllegalStateException(
                new SerializedThrowable(new IllegalStateException("in a step", told))));

    assertThat(explained, instanceOf(InputException.class));
    assertThat(explained.getMessage(), is("pipe P: no such pipe. Make it"));
  }

  @Test
  void whatTravelledAsItWasIsFound() {
    InputException told = new InputException("file F", "no header", "Add one");

    assertThat(JobFailure.explained(new IllegalStateException("f", told)), sameInstance(told));
  }

  @Test
  void whatNobodyCanMendStaysAsItIs() {
    RuntimeException problem =
        new IllegalStateException(new SerializedThrowable(new IllegalArgumentException("x")));

    assertThat(JobFailure.explained(problem), sameInstance(problem));
  }
}
