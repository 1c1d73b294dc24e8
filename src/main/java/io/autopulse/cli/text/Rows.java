package io.autopulse.cli.text;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to print, one at a time: numbers, booleans and texts that mean the same on every machine.
 */
public interface Rows {
  /** Returns the names of the columns, each once. */
  List<String> titles();

  /** Tells whether the column, from 0, holds numbers. */
  boolean isNumber(int column);

  /** Goes to the next row; false after the last. */
  boolean next() throws SQLException;

  /** Returns a value of the row: a Number, a Boolean, a String or null. */
  @Nullable Object value(int column) throws SQLException;

  /** Returns a value of the row as text; null is empty. */
  default String text(int column) throws SQLException {
    Object value = value(column);
    return value == null ? "" : PlainValue.text(value);
  }
}
