package io.autopulse.warehouse.schema;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/**
 * Drops what Flyway says: its result and its exceptions carry everything that a user needs, its log
 * adds advertising. Public with a public constructor because Flyway makes it by name: each
 * configuration resets a creator that was set by method.
 */
public final class QuietFlywayLogCreator implements LogCreator {
  /** Makes the creator. */
  public QuietFlywayLogCreator() {}

  @Override
  public Log createLogger(Class<?> type) {
    return new Quiet();
  }

  private static final class Quiet implements Log {
    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception e) {}

    @Override
    public void notice(String message) {}
  }
}
