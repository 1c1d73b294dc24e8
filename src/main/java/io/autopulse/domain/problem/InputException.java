package io.autopulse.domain.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A call, manifest or file that cannot be used as it stands. The message is for the person who can
 * mend it: where the problem is (file, line, field), what it is, and the remedy. The command line
 * prints it without a stack trace and ends with exit code 2.
 */
public sealed class InputException extends RuntimeException permits TransientException {
  private static final long serialVersionUID = 1L;

  private final String place;
  private final String problem;
  private final String remedy;

  /**
   * Makes a problem that names its place and its remedy.
   *
   * @param place where it is, such as {@code pipelines/daily-refresh.yaml:7: feeds.sales.from}; may
   *     be empty
   * @param problem what is wrong, one sentence without a final stop
   * @param remedy what to do, one sentence without a final stop; may be empty
   */
  public InputException(String place, String problem, String remedy) {
    super(
        (place.isEmpty() ? "" : place + ": ") + problem + (remedy.isEmpty() ? "" : ". " + remedy));
    this.place = place;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Makes a problem that an exception has told of; its message is not shown. */
  public InputException(String place, String problem, String remedy, Throwable cause) {
    this(place, problem, remedy);
    initCause(cause);
  }

  /**
   * Returns one exception for several problems, one line each in the order given, so that a file
   * can be mended in one go.
   *
   * @param problems at least one
   */
  public static InputException all(List<InputException> problems) {
    if (problems.size() == 1) {
      return problems.get(0);
    }
    return new InputException(
        "", problems.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")), "");
  }

  /**
   * Returns why something failed, in a line: what the person can mend if that is among the causes,
   * for runners wrap what a pipeline throws.
   */
  public static String reason(Throwable problem) {
    for (Throwable e = problem; e != null; e = e.getCause()) {
      if (e instanceof InputException) {
        return String.valueOf(e.getMessage());
      }
    }
    return problem.toString().lines().findFirst().orElse("");
  }

  // A worker's failure goes to the process that tells the person of it, but the exceptions of some
  // libraries cannot: what they said goes as text.
  protected final Object writeReplace() {
    Throwable cause = getCause();
    if (cause == null) {
      return this;
    }
    Exception told = new Exception(cause.toString());
    told.setStackTrace(cause.getStackTrace());
    InputException travelling = copy(place, problem, remedy);
    travelling.initCause(told);
    travelling.setStackTrace(getStackTrace());
    return travelling;
  }

  /**
   * Returns the same problem at another place: who finds a bad value does not always know where it
   * was written.
   */
  public InputException at(String place) {
    return copy(place, problem, remedy);
  }

  /** Returns a problem of the same kind. */
  InputException copy(String place, String problem, String remedy) {
    return new InputException(place, problem, remedy);
  }
}
