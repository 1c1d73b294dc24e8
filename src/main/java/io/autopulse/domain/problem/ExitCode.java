package io.autopulse.domain.problem;

/** What the exit codes of commands and steps mean. */
public final class ExitCode {
  /** All was done. */
  public static final int DONE = 0;

  /** Something that nobody foresaw. */
  public static final int UNFORESEEN = 1;

  /** A call, manifest or file that a person must correct. */
  public static final int INPUT = 2;

  /** An audit or a test that failed: nothing was published. */
  public static final int AUDIT = 3;

  /** What may be gone when the same call is made again. */
  public static final int TRANSIENT = 4;

  /** What programs that are not ours say of a cause that may pass: EX_TEMPFAIL. */
  private static final int TEMPORARY_FAILURE = 75;

  /** What a process that a signal has ended leaves, less the signal's number. */
  private static final int SIGNAL = 128;

  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  private ExitCode() {}

  /** Returns what the exit code of a step means, which may be that of a program of others. */
  public static int ofStep(int code) {
    return switch (code) {
      case DONE, INPUT, AUDIT, TRANSIENT -> code;
      case TEMPORARY_FAILURE -> TRANSIENT;
      default -> UNFORESEEN;
    };
  }

  /** Tells whether somebody has ended a process that had this exit code, as by Ctrl-C. */
  public static boolean isStopped(int code) {
    return code == SIGNAL + SIGINT || code == SIGNAL + SIGTERM;
  }
}
