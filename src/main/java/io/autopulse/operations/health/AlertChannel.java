package io.autopulse.operations.health;

import java.io.IOException;

/** A way to tell somebody. */
interface AlertChannel {
  /** Returns the channel's name in the state and in messages. */
  String name();

  /**
   * Delivers an alert.
   *
   * @throws IOException if it may not have come; its message holds no secret
   */
  void send(Alert alert) throws IOException, InterruptedException;
}
