package io.autopulse.cli.forecast;

import java.util.Locale;

/** What becomes of periods that a series has no row for. */
enum Missing {
  /** They are an error. */
  ERROR,
  /** They are zero, up to the last period of the file. */
  ZERO,
  /** The series is left out, and counted. */
  SKIP;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
