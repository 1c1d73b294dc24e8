package io.autopulse.web;

import io.autopulse.domain.calendar.SellingDays;
import io.autopulse.domain.problem.InputException;
import io.autopulse.web.access.Roles;
import io.autopulse.web.state.Note;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a dashboard is served.
 *
 * @param host the address that it listens on
 * @param port the port; 0 for any free one
 * @param token what every request must show as {@code Authorization: Bearer TOKEN}, if it has no
 *     token of a user; on other addresses than this machine's own this or roles are required
 * @param names more names that browsers may know the server by, such as that of a proxy
 * @param sellingDays the calendar of trade
 * @param zone of business dates
 * @param notes for charts, of readers who may see everything
 * @param roles users, and whose sales each may see; empty if everybody may see everything
 * @param perSecond requests of one reader, 0 for as many as he likes
 */
public record DashboardSettings(
    String host,
    int port,
    Optional<String> token,
    List<String> names,
    SellingDays sellingDays,
    ZoneId zone,
    List<Note> notes,
    Optional<Roles> roles,
    int perSecond) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private static final int SHORTEST_TOKEN = 20;

  private static final int MOST_PER_SECOND = 10_000;

  /** Checks that nobody else can read what nobody protects. */
  public DashboardSettings {
    notes = List.copyOf(notes);
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    if (port < 0 || port > 65_535) {
      throw new InputException("--port " + port, "a port is a number from 0 to 65535", "");
    }
    if (!LOOPBACK.contains(host) && token.isEmpty() && roles.isEmpty()) {
      throw new InputException(
          "--host " + host,
          "others could read the warehouse at this address",
          "Give a file with a token, --token-file, which requests must show, or leave --host out");
    }
    if (roles.isPresent() && roles.get().header().isPresent() != token.isPresent()) {
      throw token.isEmpty()
          ? new InputException(
              "--roles",
              "names a header, which is believed only of a proxy that shows its token",
              "Give the proxy's token, --token-file, or remove the header from the file")
          : new InputException(
              "--token-file",
              "the file of roles names no header in which the proxy says who asks",
              "Add it, such as header: X-Forwarded-User, or leave --token-file out");
    }
    if (perSecond < 0 || perSecond > MOST_PER_SECOND) {
      throw new InputException(
          "--rate " + perSecond, "is a number from 0 to " + MOST_PER_SECOND, "");
    }
    if (token.isPresent() && token.get().length() < SHORTEST_TOKEN) {
      throw new InputException(
          "--token-file",
          "the token has less than " + SHORTEST_TOKEN + " characters",
          "Make one with: openssl rand -hex 32");
    }
  }

  /** Makes the settings of a dashboard without roles, which answers as often as it is asked. */
  public DashboardSettings(
      String host,
      int port,
      Optional<String> token,
      List<String> names,
      SellingDays sellingDays,
      ZoneId zone,
      List<Note> notes) {
    this(host, port, token, names, sellingDays, zone, notes, Optional.empty(), 0);
  }

  /** Returns the settings with users, and requests of one reader a second. */
  public DashboardSettings with(Optional<Roles> others, int requests) {
    return new DashboardSettings(
        host, port, token, names, sellingDays, zone, notes, others, requests);
  }

  /** Returns the settings with other users and notes. */
  DashboardSettings with(Optional<Roles> others, List<Note> texts) {
    return new DashboardSettings(
        host, port, token, names, sellingDays, zone, texts, others, perSecond);
  }

  /** Tells whether a request may call the server by a name, with its port or without. */
  boolean answersTo(String hostHeader) {
    String name = hostHeader.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    return LOOPBACK.contains(bare) || bare.equals(host) || names.contains(bare);
  }
}
