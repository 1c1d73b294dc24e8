package io.autopulse.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's entry: knows the commands, and nothing of what they do. */
@Command(
    name = "autopulse",
    description = "Vehicle sales, followed as they happen: KPIs, market trends and forecasts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something unforeseen; --debug shows where",
      "2:a call, manifest or file to be mended; the message says how",
      "3:an audit failed; nothing was published"
    },
    subcommands = {
      ValidateCommand.class,
    })
public final class Autopulse {
  @Option(
      names = "--debug",
      description = "Show stack traces (also: AUTOPULSE_DEBUG=1).",
      scope = ScopeType.INHERIT)
  private boolean debug;

  private Autopulse() {}

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  /** Returns the command line, ready to execute. */
  static CommandLine commandLine(Map<String, String> environment) {
    Autopulse autopulse = new Autopulse();
    Failures failures =
        new Failures(
            () -> autopulse.debug || !environment.getOrDefault("AUTOPULSE_DEBUG", "").isEmpty());
    return new CommandLine(autopulse)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        // AUTOPULSE_DEBUG and ${NAME} in descriptions are shown as they are.
        .setInterpolateVariables(false);
  }
}
