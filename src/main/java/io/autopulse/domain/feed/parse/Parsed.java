package io.autopulse.domain.feed.parse;

import io.autopulse.domain.feed.Rejection;

/**
 * What became of a raw record: a value or the reason why not. Nothing is logged and dropped.
 *
 * @param <T> the value's type
 */
public sealed interface Parsed<T> {
  /**
   * The record is sound.
   *
   * @param value what it says
   */
  record Accepted<T>(T value) implements Parsed<T> {}

  /**
   * The record is not used; its raw text goes to {@code rejected_records}.
   *
   * @param rejection why
   */
  record Rejected<T>(Rejection rejection) implements Parsed<T> {}
}
