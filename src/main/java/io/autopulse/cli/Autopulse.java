package io.autopulse.cli;

/** The command line's entry. */
public final class Autopulse {
  private Autopulse() {}

  /**
   * Runs the command line.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.out.println("autopulse");
  }
}
