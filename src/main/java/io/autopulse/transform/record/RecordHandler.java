package io.autopulse.transform.record;

import io.autopulse.domain.feed.RawFields;
import io.autopulse.domain.feed.Rejection;

/** Takes the records of a block one by one. */
public interface RecordHandler {
  /**
   * Takes a record.
   *
   * @param fields its fields by column; only valid during the call
   * @param line the number of the line where it starts
   */
  void record(RawFields fields, long line);

  /**
   * Takes text that cannot be read as a record.
   *
   * @param text the line
   * @param line its number
   * @param why what is wrong with it
   */
  void malformed(String text, long line, String why);

  /**
   * Takes a record that can be read and is none of the feed, or has bytes that its charset does not
   * have; the reader has its text.
   *
   * @param rejection why it is none
   * @param line the number of the line where it starts
   */
  void refused(Rejection rejection, long line);
}
