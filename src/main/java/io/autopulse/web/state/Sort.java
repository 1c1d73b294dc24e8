package io.autopulse.web.state;

/**
 * The order of a table.
 *
 * @param column the key of a column
 * @param descending whether the greatest comes first
 */
public record Sort(String column, boolean descending) {
  /** Returns its text in URLs: a minus before the column if it descends. */
  @Override
  public String toString() {
    return descending ? "-" + column : column;
  }
}
