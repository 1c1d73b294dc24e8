package io.autopulse.cli.marts;

/**
 * At least one test of the marts failed: what was published before is still shown. The command line
 * ends with the exit code of a failed audit, 3.
 */
public final class MartsFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception whose message names every test that failed, and where to look. */
  MartsFailedException(String message) {
    super(message);
  }
}
