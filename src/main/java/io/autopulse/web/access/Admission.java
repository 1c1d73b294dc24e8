package io.autopulse.web.access;

import java.time.Duration;

/** Whether a request is answered. */
public sealed interface Admission {
  /**
   * It is.
   *
   * @param reader who asks
   */
  record Admitted(Reader reader) implements Admission {}

  /**
   * It is not.
   *
   * @param status of the answer
   * @param message for people
   * @param french the same in French, of what a reader meets without doing anything wrong; else
   *     empty
   * @param after how long the same request may be admitted; zero if that does not help
   */
  record Refused(int status, String message, String french, Duration after) implements Admission {}
}
