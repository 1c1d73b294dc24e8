package io.autopulse.cli.options;

import io.autopulse.cli.text.OutputFormat;
import picocli.CommandLine.Option;

/** How rows are printed. */
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, csv or json (default: table).")
  private OutputFormat format;

  /** Returns the format. */
  public OutputFormat read() {
    return format;
  }
}
