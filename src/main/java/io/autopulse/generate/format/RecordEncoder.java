package io.autopulse.generate.format;

/** Writes records field by field, in the order of a feed's columns. Not for several threads. */
public interface RecordEncoder {
  /** Begins a record of the file that was extracted at the instant. */
  void begin(RecordBuffer out, long extractedAtMillis);

  /** Writes a text; an empty one is an absent field. */
  void text(String value);

  void integer(long value);

  /** Writes an amount in cents. */
  void money(long cents);

  /** Writes an instant of whole seconds. */
  void seconds(long epochSecond);

  /** Writes an instant with milliseconds. */
  void millis(long epochMilli);

  /** Ends the record and its line. */
  void end();

  /** Writes an amount in cents, or an absent field for a negative number. */
  default void moneyIfAny(long cents) {
    if (cents < 0) {
      text("");
    } else {
      money(cents);
    }
  }
}
