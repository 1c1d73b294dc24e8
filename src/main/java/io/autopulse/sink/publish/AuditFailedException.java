package io.autopulse.sink.publish;

/**
 * At least one audit failed: the target is as it was, the staging is kept. The command line ends
 * with exit code 3.
 */
public final class AuditFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient PublishReport report;

  /**
   * Makes an exception that explains every failed audit.
   *
   * @param report the rejected run's report
   * @param staging where the staged files are kept
   */
  public AuditFailedException(PublishReport report, String staging) {
    super(explain(report, staging));
    this.report = report;
  }

  /** Returns the rejected run's report. */
  public PublishReport report() {
    return report;
  }

  private static String explain(PublishReport report, String staging) {
    StringBuilder message = new StringBuilder();
    message
        .append(report.failures().size())
        .append(" of ")
        .append(report.audits().size())
        .append(" audits failed: run ")
        .append(report.runId())
        .append(" published nothing, and the warehouse is as it was.\n");
    for (AuditResult failure : report.failures()) {
      message.append("  ").append(failure.audit()).append(": ");
      message.append(failure.detail().replace("\n", "\n    ")).append('\n');
    }
    message.append("What the run staged is kept in ").append(staging);
    message.append(". See also: autopulse runs ").append(report.runId());
    return message.toString();
  }
}
