package io.autopulse.testing;

/**
 * How much a test does: a small, fixed case of it in each build, all of it by {@code mvn verify
 * -Pnightly}.
 */
public final class Nightly {
  private static final boolean RUNS = Boolean.getBoolean("autopulse.nightly");

  private Nightly() {}

  /**
   * Returns a size.
   *
   * @param eachBuild what each build takes
   * @param nightly what the nightly build takes
   */
  public static int size(int eachBuild, int nightly) {
    return RUNS ? nightly : eachBuild;
  }

  /** Returns whether this is the nightly build. */
  public static boolean runs() {
    return RUNS;
  }
}
