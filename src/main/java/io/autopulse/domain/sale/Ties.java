package io.autopulse.domain.sale;

/** What decides between versions of one sale that have the same {@code updated_at}. */
public enum Ties {
  /** The source's {@code sequence}, 0 where it has none, and then the content. */
  CONTENT,

  /**
   * The place of the record in its file or partition, which is its {@code sequence}: the number of
   * its line, or the offset of its message.
   */
  POSITION
}
