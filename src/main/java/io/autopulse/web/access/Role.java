package io.autopulse.web.access;

import io.autopulse.warehouse.serving.Scope;
import java.util.Optional;

/**
 * What some users may see.
 *
 * @param scope whose sales; empty for everybody's
 */
public record Role(Optional<Scope> scope) {
  /** What targets of the whole business have in the place of a dealer. */
  private static final String ALL = "ALL";

  /** Checks that it shows something, and nothing of everybody by accident. */
  public Role {
    scope.ifPresent(
        part -> {
          if (part.isEmpty()) {
            throw new IllegalArgumentException(
                "shows nothing: name regions or dealers, or write all: true");
          }
          if (part.regions().contains(ALL) || part.dealers().contains(ALL)) {
            throw new IllegalArgumentException("has a member ALL: write all: true");
          }
        });
  }

  /** Returns what somebody of both roles may see. */
  Role and(Role other) {
    return new Role(scope.flatMap(part -> other.scope.map(part::and)));
  }
}
