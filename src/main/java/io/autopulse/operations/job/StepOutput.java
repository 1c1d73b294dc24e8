package io.autopulse.operations.job;

import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Where what a step says goes.
 *
 * @param out takes what it prints on standard output
 * @param err takes what it prints on standard error
 * @param listener is given each line of both, by several threads
 */
public record StepOutput(PrintWriter out, PrintWriter err, Consumer<String> listener) {
  /** Passes on a line of standard output. */
  public void print(String line) {
    pass(line, out);
  }

  /** Passes on a line of standard error. */
  public void printError(String line) {
    pass(line, err);
  }

  private void pass(String line, PrintWriter to) {
    to.println(line);
    to.flush();
    listener.accept(line);
  }
}
