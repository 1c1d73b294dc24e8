package io.autopulse.domain.health;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
  /** Somebody should look at it on a working day. */
  WARNING,
  /** Figures are wrong, old or missing. */
  ERROR;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
