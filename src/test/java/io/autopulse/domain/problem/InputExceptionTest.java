package io.autopulse.domain.problem;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputExceptionTest {
  @Test
  void messageNamesPlaceProblemAndRemedy() {
    assertThat(
        new InputException("a.yaml:3: job", "is missing", "Write it").getMessage(),
        is("a.yaml:3: job: is missing. Write it"));
    assertThat(new InputException("", "is missing", "").getMessage(), is("is missing"));
  }

  @Test
  void samePlaceCanBeGivenLater() {
    assertThat(
        new InputException("", "is missing", "Write it").at("b.yaml:1").getMessage(),
        is("b.yaml:1: is missing. Write it"));
  }

  @Test
  void severalProblemsAreOneLineEach() {
    InputException one = new InputException("a", "is wrong", "");
    InputException two = new InputException("b", "is missing", "Write it");
    assertThat(
        InputException.all(List.of(one, two)).getMessage(),
        is("a: is wrong\nb: is missing. Write it"));
    assertThat(InputException.all(List.of(one)).getMessage(), is("a: is wrong"));
  }

  /** As some libraries' exceptions are. */
  private static final class Unserializable extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings({"serial", "unused"})
    private final Object response = new Object();

    Unserializable() {
      super("status 403");
    }
  }

  @Test
  void travelsBetweenProcessesThoughItsCauseCannot() throws Exception {
    InputException told =
        new InputException("pipe P", "no such pipe", "Make it", new Unserializable());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new IllegalStateException("in a step", told));
    }
    Throwable wrapped;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      wrapped = (Throwable) in.readObject();
    }

    assertThat(wrapped.getCause(), instanceOf(InputException.class));
    assertThat(InputException.reason(wrapped), is("pipe P: no such pipe. Make it"));
    assertThat(
        wrapped.getCause().getStackTrace()[0].toString(), is(told.getStackTrace()[0].toString()));
    assertThat(wrapped.getCause().getCause().getMessage(), endsWith("Unserializable: status 403"));
    InputException again = ((InputException) wrapped.getCause()).at("pipe Q");
    assertThat(again.getMessage(), is("pipe Q: no such pipe. Make it"));
  }
}
