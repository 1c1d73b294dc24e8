package io.autopulse.cli;

import io.autopulse.testing.AutopulseJar.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line in this JVM: for tests whose subject is what a command does, not its process.
 * Paths are absolute, for the working folder is the project's.
 *
 * @param environment its variables, beside this process's own
 */
public record InProcessCli(Map<String, String> environment) {
  /** Returns the command line with this process's variables. */
  public static InProcessCli plain() {
    return new InProcessCli(Map.of());
  }

  /** Runs a command to its end. */
  public Result run(String... arguments) {
    long started = System.nanoTime();
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.putAll(environment);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Autopulse.commandLine(variables)
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

  /** Runs a command that must succeed. */
  public Result succeed(String... arguments) {
    return run(arguments).mustExit(0);
  }
}
