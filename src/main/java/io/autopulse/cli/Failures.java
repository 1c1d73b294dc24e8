package io.autopulse.cli;

import io.autopulse.cli.marts.MartsFailedException;
import io.autopulse.domain.problem.ExitCode;
import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.domain.problem.TransientCause;
import io.autopulse.domain.problem.TransientException;
import io.autopulse.sink.publish.AuditFailedException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the user sees of a command that ends badly, and its exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final BooleanSupplier debug;

  /**
   * Makes the handlers.
   *
   * @param debug whether to show stack traces; asked when a command failed
   */
  Failures(BooleanSupplier debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult result) {
    PrintWriter err = commandLine.getErr();
    if (debug.getAsBoolean()) {
      exception.printStackTrace(err);
    }
    // A runner wraps what a pipeline throws.
    for (Throwable e = exception; e != null; e = e.getCause()) {
      if (e instanceof InputException) {
        return end(
            err,
            String.valueOf(e.getMessage()),
            e instanceof TransientException ? ExitCode.TRANSIENT : ExitCode.INPUT);
      }
      if (e instanceof AuditFailedException || e instanceof MartsFailedException) {
        return end(err, String.valueOf(e.getMessage()), ExitCode.AUDIT);
      }
    }
    Optional<InputException> disk = DiskProblem.of(exception);
    if (disk.isPresent()) {
      return end(err, String.valueOf(disk.get().getMessage()), ExitCode.INPUT);
    }
    end(err, firstLine(exception), ExitCode.UNFORESEEN);
    // What a runner says of it is that the pipeline failed.
    Throwable innermost = innermost(exception);
    if (innermost != exception) {
      err.println("caused by: " + firstLine(innermost));
    }
    if (TransientCause.isIn(exception)) {
      err.println("This may pass: run it again.");
      return ExitCode.TRANSIENT;
    }
    if (!debug.getAsBoolean()) {
      err.println("Run it again with --debug to see where.");
    }
    return ExitCode.UNFORESEEN;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine commandLine = exception.getCommandLine();
    PrintWriter err = commandLine.getErr();
    end(err, String.valueOf(exception.getMessage()), ExitCode.INPUT);
    if (exception instanceof UnmatchedArgumentException unmatched) {
      nearest(unmatched.getUnmatched().get(0), commandLine)
          .ifPresent(name -> err.println("Did you mean " + name + "?"));
    }
    err.println(
        "Try " + commandLine.getCommandSpec().qualifiedName() + " --help for the whole usage.");
    return ExitCode.INPUT;
  }

  private static Optional<String> nearest(String argument, CommandLine commandLine) {
    String name = argument.replaceFirst("=.*", "");
    CommandSpec command = commandLine.getCommandSpec();
    return NearestName.of(
        name,
        name.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet());
  }

  /** Prints a message, each line marked, and returns the exit code. */
  static int end(PrintWriter err, String message, int exitCode) {
    message.lines().forEach(line -> err.println("error: " + line));
    return exitCode;
  }

  private static Throwable innermost(Throwable exception) {
    Throwable innermost = exception;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }

  private static String firstLine(Throwable exception) {
    return exception.toString().lines().findFirst().orElse("").strip();
  }
}
