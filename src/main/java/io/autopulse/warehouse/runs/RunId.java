package io.autopulse.warehouse.runs;

import java.util.regex.Pattern;

/**
 * What may be the id of a run: a lower-case letter, then lower-case letters, digits and
 * underscores.
 */
public final class RunId {
  private static final Pattern RUN_ID = Pattern.compile("[a-z][a-z0-9_]*");

  private RunId() {}

  /**
   * Checks that an id can be a part of names and literals in every warehouse.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public static void check(String runId) {
    if (!RUN_ID.matcher(runId).matches()) {
      throw new IllegalArgumentException(
          "a run id is a lower-case letter, then lower-case letters, digits and underscores: "
              + runId);
    }
  }
}
