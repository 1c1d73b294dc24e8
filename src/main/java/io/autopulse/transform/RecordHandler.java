package io.autopulse.transform;

import io.autopulse.domain.quality.RawFields;

/** Takes the records of a block one by one. */
interface RecordHandler {
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
   * Takes a record with bytes that its charset does not have: it is the record at hand, whose raw
   * text has U+FFFD in their place.
   *
   * @param bytes the bytes in hexadecimal digits
   * @param line the number of the line where it starts
   */
  void undecodable(String bytes, long line);
}
