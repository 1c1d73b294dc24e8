package io.autopulse.web.page;

/**
 * A column of a table. Its key is its name in files and in the API, and finds its heading.
 *
 * @param key lower case
 * @param kind what its values are
 */
public record Column(String key, Kind kind) {
  /** What values of a column are, and so how they are written. */
  public enum Kind {
    /** A text. */
    TEXT,
    /** A whole number. */
    COUNT,
    /** An amount in the currency of the sales, to the unit. */
    AMOUNT,
    /** A price, to the cent in files. */
    PRICE,
    /** A fraction, shown in percent. */
    SHARE,
    /** A relative change, shown in percent with its sign. */
    CHANGE,
    /** A difference of fractions, shown in percentage points with its sign. */
    POINTS,
    /** A difference of whole numbers, shown with its sign. */
    DIFFERENCE,
    /** A number with a few decimals. */
    NUMBER,
    /** A date. */
    DATE,
    /** A moment, shown in UTC. */
    TIME
  }

  /** Tells whether its values stand at the right, under each other. */
  public boolean isNumber() {
    return kind != Kind.TEXT && kind != Kind.DATE && kind != Kind.TIME;
  }
}
