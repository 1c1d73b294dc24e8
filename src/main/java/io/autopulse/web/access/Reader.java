package io.autopulse.web.access;

import io.autopulse.warehouse.serving.Scope;
import java.util.Optional;

/**
 * Somebody who asks.
 *
 * @param name as the file of roles has it; empty if nobody asks for names
 * @param scope whose sales he may see; empty for everybody's
 */
public record Reader(String name, Optional<Scope> scope) {
  /** Whoever asks where there are no roles. */
  public static final Reader ANYBODY = new Reader("", Optional.empty());

  /** Tells whether no role shows him anything. */
  boolean seesNothing() {
    return scope.map(Scope::isEmpty).orElse(false);
  }
}
