package io.autopulse.domain.problem;

/**
 * A problem that may be gone when the same call is made again: a lock that is held, a server that
 * does not answer. The command line ends with exit code 4, so that a caller can tell it from what a
 * person must correct.
 */
public final class TransientException extends InputException {
  private static final long serialVersionUID = 1L;

  /** Makes a problem as {@link InputException} does. */
  public TransientException(String place, String problem, String remedy) {
    super(place, problem, remedy);
  }

  /** Makes a problem that an exception has told of; its message is not shown. */
  public TransientException(String place, String problem, String remedy, Throwable cause) {
    super(place, problem, remedy, cause);
  }

  @Override
  InputException copy(String place, String problem, String remedy) {
    return new TransientException(place, problem, remedy);
  }
}
