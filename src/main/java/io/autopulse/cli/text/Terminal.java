package io.autopulse.cli.text;

/** Whether a person reads along. */
public final class Terminal {
  private Terminal() {}

  /** Tells whether the output is a terminal that takes colours ({@code NO_COLOR} is not set). */
  @SuppressWarnings(
      "SystemConsoleNull") // Autopulse runs on Java 17, where the console is null without a
  // terminal.
  public static boolean takesColours() {
    return System.console() != null && System.getenv("NO_COLOR") == null;
  }
}
