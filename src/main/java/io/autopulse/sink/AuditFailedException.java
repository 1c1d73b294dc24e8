package io.autopulse.sink;

/**
 * A run whose staged tables failed an audit. Nothing was published; the message says which audits
 * failed and what they found. The command line prints it without a stack trace and ends with exit
 * code 3.
 */
public final class AuditFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the end of a run.
   *
   * @param message the failed audits with what they found, and where the staging is kept
   */
  public AuditFailedException(String message) {
    super(message);
  }
}
