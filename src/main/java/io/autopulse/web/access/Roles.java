package io.autopulse.web.access;

import io.autopulse.domain.problem.InputException;
import io.autopulse.domain.problem.NearestName;
import io.autopulse.warehouse.serving.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Users, and whose sales each may see.
 *
 * @param header in which the proxy names who asks; empty if every user has a token of his own
 * @param users by name
 */
public record Roles(Optional<String> header, Map<String, User> users) {
  /**
   * A user.
   *
   * @param roles what he may see: all of it together; nothing without one
   * @param tokenHash the SHA-256 of a token of his own, in hexadecimal digits; empty without one
   */
  public record User(List<Role> roles, Optional<String> tokenHash) {
    /** Copies the roles. */
    public User {
      roles = List.copyOf(roles);
    }

    private Optional<Scope> scope() {
      return roles.stream().reduce(Role::and).map(Role::scope).orElse(Optional.of(Scope.NOTHING));
    }
  }

  /** Copies the users. */
  public Roles {
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
  }

  /** Returns the user of a name; whoever is not in the file sees nothing. */
  public Reader named(String name) {
    User user = users.get(name);
    return new Reader(name, user == null ? Optional.of(Scope.NOTHING) : user.scope());
  }

  /**
   * Returns the user of a name that is in the file.
   *
   * @throws InputException if it is not, or if no role shows him anything
   */
  public Reader known(String name) {
    Reader reader = named(name);
    if (!users.containsKey(name)) {
      throw new InputException(
          "--as " + name,
          "is no user of the file of roles",
          NearestName.hint(name, users.keySet()));
    }
    if (reader.seesNothing()) {
      throw new InputException("--as " + name, "has no role, so there is nothing to see", "");
    }
    return reader;
  }

  /**
   * Returns a sentence for each member that no sale has: it may be misspelt, or new.
   *
   * @param regions those that have a sale
   * @param dealers those that have a sale
   */
  public List<String> unknown(Collection<String> regions, Collection<String> dealers) {
    List<Scope> scopes = users.values().stream().flatMap(user -> user.scope().stream()).toList();
    return Stream.concat(
            unknown("region", scopes.stream().map(Scope::regions), regions),
            unknown("dealer", scopes.stream().map(Scope::dealers), dealers))
        .toList();
  }

  private static Stream<String> unknown(
      String what, Stream<List<String>> named, Collection<String> known) {
    return named
        .flatMap(List::stream)
        .distinct()
        .filter(member -> !known.contains(member))
        .map(
            member ->
                "the file of roles names %s %s, of which there is no sale. %s"
                    .formatted(what, member, NearestName.hint(member, known)));
  }

  /** Returns the user whose own token it is. */
  Optional<Reader> ofToken(String token) {
    byte[] hash = hash(token).getBytes(StandardCharsets.US_ASCII);
    Optional<Reader> found = Optional.empty();
    for (Map.Entry<String, User> user : users.entrySet()) {
      boolean own =
          user.getValue()
              .tokenHash()
              .map(known -> known.getBytes(StandardCharsets.US_ASCII))
              .filter(known -> MessageDigest.isEqual(known, hash))
              .isPresent();
      if (own) {
        found = Optional.of(named(user.getKey()));
      }
    }
    return found;
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
