package io.autopulse.domain.quality;

/**
 * A call, manifest or file that cannot be used as it stands. The message is for the person who can
 * mend it: where the problem is (file, line, field), what it is, and the remedy. The command line
 * prints it without a stack trace and ends with exit code 2.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

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
  }
}
