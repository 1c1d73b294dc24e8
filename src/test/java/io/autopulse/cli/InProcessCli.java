package io.autopulse.cli;

import io.autopulse.cli.operations.JobCommand;
import io.autopulse.testing.AutopulseJar.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The command line in this JVM: for tests whose subject is what a command does, not its process.
 * Paths are absolute, for the working folder is the project's, and variables are this process's
 * own.
 */
public final class InProcessCli {
  private InProcessCli() {}

  /** Runs a command to its end. */
  public static Result run(String... arguments) {
    return run(Autopulse.commandLine(System.getenv()), arguments);
  }

  /** Runs {@code job} to its end, its steps in this JVM too. */
  public static Result runJob(String... arguments) {
    CommandLine commandLine = Autopulse.commandLine(System.getenv());
    JobCommand job = commandLine.getSubcommands().get("job").getCommand();
    job.startStepsBy(InProcessStep::start);
    String[] words = new String[arguments.length + 1];
    words[0] = "job";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return run(commandLine, words);
  }

  private static Result run(CommandLine commandLine, String... arguments) {
    long started = System.nanoTime();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        commandLine
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(
        List.of(arguments),
        exitCode,
        out.toString(),
        err.toString(),
        (System.nanoTime() - started) / 1e9);
  }

  /** Reads a command line as a person's, and runs nothing; what it does not know is an error. */
  public static CommandLine.ParseResult parse(List<String> arguments) {
    return Autopulse.commandLine(Map.of()).parseArgs(arguments.toArray(String[]::new));
  }

  /** Runs a command that must succeed. */
  public static Result succeed(String... arguments) {
    return run(arguments).mustExit(0);
  }
}
