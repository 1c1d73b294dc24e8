package io.autopulse.sink.live.snowflake;

import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.ValueProvider;

/**
 * The folder that SnowflakeIO writes a file to: another one each time that it asks, {@code
 * <base><random>/}.
 *
 * <p>SnowflakeIO names files by a prefix of the pipeline and a count of panes. A job that goes on
 * from a checkpoint counts on from there, and gives the same names to other rows; Snowpipe passes
 * over a name that it has loaded, whatever the file holds by then, and these rows would be lost. In
 * a folder of its own no file has the name of another.
 */
final class OwnFolder implements ValueProvider<String>, Serializable {
  private static final long serialVersionUID = 1L;

  /** A complete file below a base: its run, and what no other file has. */
  private static final Pattern FILE =
      Pattern.compile("(?:.*/)?(r[0-9]{8}_[0-9]{6}_[0-9a-f]{6})/([0-9a-f-]{36}/[^./][^/]*)");

  private final String base;

  /**
   * Names folders.
   *
   * @param base ends with a slash
   */
  OwnFolder(String base) {
    this.base = base;
  }

  @Override
  public String get() {
    return base + UUID.randomUUID() + "/";
  }

  @Override
  public boolean isAccessible() {
    return true;
  }

  /**
   * Returns what tells a file from every other, wherever its name begins; empty if the name is not
   * that of a complete file.
   */
  static Optional<String> identity(String file) {
    Matcher matcher = FILE.matcher(file);
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  @Override
  public String toString() {
    return base;
  }
}
