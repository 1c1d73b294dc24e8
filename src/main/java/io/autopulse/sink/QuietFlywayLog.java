package io.autopulse.sink;

import org.flywaydb.core.api.logging.Log;

/** Drops what Flyway says: its result and its exceptions carry everything that a user needs, its log adds advertising. */
final class QuietFlywayLog implements Log {
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
