package io.autopulse.warehouse.snowflake;

import io.autopulse.domain.problem.InputException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that answers for an account.
 *
 * @param secure whether it is spoken to by TLS; one that is not is on this machine
 * @param name its name or address
 * @param port its port; empty for the scheme's own
 */
record SnowflakeHost(boolean secure, String name, Optional<Integer> port) {
  private static final Pattern WRITTEN =
      Pattern.compile("(?:(https?)://)?([A-Za-z0-9][A-Za-z0-9._-]*)(?::(\\d{1,5}))?/?");
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}");

  /**
   * Returns the server of an account.
   *
   * @param account the account identifier
   * @param written what the environment says of it: {@code NAME}, {@code https://NAME:PORT} for a
   *     private link, {@code http://127.0.0.1:PORT} for an emulator; empty for the account's own
   * @throws InputException if that is no server, or secrets would go to another machine in clear
   */
  static SnowflakeHost of(String account, Optional<String> written) {
    if (written.isEmpty()) {
      // Names of hosts have no underscores: the driver does the same.
      return new SnowflakeHost(
          true, account.replace('_', '-') + ".snowflakecomputing.com", Optional.empty());
    }
    Matcher parts = WRITTEN.matcher(written.get());
    Optional<Integer> port =
        parts.matches()
            ? Optional.ofNullable(parts.group(3)).map(Integer::valueOf)
            : Optional.empty();
    if (!parts.matches() || port.filter(number -> number < 1 || number > 65_535).isPresent()) {
      throw new InputException(
          SnowflakeVariables.HOST,
          "this is no server",
          "Write NAME, https://NAME:PORT, or http://127.0.0.1:PORT for an emulator");
    }
    SnowflakeHost host = new SnowflakeHost(!"http".equals(parts.group(1)), parts.group(2), port);
    if (!host.secure() && !host.loopback()) {
      throw new InputException(
          SnowflakeVariables.HOST,
          "http would send data in clear to " + host.name(),
          "Write https://" + host.name() + "; only a server on 127.0.0.1 is spoken to by http");
    }
    return host;
  }

  /** Tells whether the server is on this machine. */
  boolean loopback() {
    return LOOPBACK.matcher(name).matches();
  }

  /** Returns the server with its scheme, without its port, as SnowflakeIO wants it. */
  String server() {
    return secure ? name : "http://" + name;
  }

  /** Returns the URL for the driver. */
  String jdbcUrl() {
    return "jdbc:snowflake://" + this + "/";
  }

  @Override
  public String toString() {
    return server() + port.map(number -> ":" + number).orElse("");
  }
}
